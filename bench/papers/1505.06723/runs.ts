import type { Cell } from '../../../src/experiment/compare.ts';
import { meanInterval } from '../../../src/experiment/interval.ts';
import type { Context } from '../../../src/experiment/paper.ts';
import { LehrError } from '../../../src/error.ts';
import { stream } from '../../../src/random/rng.ts';
import { parse } from '../../../src/schedules/grammar.ts';
import type { Spec } from '../../../src/schedules/schedule.ts';
import type { InferenceParams, InferenceResult } from './inference.ts';
import type { Source } from './drawn.ts';

/** What each method of an experiment came to, stream by stream. */
export class Results {
  private readonly cells: ReadonlyMap<string, readonly InferenceResult[]>;

  constructor(cells: ReadonlyMap<string, readonly InferenceResult[]>) {
    this.cells = cells;
  }

  /** Paired differences of the final bounds in nats, one method less another. */
  bounds(method: string, other: string): number[] {
    const others = this.of(other);
    return this.of(method).map(({ bound }, i) => bound - others[i].bound);
  }

  /** Paired differences of the perplexities of unseen documents. */
  perplexities(method: string, other: string): number[] {
    const others = this.of(other);
    return this.of(method).map(({ perplexity }, i) => perplexity! - others[i].perplexity!);
  }

  private of(cell: string): readonly InferenceResult[] {
    const found = this.cells.get(cell);
    if (found === undefined)
      throw new LehrError('contract', `there is no method ${cell}, expected one of ${[...this.cells.keys()].join(', ')}.`);
    return found;
  }
}

/** Methods compared on the same data from the same starts. The first is the one that others are drawn beside. */
export interface Experiment {
  readonly source: Source;
  readonly methods: Readonly<Record<string, Cell<InferenceParams>>>;
  readonly seeds: number;
  /** Of each method, restarts together. */
  readonly steps: number;
}

/** Runs an experiment once under its name, every step a block of its own, and draws it. */
export function run(context: Context, name: string, { source, methods, seeds, steps }: Experiment): Promise<Results> {
  return context.once(`${name}: results`, async () => {
    const names = Object.keys(methods);
    const all: InferenceResult[] = [];
    await context.compare<InferenceParams>(name, {
      recipe: new URL('./inference.js', import.meta.url),
      cells: methods,
      params: { source },
      seeds,
      budget: { steps },
      block: 1,
      every: steps,
      objective: 'negative lower bound, in nats',
      // Called in this thread, stream by stream and in each in the methods' order.
      score: (outcome) => {
        all.push(outcome.result as InferenceResult);
        return outcome.energy;
      },
    });
    const results = new Results(new Map(names.map((method, k) => [method, all.filter((_, i) => i % names.length === k)])));
    show(context, name, names, results);
    return results;
  });
}

/** Each method beside the first, with the interval of the mean. */
function show(context: Context, name: string, [first, ...others]: readonly string[], results: Results): void {
  const rng = stream(context.seedOf('figures'), name);
  context.show(
    {
      id: name.replaceAll(/[^a-z0-9]+/gi, '-'),
      title: `Bounds: ${name}`,
      x: { label: `final lower bound in nats, less that of ${first}`, scale: 'linear' },
      y: { label: '', scale: 'linear', rows: others },
      series: [
        {
          name: 'mean over data sets',
          group: 0,
          role: 'interval',
          points: others.map((method, row) => {
            const { value, low, high } = meanInterval(results.bounds(method, first), rng);
            return [value, row, low, high] as const;
          }),
        },
      ],
    },
    `Each method beside ${first}, on the same data from the same starts: the mean over data sets with its 95 % interval.`,
  );
}

/** A control by its text: its specification, as plain data. */
export function spec(text: string): Spec {
  return parse(text).spec!;
}

import { meanInterval } from '../../../src/experiment/interval.ts';
import type { Context } from '../../../src/experiment/paper.ts';
import { stream } from '../../../src/random/rng.ts';
import type { FigurePoint } from '../../../src/report/figures.ts';
import { subsampleGibbs } from '../../../src/dynamics/subsample-gibbs.ts';
import type { SubsampleOptions } from '../../../src/dynamics/subsample-options.ts';
import { anneal } from '../../../src/run/anneal.ts';
import { exponential, linear } from '../../../src/schedules/curves.ts';
import type { Control } from '../../../src/schedules/schedule.ts';
import type { MixtureData } from '../../../problems/mixture/data.ts';
import { mixtureModel } from '../../../problems/mixture/model.ts';
import type { MixtureOptions } from '../../../problems/mixture/options.ts';
import { predictBy } from '../../../problems/mixture/predict.ts';

/** Rows to group, and rows to judge by. */
export interface Split {
  readonly data: MixtureData;
  readonly others: MixtureData;
}

/** Budgets, in visits of each row. A run of each is made by itself: annealing has to know how long it is. */
export const BUDGETS = [1, 2, 4, 8, 16, 32] as const;

/** The methods of the authors' own example, and tempering; sequential initialisation alone is the first point of the third. */
export const METHODS = ['annealing', 'Gibbs from the prior', 'sequential, then Gibbs', 'tempered Gibbs'] as const;
export type Method = (typeof METHODS)[number];

const HOW: Readonly<Record<Method, { readonly options: SubsampleOptions; readonly controls: Record<string, Control> }>> = {
  annealing: { options: {}, controls: { fraction: linear(0, 1) } },
  'Gibbs from the prior': { options: { start: 'prior' }, controls: { fraction: 1 } },
  'sequential, then Gibbs': { options: {}, controls: { fraction: 1 } },
  'tempered Gibbs': { options: { start: 'prior', tempered: true }, controls: { fraction: 1, temperature: exponential(10, 1) } },
};

/** What a run came to: ln density of the other rows and ln joint of its own, in nats a row, and the seconds of the processor it took. */
interface Reached {
  readonly heldOut: number;
  readonly joint: number;
  readonly seconds: number;
}
export type Figure = keyof Reached;

/** What every method came to with every budget, split by split. */
export class Courses {
  private readonly reached: ReadonlyMap<string, readonly Reached[]>;
  readonly splits: number;

  constructor(reached: ReadonlyMap<string, readonly Reached[]>, splits: number) {
    this.reached = reached;
    this.splits = splits;
  }

  of(method: Method | 'again', visits: number, figure: Figure): number[] {
    return this.reached.get(`${method} ${visits}`)!.map((each) => each[figure]);
  }

  /** The least budget with which a method takes as long as another does with its own, on average; the largest if none does. */
  asLong(method: Method, other: Method, visits: number): number {
    const time = mean(this.of(other, visits, 'seconds'));
    return BUDGETS.find((budget) => mean(this.of(method, budget, 'seconds')) >= time) ?? BUDGETS.at(-1)!;
  }

  /** For each budget the mean shortfall from the best of all runs on the same split, with its interval. @param against what it is drawn over. */
  curve(context: Context, name: string, method: Method, figure: 'heldOut' | 'joint', against: 'seconds' | 'visits'): FigurePoint[] {
    const rng = stream(context.seedOf('figures'), name, method, figure);
    const best = Array.from({ length: this.splits }, (_, k) => Math.max(...[...this.reached.values()].map((runs) => runs[k][figure])));
    return BUDGETS.map((visits) => {
      const { value, low, high } = meanInterval(
        this.of(method, visits, figure).map((each, k) => best[k] - each),
        rng,
      );
      return [against === 'visits' ? visits : mean(this.of(method, visits, 'seconds')), value, low, high] as const;
    });
  }
}

/** Runs all methods with all budgets on one split after another, in this thread: the runs are short. The first split is run twice, so that no method pays for what the engine learns of the code. */
export function courses(
  context: Context,
  name: string,
  splits: number,
  split: (k: number) => Split,
  options: MixtureOptions = {},
): Promise<Courses> {
  return context.once(`${name}: courses`, () => {
    const reached = new Map<string, Reached[]>();
    for (let turn = -1; turn < splits; turn++) {
      const k = Math.max(0, turn);
      const rows = split(k);
      for (const visits of BUDGETS) {
        if (context.signal.aborted) throw context.signal.reason;
        context.progress(name, (k + BUDGETS.indexOf(visits) / BUDGETS.length) / splits);
        for (const method of [...METHODS, 'again'] as const) {
          const came = reach(context, name, method, visits, k, rows, options);
          const key = `${method} ${visits}`;
          if (turn >= 0) reached.set(key, [...(reached.get(key) ?? []), came]);
        }
      }
    }
    return new Courses(reached, splits);
  });
}

function reach(
  context: Context,
  name: string,
  method: Method | 'again',
  visits: number,
  k: number,
  { data, others }: Split,
  model: MixtureOptions,
): Reached {
  const { options, controls } = HOW[method === 'again' ? 'annealing' : method];
  const before = process.cpuUsage();
  const { result, energy } = anneal({
    dynamics: subsampleGibbs(mixtureModel(data, model), options),
    controls,
    budget: { evaluations: visits * data.rows },
    seed: context.seedOf(name),
    // All methods go through the rows in the same order.
    path: [k, method === 'again' ? 2 : 1],
  });
  // Both together are measured; how they are divided is a guess from ticks of the clock.
  const { user, system } = process.cpuUsage(before);
  const all = data.features.map((_, f) => f);
  const { logDensity } = predictBy(data, all, result.groups, others);
  return { heldOut: mean(logDensity), joint: -energy / data.rows, seconds: (user + system) / 1e6 };
}

function mean(values: ArrayLike<number>): number {
  return (Array.prototype.reduce.call(values, (sum, value) => (sum as number) + (value as number), 0) as number) / values.length;
}

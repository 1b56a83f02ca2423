import { LehrError } from '../../../src/error.ts';
import type { Context } from '../../../src/experiment/paper.ts';
import type { Job } from '../../../src/parallel/job.ts';
import { runJobs } from '../../../src/parallel/jobs.ts';
import { sequence } from '../../../src/schedules/sequence.ts';
import { specOf } from '../../../src/schedules/index.ts';
import type { Control } from '../../../src/schedules/schedule.ts';
import type { PatternControl } from '../../../problems/network/pattern-net.ts';
import type { Look, NetworkParams, NetworkResult } from './network.ts';

/** What all runs share: the size of item 3 of our reading's independent check, at which an easy pattern stays hard to learn from the few rows that have it alone. */
const PARAMS = { d: 200, rows: 300, shares: { p: 0.03, q: 0.2 }, scale: 0.1, z: 10, zeta: 10, hidden: 60, slope: 0.1, spread: 0.05 };

/** Steps at which accuracies are noted. */
const LOOKS = [10, 30, 100, 200, 300, 400, 600, 1000, 2000, 4000, 8000] as const;

/** How often the stop rule is asked, in steps; every switch of a control is at a multiple. */
const BLOCK = 5;
/** Fresh rows of each kind that accuracies are taken on. */
const FRESH = 1000;
/** Steps after which a run that has not reached its loss is over. */
const LONGEST = 12_000;
/** What a run that is to be matched may take. */
const MATCHING = 60_000;
/** How unlike two training losses may be that count as equal. */
const EQUAL = 0.002;

/** A way to train. */
export interface Way {
  readonly rate: Control;
  /** Controls of the network's own. */
  readonly controls?: Readonly<Partial<Record<PatternControl, Control>>>;
  /** Steps of the phases in which the training loss does not count. */
  readonly calmFrom: number;
  /** The number of steps, for a run without a loss to reach. */
  readonly steps?: number;
}

/**
 * Trains in one way on streams 1 … n, the same rows and first weights for all ways, until the training loss, asked once the first phases are over, is at
 * `stop`: a level, or each stream's own.
 */
export function train(
  context: Context,
  name: string,
  way: Way,
  streams: number,
  stop?: number | readonly number[],
): Promise<readonly NetworkResult[]> {
  return context.once(name, async () => {
    const { rate, controls = {}, calmFrom } = way;
    const names = Object.keys(controls) as PatternControl[];
    const matched = typeof stop === 'object';
    const steps = way.steps ?? (matched ? MATCHING : LONGEST);
    const jobs = Array.from({ length: streams }, (_, i): Job<NetworkParams> => {
      const level = matched ? stop[i] : stop;
      return {
        params: {
          ...PARAMS,
          data: `${context.seedOf('rows')}: ${i}`,
          fresh: FRESH,
          // Held-out rows are asked at looks alone.
          evaluateEvery: Number.MAX_SAFE_INTEGER,
          calmFrom,
          looks: LOOKS,
          ...(names.length === 0 ? {} : { noises: names }),
        },
        seed: context.seedOf('network'),
        path: ['stream', i],
        controls: Object.fromEntries(Object.entries({ rate, ...controls }).map(([each, control]) => [each, specOf(control)])),
        budget: { steps },
        block: BLOCK,
        every: steps,
        ...(level === undefined ? {} : { until: { signal: { name: 'calm', atMost: level } } }),
      };
    });
    let over = 0;
    const results = await runJobs<NetworkParams, NetworkResult>(new URL('./network.js', import.meta.url), jobs, {
      workers: context.workers,
      signal: context.signal,
      observe(event) {
        if (event.kind === 'progress' && event.progress.stopped !== null) context.progress(name, ++over / streams);
      },
    });
    return results.map((result, i) => {
      if (result.status !== 'done')
        throw result.status === 'failed' ? result.error : new LehrError('worker', `${name}: stream ${i} was lost.`);
      const { end } = result.outcome.result;
      if (matched && Math.abs(end.loss - stop[i]) > EQUAL)
        throw new LehrError(
          'worker',
          `${name}: on stream ${i} the training loss is ${end.loss} after ${end.step} steps, expected ${stop[i]}.`,
        );
      return result.outcome.result;
    });
  });
}

/** One control after another, each for so many steps; the last for the rest. */
export function phases(...list: readonly (readonly [steps: number, control: Control] | Control)[]): Control {
  return sequence(...list.map((phase) => (Array.isArray(phase) ? ([{ steps: phase[0] }, phase[1]] as const) : (phase as Control))));
}

/** What was noted at a step. */
export function at({ looks }: NetworkResult, step: number): Look {
  const found = looks.find((look) => look.step === step);
  if (found === undefined)
    throw new LehrError('contract', `there is no look at step ${step}, expected one of ${looks.map((look) => look.step).join(', ')}.`);
  return found;
}

/** Differences of pairs, stream by stream. */
export function pairwise(
  a: readonly NetworkResult[],
  b: readonly NetworkResult[],
  of: (one: NetworkResult, other: NetworkResult) => number,
): number[] {
  return Array.from({ length: Math.min(a.length, b.length) }, (_, i) => of(a[i], b[i]));
}

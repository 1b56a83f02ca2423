import type { LehrError } from '../../error.ts';
import type { Diverged } from '../../dynamics/diverged.ts';
import type { Weights } from '../../dynamics/model.ts';
import { stepsOf } from '../../parallel/drive.ts';
import { SearchError } from '../../parallel/search-error.ts';
import type { Outcome, Progress, Stopped } from '../../run/outcome.ts';
import type { Judged, Learner } from './learner.ts';
import { endsOf, plainer, runChains, type ChainEnd, type Surroundings } from '../runs/run-chains.ts';
import type { TrainTask } from './train-task.ts';

/** A trained model: the best of its chains, and totals over them. */
export interface TrainedChains {
  readonly weights: Weights;
  readonly training: Judged;
  /** Null where there are no such rows. The test rows are looked at here, once, after everything is chosen. */
  readonly validation: Judged | null;
  readonly test: Judged | null;
  readonly best: number;
  /** Steps behind the weights' chain, all chains together, and evaluations. */
  readonly steps: number;
  readonly evaluations: number;
  readonly seconds: number;
  readonly stopped: Stopped | 'diverged';
  readonly resumedAt: number;
  readonly reproducible: boolean;
  readonly chains: readonly ChainEnd[];
  readonly failures: readonly LehrError[];
}

/**
 * Trains the chains of a task and takes the one that is best on the validation rows, without any on the training rows. If the loss of all stops being a number, the best of
 * their last finite weights are kept, and told of as `diverged`.
 * @throws the first chain's error if all fail in another way.
 */
export async function trainChains(task: TrainTask, learner: Learner, around: Surroundings): Promise<TrainedChains> {
  const traces: Progress[][] = Array.from({ length: task.chains }, (_, i) => [...(around.heard?.[i] ?? [])]);
  const what = {
    module: learner.recipe,
    params: learner.params('steps' in task.each ? task.each.steps : null),
    watch: learner.watch,
    ...(task.stalled === null ? {} : { until: { stalled: task.stalled } }),
  };
  const heard: Surroundings = {
    ...around,
    progress(chain, progress) {
      traces[chain].push(progress);
      around.progress(chain, progress);
    },
  };
  let ended;
  try {
    ended = await runChains(task, what, heard);
  } catch (error) {
    return salvaged(error, traces, learner, around);
  }
  const { search, seconds } = ended;
  const values = new Map<Outcome, number>();
  let [best, least] = [search.best, Infinity];
  for (const result of search.chains) {
    if (result.status !== 'done') continue;
    const loss = (await worth(learner, learner.weightsOf(result.outcome.result))).figures.loss;
    values.set(result.outcome, loss);
    if (loss < least) [best, least] = [result.job, loss];
  }
  const winner = search.chains[best];
  const outcome = winner.status === 'done' ? winner.outcome : search.outcome;
  const chains = endsOf(ended, (each) => values.get(each) ?? NaN);
  // Of chains that failed nothing counts, and a replay leaves them out.
  const done = [...values.keys()];
  return {
    ...(await judgedAll(learner, learner.weightsOf(outcome.result))),
    best,
    steps: sumOf(done.map(({ steps }) => steps)),
    evaluations: sumOf(done.map(({ evaluations }) => evaluations)),
    seconds,
    stopped: chains.some(({ stopped }) => stopped === 'interrupted') ? 'interrupted' : outcome.stopped,
    resumedAt: search.resumedAt,
    reproducible: search.reproducible,
    chains,
    failures: search.chains.flatMap((result) => (result.status === 'failed' ? [plainer(result.error)] : [])),
  };
}

/** What chains are compared by. */
async function worth(learner: Learner, weights: Weights): Promise<Judged> {
  return (await learner.judge(weights, 'validation')) ?? (await learner.judge(weights, 'training'))!;
}

async function judgedAll(learner: Learner, weights: Weights) {
  return {
    weights,
    training: (await learner.judge(weights, 'training'))!,
    validation: await learner.judge(weights, 'validation'),
    test: await learner.judge(weights, 'test'),
  };
}

/** Of chains that all failed, the best of the last finite weights of those that diverged. */
async function salvaged(
  error: unknown,
  traces: readonly (readonly Progress[])[],
  learner: Learner,
  { resume = [] }: Surroundings,
): Promise<TrainedChains> {
  const errors = error instanceof SearchError ? error.errors : [];
  const diverged = errors.map(({ details }) => (details as Partial<Diverged> | undefined)?.diverged);
  const values = await Promise.all(
    diverged.map(async (each) => (each === undefined ? null : (await worth(learner, each.kept)).figures.loss)),
  );
  const first = diverged.findIndex((each) => each !== undefined);
  if (first < 0) throw error;
  const best = values.reduce((least: number, value, chain) => (value !== null && value < values[least]! ? chain : least), first);
  const last = traces.map((trace) => trace.at(-1));
  return {
    ...(await judgedAll(learner, diverged[best]!.kept)),
    best,
    steps: sumOf(diverged.map((each, chain) => each?.step ?? last[chain]?.steps ?? 0)),
    evaluations: sumOf(last.map((progress) => progress?.evaluations ?? 0)),
    seconds: Math.max(0, ...last.map((progress) => progress?.seconds ?? 0)),
    stopped: 'diverged',
    resumedAt: sumOf(resume.map((checkpoint) => stepsOf(checkpoint ?? undefined))),
    reproducible: true,
    chains: traces.map((trace, chain) => ({ chain, value: values[chain], stopped: 'failed', trace, record: null })),
    failures: errors.map(plainer),
  };
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

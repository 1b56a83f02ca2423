import { splitRhat } from '../../experiment/agreement.ts';
import { LehrError } from '../../error.ts';
import type { Outcome, Stopped } from '../../run/outcome.ts';
import type { Conclusion, Found, Inference } from './inference.ts';
import type { InferTask } from './infer-task.ts';
import { endsOf, plainer, runChains, type ChainEnd, type Surroundings } from '../runs/run-chains.ts';

/** Whether chains agree. */
export interface Agreement {
  /** What chains' results are compared by. */
  readonly likeness: string | null;
  /** What to do where they differ. */
  readonly advice: string;
  /** The likeness of each pair, by the chains' numbers from 0; the mean and the least; null for a single chain. */
  readonly pairs: readonly (readonly [one: number, other: number, likeness: number])[];
  readonly mean: number | null;
  readonly least: number | null;
  /** Split-R̂ of the objective over the samples, and how many of each chain went into it; null where there are too few or nothing varies. */
  readonly rhat: number | null;
  readonly samples: number;
}

/** What chains found: the answer of the best, and totals over them. */
export interface InferredChains {
  readonly conclusion: Conclusion;
  readonly agreement: Agreement;
  readonly value: number;
  readonly best: number;
  readonly steps: number;
  readonly evaluations: number;
  readonly seconds: number;
  readonly stopped: Stopped;
  readonly resumedAt: number;
  readonly reproducible: boolean;
  readonly chains: readonly ChainEnd[];
  readonly failures: readonly LehrError[];
}

/**
 * Runs the chains of a task; the best gives the answer.
 * @throws the first chain's error if all fail.
 */
export async function inferChains(task: InferTask, inference: Inference, around: Surroundings): Promise<InferredChains> {
  const length = { budget: task.each, burnIn: task.burnIn };
  let ended;
  try {
    const until = task.until === null ? {} : { until: task.until };
    ended = await runChains(task, { module: inference.recipe, params: inference.params(length), watch: inference.watch, ...until }, around);
  } catch (error) {
    throw error instanceof LehrError ? plainer(error) : error;
  }
  const { search, seconds, traces } = ended;
  const found = search.chains.flatMap((each): Found[] =>
    each.status === 'done' ? [{ chain: each.job, result: each.outcome.result, trace: traces[each.job] }] : [],
  );
  const best = found.reduce((first, each) => (inference.isBetter(each.result, first.result) ? each : first));
  const worth = (outcome: Outcome): number => inference.worthOf(outcome.result);
  const chains = endsOf(ended, worth).map((end) => ({ ...end, stopped: toldAs(end.stopped) }));
  return {
    conclusion: await inference.conclude(found, best.chain, length),
    agreement: agreementOf(inference, found, length),
    value: inference.worthOf(best.result),
    best: best.chain,
    steps: search.steps,
    evaluations: search.evaluations,
    seconds,
    stopped: chains.some(({ stopped }) => stopped === 'interrupted') ? 'interrupted' : toldAs(search.outcome.stopped),
    resumedAt: search.resumedAt,
    reproducible: search.reproducible,
    chains,
    failures: search.chains.flatMap((each) => (each.status === 'failed' ? [plainer(each.error)] : [])),
  };
}

/** The one signal that ends an inference is that of having settled. */
function toldAs<S extends ChainEnd['stopped']>(stopped: S): S | 'settled' {
  return stopped === 'signal' ? 'settled' : stopped;
}

/** Fewer samples of each chain than this say nothing of how they vary. */
const FEW = 8;

function agreementOf(inference: Inference, found: readonly Found[], length: Parameters<Inference['drawsOf']>[1]): Agreement {
  const { likeness } = inference;
  const pairs: [number, number, number][] = [];
  if (likeness !== null)
    for (let i = 0; i < found.length; i++)
      for (let j = 0; j < i; j++) pairs.push([found[j].chain, found[i].chain, likeness.of(found[j].result, found[i].result)]);
  const values = pairs.map(([, , value]) => value).filter((value) => value === value);
  const draws = found.map(({ result }) => inference.drawsOf(result, length));
  // Chains that the clock cut have different numbers of samples: the last of each.
  const samples = Math.min(...draws.map((each) => each.length));
  const rhat = samples < FEW ? NaN : splitRhat(draws.map((each) => each.slice(each.length - samples)));
  return {
    likeness: likeness?.name ?? null,
    advice: likeness?.advice ?? '',
    pairs,
    mean: values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length,
    least: values.length === 0 ? null : Math.min(...values),
    rhat: Number.isFinite(rhat) ? rhat : null,
    samples,
  };
}

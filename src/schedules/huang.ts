import { between0And1, known, length, positive, type Length } from './check.ts';
import type { Controller, Run } from './schedule.ts';

/** Options of `huang`. */
export interface HuangOptions {
  /** How long each temperature is held, and the random walk before the first: a share of the run or a count of steps. */
  readonly stay?: Length;
  /** λ: the cooling lets the mean energy fall by about this many standard deviations. */
  readonly lambda?: number;
  /** The least a temperature is multiplied by; above 0 and below 1. */
  readonly least?: number;
  /** The first temperature accepts a rise of three standard deviations with this probability; above 0 and below 1. */
  readonly acceptance?: number;
}

/** Memory of `huang`. */
export interface HuangMemory {
  /** How long a stay is: steps if `counted`, else a part of t. */
  readonly stay: number;
  readonly counted: boolean;
  readonly mean: number;
  readonly variance: number;
  /** Null in the random walk before the first. */
  temperature: number | null;
  /** Where the stay began. */
  since: number;
  /** States of this stay, their mean energy, and the sum of squared differences from it. */
  states: number;
  average: number;
  squares: number;
}

const SIGNALS: readonly string[] = Object.freeze(['meanEnergy', 'energyVariance']);

/**
 * The cooling schedule of Huang, Romeo and Sangiovanni-Vincentelli (An efficient general cooling schedule for simulated annealing, ICCAD 1986, pp.
 * 381–384), which cools by the standard deviation σ of the energies seen at each temperature: T ← T · max(least, e^(−λ T / σ)). Where the mean
 * energy changes with T as σ² / T², as in equilibrium, that step lowers it by about λ σ, so that neighbouring temperatures overlap. It begins with
 * a random walk (temperature Infinity), whose σ gives the first temperature −3 σ / ln `acceptance`.
 *
 * The paper itself was not at hand: the rule is as commonly quoted, and so are λ = 0.7, the bound 0.5 and the three standard deviations
 * (unverified), `acceptance` 0.9 and `stay` are ours. Published, a temperature is held until a test of equilibrium passes, and the run ends when it is
 * frozen. Here each is held for `stay`, and the length of the run is the budget's: the cooling goes on at its own pace and ends wherever the budget does,
 * perhaps still hot, perhaps frozen long before: the larger the problem, the more temperatures it takes (the default of 200 about suits a thousand
 * variables). Watch the temperature; a shorter `stay` cools further, and `until: { stalled }` ends a frozen run. Where no energy varied, the bound is taken; the random walk goes on until one does.
 *
 * Needs a dynamics that tells `meanEnergy` and `energyVariance`. Blocks are at most a stay; shorter ones are pooled, which changes nothing if they
 * divide it. Under a seconds budget, which knows no steps, a share is of t.
 */
export function huang(options: HuangOptions = {}): Controller<HuangMemory> {
  known('huang', options, ['stay', 'lambda', 'least', 'acceptance']);
  const stay = length('huang', 'stay', options.stay ?? 0.005);
  const lambda = positive('huang', 'lambda', options.lambda ?? 0.7);
  const least = between0And1('huang', 'least', options.least ?? 0.5);
  const acceptance = between0And1('huang', 'acceptance', options.acceptance ?? 0.9);
  const multiple = -3 / Math.log(acceptance);
  return {
    spec: Object.freeze({ schedule: 'huang', stay, lambda, least, acceptance }),
    needs: SIGNALS,
    maxBlock: (run) => stepsOf(stay, run) ?? Infinity,
    start(run) {
      const steps = stepsOf(stay, run);
      return {
        stay: steps ?? (stay as number),
        counted: steps !== null,
        mean: run.signal(SIGNALS[0]),
        variance: run.signal(SIGNALS[1]),
        temperature: null,
        since: 0,
        states: 0,
        average: 0,
        squares: 0,
      };
    },
    next(memory, now) {
      const { block } = now;
      const at = memory.counted ? now.step : now.t;
      if (block === null) memory.since = at;
      else pool(memory, block.steps, block.signals[memory.mean], block.signals[memory.variance]);
      if (at - memory.since >= memory.stay && memory.states > 0) {
        const sigma = Math.sqrt(memory.squares / memory.states);
        if (memory.temperature !== null) {
          memory.temperature *= sigma > 0 ? Math.max(least, Math.exp((-lambda * memory.temperature) / sigma)) : least;
        } else if (sigma > 0) memory.temperature = multiple * sigma;
        memory.since = at;
        memory.states = memory.average = memory.squares = 0;
      }
      return memory.temperature ?? Infinity;
    },
  };
}

/** A stay in steps; null if it is a share of an unknown number. */
function stepsOf(stay: Length, { steps }: Run): number | null {
  if (typeof stay !== 'number') return stay.steps;
  return steps === null ? null : Math.max(1, Math.floor(stay * steps));
}

/** Adds `states` states of this mean and variance to those of the stay (the pairwise update of Chan, Golub and LeVeque). */
function pool(memory: HuangMemory, states: number, mean: number, variance: number): void {
  const all = memory.states + states;
  const off = mean - memory.average;
  memory.squares += variance * states + (off * off * memory.states * states) / all;
  memory.average += (off * states) / all;
  memory.states = all;
}

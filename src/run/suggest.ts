import { Block } from '../dynamics/block.ts';
import { kernel } from '../dynamics/metropolis.ts';
import { plainCopy } from '../dynamics/plain.ts';
import { Chain, type Advice, type Problem } from '../dynamics/problem.ts';
import { stream } from '../random/rng.ts';
import type { Seed } from '../random/seed.ts';
import { budgetOf, type Budget } from './plan.ts';

/** `budget`: of the run to come; under a steps or evaluations budget the pilot stays below a fiftieth of it. */
export interface SuggestOptions {
  readonly seed: Seed;
  readonly budget?: Budget;
}

/** Temperatures to anneal between, and what they were read from. */
export interface Suggestion {
  readonly from: number;
  readonly to: number;
  readonly spec: { readonly schedule: 'exponential'; readonly from: number; readonly to: number };
  readonly evidence: {
    /** Energies of the start state and of the pilot's local optimum. */
    readonly start: number;
    readonly quenched: number;
    /** Proposals sampled there, how many led uphill, and the rise of those at the quantile that was read: the median, unless the problem advises another. */
    readonly sampled: number;
    readonly uphill: number;
    readonly rise: number;
    /** Expected share of the sampled proposals that go uphill at `from` and at `to`. */
    readonly acceptanceFrom: number;
    readonly acceptanceTo: number;
  };
  /** Proposals made to find out; they are not part of the run. */
  readonly proposals: number;
}

/**
 * The rule's constants, ours, from runs on public travelling-salesman files of 202 to 3,038 cities at 2,400 to 500,000 proposals per city: a first
 * temperature of a third of the median rise at a local optimum was within the best range on all of them (half of it freezes in mistakes on
 * clustered files, twice it wastes time), and ends of a tenth to a twentieth of it did equally well.
 */
const ADVICE: Advice = { quantile: 0.5, from: 0.35, range: 16 };
const QUENCH_PER_VARIABLE = 100;
const MOST_QUENCH = 2_000_000;
const SAMPLED = 20_000;

/**
 * Temperatures for an exponential schedule, when nobody knows any. A pilot descends at temperature 0 to a local optimum and samples proposals
 * there, undone each time; `from` is 0.35 times the median energy rise of those that lead uphill, and `to` a sixteenth of it, unless the problem's
 * own `advice` says otherwise. Scaling all energies scales both. Draws from its own stream of the seed. If nothing leads uphill, both fall back to the
 * size of the start energy, or 1.
 */
export function suggestTemperatures<S>(problem: Problem<S>, { seed, budget }: SuggestOptions): Suggestion {
  const rng = stream(seed, 'suggest-temperatures');
  const state = problem.init(rng.child('init'));
  const start = problem.energy(state);
  const share = budget === undefined || 'seconds' in budget ? Infinity : Math.floor(budgetOf(budget).total / 100);
  const quench = Math.min(MOST_QUENCH, Math.max(1000, QUENCH_PER_VARIABLE * (problem.size ?? 1000)), share);
  const samples = Math.max(100, Math.min(SAMPLED, share));
  const chain = new Chain(state, start, plainCopy(state, 'state'), start, false, false);
  (problem.sweep?.bind(problem) ?? kernel(problem))(chain, 0, quench, rng, new Block());

  const rises: number[] = [];
  for (let k = 0; k < samples; k++) {
    const delta = problem.propose(state, rng);
    problem.reject(state);
    if (delta > 0 && delta < Infinity) rises.push(delta);
  }
  const acceptance = (temperature: number): number => rises.reduce((sum, rise) => sum + Math.exp(-rise / temperature), 0) / samples;
  const advice = problem.advice ?? ADVICE;
  const rise = rises.length === 0 ? 0 : rises.sort((a, b) => a - b)[Math.floor(advice.quantile * rises.length)];
  const from = rounded(rise === 0 ? Math.abs(start) || 1 : advice.from * rise);
  const to = rounded(from / advice.range);
  return {
    from,
    to,
    spec: { schedule: 'exponential', from, to },
    evidence: {
      start,
      quenched: chain.energy,
      sampled: samples,
      uphill: rises.length,
      rise,
      acceptanceFrom: rise === 0 ? 0 : acceptance(from),
      acceptanceTo: rise === 0 ? 0 : acceptance(to),
    },
    proposals: quench + samples,
  };
}

/** Four significant digits: what is printed is what is used. */
function rounded(value: number): number {
  return Number(value.toPrecision(4));
}

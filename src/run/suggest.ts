import { Block } from '../dynamics/block.ts';
import { kernel } from '../dynamics/metropolis.ts';
import { plainCopy } from '../dynamics/plain.ts';
import { Chain, type Problem } from '../dynamics/problem.ts';
import { stream } from '../random/rng.ts';
import type { Seed } from '../random/seed.ts';
import { budgetOf, type Budget } from './plan.ts';

/** `budget`: of the run to come; under a steps or evaluations budget the pilot stays below a fiftieth of it. */
export interface SuggestOptions {
  readonly seed: Seed;
  readonly budget?: Budget;
}

/** Geometric cooling, once or again and again, as a schedule's spec. */
export type Cooling =
  | Exponential
  | { readonly schedule: 'warmRestarts'; readonly curve: Exponential; readonly cycles: number; readonly factor: number };

// A type, not an interface: only that is taken for the plain record a spec is.
type Exponential = { readonly schedule: 'exponential'; readonly from: number; readonly to: number };

/** Temperatures to anneal between, and what they were read from. */
export interface Suggestion {
  readonly from: number;
  readonly to: number;
  readonly spec: Cooling;
  /** How often the temperature falls: more than once only where the problem advises it, and the budget allows. */
  readonly cycles: number;
  readonly evidence: {
    /** Energies of the start state and of the pilot's local optimum. */
    readonly start: number;
    readonly quenched: number;
    /** Proposals sampled there, how many led uphill, and the median and the 2 % quantile of those rises. */
    readonly sampled: number;
    readonly uphill: number;
    readonly rise: number;
    readonly small: number;
    /** Expected share of the sampled proposals that go uphill at `from` and at `to`. */
    readonly acceptanceFrom: number;
    readonly acceptanceTo: number;
  };
  /** Proposals made to find out; they are not part of the run. */
  readonly proposals: number;
}

/**
 * The rule's constants, ours, from runs on public travelling-salesman files of 202 to 3,038 cities at 10 to 600 million proposals: a single cooling from 0.6
 * of the median rise at a local optimum to a fortieth of that was as good as any at all budgets (0.35 freezes in mistakes, 1.2 wastes time, and a range of 16
 * ends too hot).
 */
const FROM_RISE = 0.6;
const RANGE = 40;
const QUENCH_PER_VARIABLE = 100;
const MOST_QUENCH = 2_000_000;
const SAMPLED = 20_000;

/**
 * Of coolings again and again: at most so many, each so much longer than the one before, and what a second is taken for in steps. Ours, from runs on
 * weighted tardiness at 2 to 10 seconds and the travelling salesman at 10 to 60; a fixed pace, so that the same seed gives the same suggestion on any machine.
 */
const MOST_CYCLES = 40;
const GROWTH = 1.1;
const PACE = 20_000_000;

/**
 * Temperatures for an exponential schedule, when nobody knows any. A pilot descends at temperature 0 to a local optimum and samples proposals
 * there, undone each time; `from` is 0.6 times the median energy rise of those that lead uphill, and `to` a fortieth of that, unless the problem's
 * own `advice` says otherwise; then the temperature may also fall several times, if a budget is given that has room for it. Scaling all energies scales both. Draws from its own stream of the seed. If nothing leads uphill, both fall back to the
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
  rises.sort((a, b) => a - b);
  const rise = rises.length === 0 ? 0 : rises[rises.length >> 1];
  const small = rises.length === 0 ? 0 : rises[Math.floor(rises.length / 50)];
  const { advice } = problem;
  const from = rounded(rise === 0 ? Math.abs(start) || 1 : (advice?.from ?? FROM_RISE) * rise);
  const to = rounded(rise === 0 || advice === undefined ? from / RANGE : Math.min(from / (advice.range ?? 1), advice.to * small));
  const cycles = advice?.cycle === undefined ? 1 : cyclesIn(budget, advice.cycle * (problem.size ?? 1000));
  return {
    from,
    to,
    spec: coolingSpec(from, to, cycles),
    cycles,
    evidence: {
      start,
      quenched: chain.energy,
      sampled: samples,
      uphill: rises.length,
      rise,
      small,
      acceptanceFrom: rise === 0 ? 0 : acceptance(from),
      acceptanceTo: rise === 0 ? 0 : acceptance(to),
    },
    proposals: quench + samples,
  };
}

/** The spec of so many coolings. */
export function coolingSpec(from: number, to: number, cycles: number): Cooling {
  const curve: Exponential = { schedule: 'exponential', from, to };
  return cycles === 1 ? curve : { schedule: 'warmRestarts', curve, cycles, factor: GROWTH };
}

/** How many coolings of so many steps a budget has room for; without a budget, one. */
function cyclesIn(budget: Budget | undefined, steps: number): number {
  if (budget === undefined) return 1;
  const total = 'seconds' in budget ? PACE * budget.seconds : budgetOf(budget).total;
  return Math.max(1, Math.min(MOST_CYCLES, Math.floor(total / steps)));
}

/** Four significant digits: what is printed is what is used. */
function rounded(value: number): number {
  return Number(value.toPrecision(4));
}

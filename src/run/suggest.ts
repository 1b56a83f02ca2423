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

/** Temperatures to anneal between, and what they were read from. */
export interface Suggestion {
  readonly from: number;
  readonly to: number;
  readonly spec: { readonly schedule: 'exponential'; readonly from: number; readonly to: number };
  readonly evidence: {
    /** Energies of the start state and of the pilot's local optimum. */
    readonly start: number;
    readonly quenched: number;
    /** Proposals sampled there, how many led uphill, and the mean rise of those. */
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
 * The rule's constants, ours, from runs on public travelling-salesman files of 51 to 3,038 cities: at 2,400, 20,000 and 200,000 proposals
 * per city the best first temperature was the one at which 1–3 % of the proposals at a local optimum go uphill (twice as hot or half as hot was
 * worse at every length), and ends of a sixth to a tenth of it did equally well.
 */
const ACCEPTANCE_FROM = 0.02;
const ACCEPTANCE_TO = 0.0005;
const NARROWEST = 6;
const WIDEST = 12;
const QUENCH_PER_VARIABLE = 100;
const MOST_QUENCH = 2_000_000;
const SAMPLED = 20_000;

/**
 * Temperatures for an exponential schedule, when nobody knows any. A pilot descends at temperature 0 to a local optimum and samples proposals
 * there, undone each time; `from` is the temperature at which 2 % of them would go uphill, `to` that at which 0.05 % would, but between a twelfth and
 * a sixth of `from`. Scaling all energies scales both. Draws from its own stream of the seed. If nothing leads uphill, both
 * fall back to the size of the start energy, or 1.
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
  const rise = rises.length === 0 ? 0 : rises.reduce((sum, each) => sum + each, 0) / rises.length;
  const [from, to] = rise === 0 ? fallback(start) : range(rise, acceptance);
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

function range(mean: number, acceptance: (temperature: number) => number): [number, number] {
  // Where few moves lead uphill at all, 2 % of all proposals could not be reached: then half of them.
  const hottest = acceptance(1e6 * mean);
  const from = solve(acceptance, Math.min(ACCEPTANCE_FROM, hottest / 2), mean);
  const cold = solve(acceptance, Math.min(ACCEPTANCE_TO, hottest / 80), mean);
  return [rounded(from), rounded(Math.min(from / NARROWEST, Math.max(from / WIDEST, cold)))];
}

function fallback(start: number): [number, number] {
  const size = Math.abs(start) > 0 ? Math.abs(start) : 1;
  return [rounded(size), rounded(size / WIDEST)];
}

/** The temperature at which an acceptance that rises with it takes a value: bisection on a logarithmic scale about the mean rise. */
function solve(acceptance: (temperature: number) => number, value: number, mean: number): number {
  let low = mean * 1e-9;
  let high = mean * 1e6;
  for (let k = 0; k < 60; k++) {
    const middle = Math.sqrt(low * high);
    if (acceptance(middle) < value) low = middle;
    else high = middle;
  }
  return Math.sqrt(low * high);
}

/** Four significant digits: what is printed is what is used. */
function rounded(value: number): number {
  return Number(value.toPrecision(4));
}

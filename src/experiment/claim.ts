import { LehrError, show } from '../error.ts';
import type { Rng } from '../random/rng.ts';
import { formatNumber } from '../report/numbers.ts';
import { meanInterval, medianInterval, ratioInterval, type Interval } from './interval.ts';

/** Where a quantity lies if a claim holds: exactly one of them. `above` and `below` leave the margin itself out, the others take it in. */
export type Margin =
  | { readonly above: number }
  | { readonly below: number }
  | { readonly atLeast: number }
  | { readonly atMost: number }
  | { readonly between: readonly [low: number, high: number] };

/** What a claim expects: a quantity, in words and with its unit, on one side of a margin. */
export type Expected = Margin & { readonly quantity: string };

/**
 * What an experiment found: paired differences, whose mean (or median) is judged; paired positive values, of whose means the ratio is; an interval
 * of its own; or an exact value.
 */
export type Evidence =
  | { readonly differences: readonly number[]; readonly of?: 'mean' | 'median' }
  | { readonly numerators: readonly number[]; readonly denominators: readonly number[] }
  | { readonly interval: Omit<Interval, 'n'> & { readonly n?: number } }
  | { readonly exact: number };

/** What a claim comes to: it holds, it fails, or one cannot tell at this size. */
export type Verdict = 'holds' | 'fails' | 'undecided';

/** A statement of a paper that can be tried. */
export interface Claim {
  /** Letters, digits and dashes. */
  readonly id: string;
  /** Where the paper says it, or who derived it. */
  readonly source: string;
  readonly statement: string;
  readonly expected: Expected;
  measure(): Evidence | Promise<Evidence>;
  /** The same experiment where the effect is absent: judged by the claim's own statement, it must not hold. */
  readonly control: { readonly statement: string; measure(): Evidence | Promise<Evidence> };
}

/** A measured quantity, its 95 % interval, and what it says of the claim. */
export interface Judgement {
  readonly measured: number;
  readonly low: number;
  readonly high: number;
  readonly verdict: Verdict;
}

/**
 * Below six pairs no two-sided verdict at 95 % is to be had without assuming their law: that all differences have one sign happens by chance with
 * probability 2^(1 − n), which is above 5 %.
 */
const FEWEST = 6;

/**
 * The verdict about a claim: `holds` if the whole interval lies on the claimed side of the margin, `fails` if none of it does, else `undecided`; an
 * exact value is its own interval. Paired differences that are all zero are `undecided`, whatever the margin: the two sides may have been the same.
 * @param rng the stream the bootstrap draws from.
 * @throws LehrError `option` for fewer than six pairs, numbers that are not finite, or a margin that is none.
 */
export function judge(expected: Expected, evidence: Evidence, rng: Rng): Judgement {
  const [from, to, open] = boundsOf(expected);
  if ('exact' in evidence) {
    const { exact } = evidence;
    if (!Number.isFinite(exact))
      throw new LehrError('option', `${expected.quantity}: the exact value is ${exact}, expected a finite number.`);
    return { measured: exact, low: exact, high: exact, verdict: verdictOf(exact, exact, from, to, open) };
  }
  const { value, low, high } = intervalOf(expected.quantity, evidence, rng);
  if (!(low <= value && value <= high && high - low < Infinity)) {
    throw new LehrError(
      'option',
      `${expected.quantity}: the interval is ${low} to ${high} around ${value}, expected a finite one around it.`,
    );
  }
  const same = 'differences' in evidence && evidence.differences.every((difference) => difference === 0);
  return { measured: value, low, high, verdict: same ? 'undecided' : verdictOf(low, high, from, to, open) };
}

/** The margin in words: `above 0`, `between 1.8 and 1.9`. */
export function describeMargin(margin: Margin): string {
  const number = (value: number): string => formatNumber(value, 12);
  if ('above' in margin) return `above ${number(margin.above)}`;
  if ('below' in margin) return `below ${number(margin.below)}`;
  if ('atLeast' in margin) return `at least ${number(margin.atLeast)}`;
  if ('atMost' in margin) return `at most ${number(margin.atMost)}`;
  return `between ${number(margin.between[0])} and ${number(margin.between[1])}`;
}

/** The ends of the claimed side, and whether it is without them. */
export function boundsOf(margin: Margin): Side {
  const side = sideOf(margin);
  const [from, to] = side;
  if (from <= to && (Number.isFinite(from) || Number.isFinite(to))) return side;
  throw new LehrError('option', `expected is ${show(margin)}, expected a margin: above, below, atLeast, atMost or between.`);
}

type Side = readonly [from: number, to: number, open: boolean];

function sideOf(margin: Margin): Side {
  if ('above' in margin) return [margin.above, Infinity, true];
  if ('below' in margin) return [-Infinity, margin.below, true];
  if ('atLeast' in margin) return [margin.atLeast, Infinity, false];
  if ('atMost' in margin) return [-Infinity, margin.atMost, false];
  if ('between' in margin) return [margin.between[0], margin.between[1], false];
  return [NaN, NaN, false];
}

function verdictOf(low: number, high: number, from: number, to: number, open: boolean): Verdict {
  if (open ? from < low && high < to : from <= low && high <= to) return 'holds';
  if (open ? high <= from || to <= low : high < from || to < low) return 'fails';
  return 'undecided';
}

function intervalOf(quantity: string, evidence: Exclude<Evidence, { exact: number }>, rng: Rng): Omit<Interval, 'n'> {
  if ('interval' in evidence) return evidence.interval;
  const pairs = 'differences' in evidence ? evidence.differences.length : evidence.numerators.length;
  if (pairs < FEWEST) throw new LehrError('option', `${quantity}: ${pairs} pairs, expected at least ${FEWEST} for a verdict at 95 %.`);
  if ('differences' in evidence) return (evidence.of === 'median' ? medianInterval : meanInterval)(evidence.differences, rng);
  return ratioInterval(evidence.numerators, evidence.denominators, rng);
}

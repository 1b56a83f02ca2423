import { maybe } from '../closest.ts';
import { LehrError, show } from '../error.ts';
import { checkKeys } from './plan.ts';

/** A length in steps, or a number of steps for each variable of the problem. */
export type Steps = number | { readonly perVariable: number };

/** The lengths of a chain's runs as plain data; `lengthsFrom` gives them. A list ends; the others go on for ever. */
export type LengthsSpec =
  | {
      readonly lengths: 'variable';
      readonly first: Steps;
      readonly factor: number;
      readonly chains: number;
      readonly cycle: number;
      readonly chain: number;
    }
  | { readonly lengths: 'luby'; readonly unit: Steps }
  | { readonly lengths: 'fixed'; readonly steps: Steps }
  | { readonly lengths: 'list'; readonly steps: readonly number[] };

/** The lengths of runs that follow each other, in steps: may be iterated again and again, each time from the first. */
export interface Lengths extends Iterable<number> {
  readonly spec: LengthsSpec;
}

/** Options of `variableLength`. */
export interface VariableLengthOptions {
  /** Length of the first run: steps, or steps for each variable (1000 steps, the paper's). */
  readonly first?: Steps;
  /** What each length multiplies the one before by; above 1 (2). */
  readonly factor?: number;
  /** How many chains the lengths are dealt to (1). */
  readonly chains?: number;
  /** After how many chains the deal begins again with the same lengths (4, the paper's; `chains` or more gives its P-VAL-0). */
  readonly cycle?: number;
  /** Which of the chains this is, from 0; `multistart` sets it. */
  readonly chain?: number;
}

/**
 * Variable annealing length (Cicirello, arXiv 1709.02877): independent runs, each twice as long as the one before, so that nobody needs to know how
 * long the best run would be; the longest finished run took at least a quarter of all the time. Over chains, run r of chain i has first · factor^(j + r·m) steps
 * with j = i mod `cycle` and m = min(chains, cycle) (equations 1–3; P-VAL with a cycle of 4). Lengths are rounded, and end growing at 2⁵³ − 1.
 */
export function variableLength(options: VariableLengthOptions = {}): Lengths {
  checkKeys('variableLength', options, ['first', 'factor', 'chains', 'cycle', 'chain']);
  const { first = 1000, factor = 2, chains = 1, cycle = 4, chain = 0 } = options;
  checkSteps('variableLength: first', first);
  if (!(Number.isFinite(factor) && factor > 1))
    throw new LehrError('option', `variableLength: factor is ${show(factor)}, expected a number above 1.`);
  checkWhole('variableLength: chains', chains, 1);
  checkWhole('variableLength: cycle', cycle, 1);
  checkWhole('variableLength: chain', chain, 0);
  return lengths({ lengths: 'variable', first, factor, chains, cycle, chain });
}

/**
 * The universal sequence 1, 1, 2, 1, 1, 2, 4, … times `unit`, within a logarithmic factor of the best sequence of lengths for any law of the time to
 * success (Luby, Sinclair & Zuckerman 1993).
 * @param unit steps, or steps for each variable.
 */
export function luby(unit: Steps): Lengths {
  checkSteps('luby: unit', unit);
  return lengths({ lengths: 'luby', unit });
}

/** Runs of one length: steps, or steps for each variable. */
export function fixedLength(steps: Steps): Lengths {
  checkSteps('fixedLength: steps', steps);
  return lengths({ lengths: 'fixed', steps });
}

/**
 * Lengths from their plain data, or from any numbers of your own: a list or another iterable, which is read to its end.
 * @param size the problem's number of variables, where lengths are `perVariable`; undefined if unknown.
 */
export function lengthsFrom(given: LengthsSpec | Iterable<number>, size?: number): Lengths {
  const spec = specOfLengths(given);
  return lengths(spec, size);
}

/** The plain data of lengths. */
export function specOfLengths(given: LengthsSpec | Iterable<number>): LengthsSpec {
  if (typeof given === 'object' && given !== null) {
    if ('spec' in given) return (given as Lengths).spec;
    if ('lengths' in given) return checked(given);
    if (typeof given[Symbol.iterator] === 'function') return listOf(given);
  }
  throw new LehrError('option', `lengths: ${show(given)}, expected variableLength(…), luby(…), fixedLength(…) or a list of steps.`);
}

/** The most entries a list of lengths may have: an endless iterable is a mistake that must not take all memory. */
const MOST_LENGTHS = 1_000_000;

function listOf(given: Iterable<number>): LengthsSpec {
  const steps: number[] = [];
  for (const length of given) {
    if (steps.length === MOST_LENGTHS) {
      throw new LehrError(
        'option',
        `lengths: more than ${MOST_LENGTHS} of them, expected a list that ends. Maybe fixedLength(…) or variableLength(…).`,
      );
    }
    checkWhole(`lengths: number ${steps.length + 1}`, length, 1);
    steps.push(length);
  }
  if (steps.length === 0) throw new LehrError('option', 'lengths: there are none, expected at least one.');
  return { lengths: 'list', steps };
}

const KINDS: readonly LengthsSpec['lengths'][] = ['variable', 'luby', 'fixed', 'list'];

/** A spec that came as plain data, through the same checks as the builders make. */
function checked(given: LengthsSpec): LengthsSpec {
  const { lengths: kind, ...options } = given;
  switch (kind) {
    case 'variable':
      return variableLength(options as VariableLengthOptions).spec;
    case 'luby':
      checkKeys('luby', options, ['unit']);
      return luby((options as { unit: Steps }).unit).spec;
    case 'fixed':
      checkKeys('fixedLength', options, ['steps']);
      return fixedLength((options as { steps: Steps }).steps).spec;
    case 'list':
      checkKeys('lengths', options, ['steps']);
      return listOf((options as { steps: readonly number[] }).steps);
    default:
      throw new LehrError('option', `lengths is ${show(kind)}, expected ${KINDS.join(', ')}.${maybe(String(kind), KINDS)}`);
  }
}

function lengths(spec: LengthsSpec, size?: number): Lengths {
  const steps = (given: Steps): number => resolved(given, size);
  return {
    spec,
    *[Symbol.iterator](): Generator<number> {
      if (spec.lengths === 'list') yield* spec.steps;
      else if (spec.lengths === 'fixed') for (const length = steps(spec.steps); ;) yield length;
      else if (spec.lengths === 'luby') for (let i = 1, unit = steps(spec.unit); ; i++) yield bounded(unit * lubyTerm(i));
      else {
        const { factor, chains, cycle, chain } = spec;
        let length = steps(spec.first);
        for (let k = chain % cycle; k > 0; k--) length *= factor;
        for (;;) {
          yield bounded(Math.round(length));
          for (let k = Math.min(chains, cycle); k > 0; k--) length *= factor;
        }
      }
    },
  };
}

/** The i-th term of Luby's sequence, from 1: 2^(k−1) at i = 2^k − 1, else the term of i less the largest such block before it. */
function lubyTerm(i: number): number {
  for (;;) {
    let block = 1;
    while (block < i) block = 2 * block + 1;
    if (block === i) return (block + 1) / 2;
    i -= (block - 1) / 2;
  }
}

function bounded(length: number): number {
  return Math.min(length, Number.MAX_SAFE_INTEGER);
}

function resolved(given: Steps, size: number | undefined): number {
  if (typeof given === 'number') return given;
  if (size === undefined) {
    throw new LehrError(
      'option',
      `lengths: ${show(given)}, but the problem does not say how many variables it has. Maybe give steps, or the problem a size.`,
    );
  }
  return Math.max(1, Math.round(given.perVariable * size));
}

function checkSteps(name: string, steps: unknown): void {
  if (typeof steps === 'object' && steps !== null && 'perVariable' in steps) {
    const { perVariable } = steps as { perVariable: unknown };
    if (typeof perVariable === 'number' && Number.isFinite(perVariable) && perVariable > 0) return;
    throw new LehrError('option', `${name}.perVariable is ${show(perVariable)}, expected a finite number above 0.`);
  }
  checkWhole(name, steps, 1);
}

function checkWhole(name: string, value: unknown, least: number): void {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= least) return;
  throw new LehrError('option', `${name} is ${show(value)}, expected a whole number of at least ${least}.`);
}

import { LehrError, show } from '../error.ts';
import { stream } from '../random/rng.ts';
import type { Seed } from '../random/seed.ts';
import { checkKeys } from '../run/plan.ts';

/** The values a parameter may have: a list, or a range; on a logarithmic scale equal factors are equally likely. */
export type Axis =
  | readonly number[]
  | { readonly from: number; readonly to: number; readonly scale?: 'linear' | 'log'; readonly whole?: boolean };

/** The parameters there are, by name. */
export type Space = { readonly [parameter: string]: Axis };

/** A value for each parameter. */
export type Point = { readonly [parameter: string]: number };

/** More points than this are a mistake. */
const MOST = 100_000;

/**
 * All points of a space of lists, the last parameter changing first.
 * @throws LehrError `option` for a range, which has no such points.
 */
export function gridOf(space: Space): Point[] {
  checkSpace(space);
  let points: Point[] = [{}];
  for (const [name, axis] of Object.entries(space)) {
    if (!isList(axis))
      throw new LehrError(
        'option',
        `space.${name} is ${show(axis)}, expected a list of values for a grid. Maybe search at random (trials).`,
      );
    points = points.flatMap((point) => axis.map((value) => ({ ...point, [name]: value })));
    if (points.length > MOST)
      throw new LehrError('option', `space: the grid has ${points.length} points and more, expected at most ${MOST}.`);
  }
  return points;
}

/**
 * Points drawn at random, different ones (Bergstra & Bengio, JMLR 2012, on why not a grid). The i-th depends on the seed and i alone, so that more trials go on from fewer. Values of
 * ranges have four digits: what is printed is what was tried.
 * @throws LehrError `option` if the space has not so many points.
 */
export function pointsAtRandom(space: Space, trials: number, seed: Seed): Point[] {
  checkSpace(space);
  if (!Number.isSafeInteger(trials) || trials < 1 || trials > MOST)
    throw new LehrError('option', `trials is ${show(trials)}, expected a whole number from 1 to ${MOST}.`);
  const points = new Map<string, Point>();
  for (let i = 0; points.size < trials; i++) {
    if (i >= 100 * trials)
      throw new LehrError(
        'option',
        `trials is ${trials}, but the space has hardly more than ${points.size} points, expected fewer trials. Maybe a grid.`,
      );
    const rng = stream(seed, 'point', i);
    const point = Object.fromEntries(Object.entries(space).map(([name, axis]) => [name, valueOf(axis, rng.uniform())]));
    points.set(JSON.stringify(point), point);
  }
  return [...points.values()];
}

/** `A=0.1, B=3`. */
export function pointName(point: Point): string {
  return Object.entries(point)
    .map(([name, value]) => `${name}=${value}`)
    .join(', ');
}

function valueOf(axis: Axis, u: number): number {
  if (isList(axis)) return axis[Math.floor(u * axis.length)];
  const { from, to, scale = 'linear', whole = false } = axis;
  if (whole && scale === 'linear') return Math.min(to, from + Math.floor(u * (to - from + 1)));
  const value = scale === 'log' ? Math.exp(Math.log(from) + u * (Math.log(to) - Math.log(from))) : from + u * (to - from);
  const short = whole ? Math.round(value) : Number(value.toPrecision(4));
  return Math.min(to, Math.max(from, short));
}

function checkSpace(space: Space): void {
  const axes = Object.entries(space ?? {});
  if (axes.length === 0) throw new LehrError('option', 'space is empty, expected a parameter with its values.');
  for (const [name, axis] of axes) {
    const fail = (expected: string): never => {
      throw new LehrError('option', `space.${name} is ${show(axis)}, expected ${expected}.`);
    };
    if (isList(axis)) {
      if (axis.length === 0 || !axis.every(Number.isFinite)) fail('finite numbers, at least one');
      if (new Set(axis).size !== axis.length) fail('each value once');
      continue;
    }
    if (typeof axis !== 'object' || axis === null) fail('a list of values or { from, to }');
    checkKeys(`space.${name}`, axis, ['from', 'to', 'scale', 'whole']);
    const { from, to, scale = 'linear', whole = false } = axis;
    if (!(Number.isFinite(from) && Number.isFinite(to) && from < to)) fail('finite numbers, from below to');
    if (scale !== 'linear' && scale !== 'log') fail("'linear' or 'log' as its scale");
    if (scale === 'log' && !(from > 0)) fail('numbers above 0 on a logarithmic scale');
    if (whole && !(Number.isSafeInteger(from) && Number.isSafeInteger(to))) fail('whole numbers as its ends');
  }
}

function isList(axis: Axis): axis is readonly number[] {
  return Array.isArray(axis);
}

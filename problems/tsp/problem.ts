import { LehrError, show } from '../../src/error.ts';
import type { Advice, Problem } from '../../src/dynamics/problem.ts';
import type { Rng } from '../../src/random/rng.ts';
import { checkTour } from './format.ts';
import type { TspInstance } from './instance.ts';
import { makeSweep } from './kernel.ts';
import { neighbours } from './neighbours.ts';
import { prepare, type Space } from './space.ts';
import { greedyTour } from './start.ts';
import { applyMove, newState, type TspState } from './tour.ts';

/** Candidate neighbours per city: the nearest of each quadrant and one more. Six or ten gave longer tours from as many proposals. */
export const CANDIDATES = 5;
/**
 * From runs on public files of 225 to 1,000 cities at 150 million proposals, 5 seeds each: coolings of 20,000 to 40,000 proposals per city, over and over, ended
 * 0.37 to 0.39 % over the optimum on average, single ones 0.6 %; on 3,038 cities at 600 million, 40,000 were better than 20,000 (0.55 and 0.78 %).
 */
const ADVICE: Advice = { from: 0.45, to: 0.2, cycle: 40_000 };
/** From this many cities on, longer reversals and shifts are not proposed: they would cost more than they gain. */
const CAP_CITIES = 20_000;
const CAP = 1_000;

/** What the moves need to know of an instance. */
export interface Moves {
  readonly space: Space;
  /** CANDIDATES neighbours of each city, nearest first, and their distances. */
  readonly near: Int32Array;
  readonly nearDistance: Int32Array | Float64Array;
  /** The longest reversal or shift. */
  readonly cap: number;
}

/** A travelling-salesman problem; `cities` translates a state's tour to the instance's numbers. */
export interface TspProblem extends Problem<TspState> {
  readonly size: number;
  cities(state: TspState): Int32Array;
}

/** `start`: a tour to begin from, in the instance's numbers from 0; without it, the greedy one. `candidates`: as `prepareTsp` gives them. */
export interface TspOptions {
  readonly start?: ArrayLike<number>;
  readonly candidates?: Int32Array;
}

/**
 * The symmetric travelling-salesman problem: least length of a closed tour. Half the proposals are 2-opt moves (Croes 1958) that join a random
 * city to one of its 5 candidate neighbours, half Or-opt moves (Or 1976) of 1 to 3 cities next to a candidate; changes cost O(1),
 * moves the shorter side. Candidates are not symmetric, nor therefore exactly are the proposals: this anneals, it does not sample. From
 * 20 000 cities on, moves that shift or reverse more than 1 000 places are not proposed.
 */
export function tsp(instance: TspInstance, options: TspOptions = {}): TspProblem {
  const { start, candidates, ...unknown } = options;
  for (const name of Object.keys(unknown)) throw new LehrError('option', `tsp: unknown option ${show(name)}, expected start, candidates.`);
  if (start !== undefined) checkTour(start, instance.n);
  const space = prepare(instance);
  const { n, dist, order, integer } = space;
  const near = candidates ?? neighbours(space, CANDIDATES);
  if (near.length !== n * CANDIDATES) {
    throw new LehrError(
      'option',
      `tsp: there are ${near.length} candidates, expected ${CANDIDATES} for each of ${n} cities, as prepareTsp gives them.`,
    );
  }
  const exact = Float64Array.from(near, (city, i) => dist((i / CANDIDATES) | 0, city));
  const moves: Moves = { space, near, nearDistance: integer ? Int32Array.from(exact) : exact, cap: n >= CAP_CITIES ? CAP : n };
  const begun = start === undefined ? greedyTour(space, near, CANDIDATES) : renumber(order, start);
  return {
    name: 'tsp',
    size: n,
    integer,
    advice: ADVICE,
    fingerprint: `${instance.name} ${n} ${instance.metric} candidates ${CANDIDATES} cap ${moves.cap}`,
    init: () => newState(begun.slice()),
    energy: ({ tour }) => lengthOf(tour, dist),
    propose: (state, rng) => propose(moves, state, rng),
    accept: applyMove,
    reject() {},
    copy(from, to) {
      to.tour.set(from.tour);
      to.position.set(from.position);
    },
    sweep: makeSweep(moves),
    cities: ({ tour }) => Int32Array.from(tour, (city) => order[city]),
  };
}

/**
 * Computes once what every chain of an instance needs and would otherwise compute for itself: the candidates, and the start tour if there is none.
 * The result is plain data that crosses threads.
 */
export function prepareTsp(instance: TspInstance, { start }: TspOptions = {}): Required<TspOptions> {
  const space = prepare(instance);
  const candidates = neighbours(space, CANDIDATES);
  return { candidates, start: start ?? greedyTour(space, candidates, CANDIDATES).map((city) => space.order[city]) };
}

function renumber(order: Int32Array, tour: ArrayLike<number>): Int32Array {
  const inverse = new Int32Array(order.length);
  for (let k = 0; k < order.length; k++) inverse[order[k]] = k;
  return Int32Array.from(tour, (city) => inverse[city]);
}

function lengthOf(tour: Int32Array, dist: Space['dist']): number {
  const n = tour.length;
  if (n < 2) return 0;
  let total = dist(tour[n - 1], tour[0]);
  for (let i = 1; i < n; i++) total += dist(tour[i - 1], tour[i]);
  return total;
}

/**
 * The moves in plain form, the oracle of the kernel. Two draws: a uniform city a; then, from one word, the candidate c (bits 0–15), the direction
 * (16), the kind (17), and for Or-opt the side (18) and the segment's length (24–31).
 */
function propose(moves: Moves, state: TspState, rng: Rng): number {
  const { space, near, cap } = moves;
  const { n, dist } = space;
  const { tour, position } = state;
  const a = rng.below(n);
  const word = rng.uint32();
  state.kind = 0;
  if (n < 4) return Infinity;
  const c = near[a * CANDIDATES + (((word & 0xffff) * CANDIDATES) >>> 16)];
  const forward = (word & 0x10000) !== 0;
  const wrap = (place: number): number => (place < 0 ? place + n : place >= n ? place - n : place);
  const i = position[a];
  const j = position[c];
  const step = forward ? 1 : -1;
  if ((word & 0x20000) === 0) {
    // 2-opt: edges a–b and c–d become a–c and b–d, where b and d follow a and c in the direction.
    const b = tour[wrap(i + step)];
    const d = tour[wrap(j + step)];
    if (b === c || d === a) return Infinity;
    const count = wrap(forward ? j - i : i - j);
    if (Math.min(count, n - count) > cap) return Infinity;
    state.kind = 1;
    state.first = forward ? wrap(i + 1) : j;
    state.count = count;
    // In the kernel's order of addition, which decides the last bit of fractional distances.
    return dist(a, c) - dist(a, b) - dist(c, d) + dist(b, d);
  }
  // Or-opt: the segment from a to e against the direction moves next to c, on one side or the other.
  const count = 1 + ((((word >>> 24) & 0xff) * 3) >>> 8);
  if (n < count + 3) return Infinity;
  const along = wrap(forward ? j - i : i - j);
  const against = n - along;
  if (against < count) return Infinity;
  const e = tour[wrap(i - step * (count - 1))];
  const p = tour[wrap(i + step)];
  const q = tour[wrap(i - step * count)];
  const after = (word & 0x40000) !== 0;
  const f = tour[wrap(j + (after ? step : -step))];
  // Between c and f must lie a real gap outside the segment.
  if (f === a || f === e) return Infinity;
  const first = forward ? wrap(i - count + 1) : i;
  const gap = after === forward ? j : wrap(j - 1);
  let ahead = gap - first - count + 1;
  if (ahead < 0) ahead += n;
  if (Math.min(ahead, n - count - ahead) > cap) return Infinity;
  state.kind = 2;
  state.first = first;
  state.count = count;
  state.gap = gap;
  // In the direction the old order is e … a; a now stands next to c: after c it is a … e, before c it stays e … a.
  state.turned = after;
  return dist(c, a) - dist(p, a) - dist(e, q) - dist(c, f) + dist(p, q) + dist(e, f);
}

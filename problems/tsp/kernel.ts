import { accepts, HOPELESS } from '../../src/dynamics/acceptance.ts';
import type { Block } from '../../src/dynamics/block.ts';
import type { Chain } from '../../src/dynamics/problem.ts';
import type { Rng } from '../../src/random/rng.ts';
import { CANDIDATES, type Moves } from './problem.ts';
import { moveSegment, reverse, type TspState } from './tour.ts';

/**
 * Bounds of −ln u by the top 12 bits of the 32-bit draw, a hair wide so that rounding cannot cross them: below the low one a move is surely
 * accepted, above the high one surely rejected, and only in between is the exact test needed.
 */
const BITS = 12;
const SHIFT = 32 - BITS;
const LOW = new Float64Array(1 << BITS);
const HIGH = new Float64Array(1 << BITS);
for (let k = 0; k < 1 << BITS; k++) {
  LOW[k] = -Math.log((k + 1) / (1 << BITS)) * (1 - 1e-9) - 1e-12;
  HIGH[k] = k === 0 ? HOPELESS + 1 : -Math.log(k / (1 << BITS)) * (1 + 1e-9) + 1e-12;
}

/**
 * The travelling salesman's own inner loop: `propose` and the acceptance test of problem.ts fused, draw for draw, with the generator's words and
 * all arrays in locals. The acceptance draw is taken before the energy change is complete, so that most proposals are given up
 * after three of their distances.
 */
export function makeSweep(moves: Moves): (chain: Chain<TspState>, temperature: number, steps: number, rng: Rng, block: Block) => void {
  const { space, near, nearDistance, cap } = moves;
  const { n, dist } = space;
  const reach = 4294967296 % n;

  return function sweep(chain, temperature, steps, rng, block) {
    const state = chain.state;
    const { tour, position } = state;
    const keepBest = chain.keepBest;
    const inverse = 1 / temperature;
    let energy = chain.energy;
    let bestEnergy = chain.bestEnergy;
    let atBest = chain.atBest;
    let accepted = 0;
    let ra = rng.a;
    let rb = rng.b;
    let rc = rng.c;
    let rd = rng.d;
    let t = 0;
    for (let k = 0; k < steps; k++) {
      // a = rng.below(n)
      let a: number;
      for (;;) {
        t = (((ra + rb) | 0) + rd) | 0;
        rd = (rd + 1) | 0;
        ra = rb ^ (rb >>> 9);
        rb = (rc + (rc << 3)) | 0;
        rc = (((rc << 21) | (rc >>> 11)) + t) | 0;
        const product = (t >>> 0) * n;
        a = (product * 2.3283064365386963e-10) | 0;
        const low = product - a * 4294967296;
        if (low >= n || low >= reach) break;
      }
      // word = rng.uint32()
      t = (((ra + rb) | 0) + rd) | 0;
      rd = (rd + 1) | 0;
      ra = rb ^ (rb >>> 9);
      rb = (rc + (rc << 3)) | 0;
      rc = (((rc << 21) | (rc >>> 11)) + t) | 0;
      const word = t;
      // draw = rng.uint32()
      t = (((ra + rb) | 0) + rd) | 0;
      rd = (rd + 1) | 0;
      ra = rb ^ (rb >>> 9);
      rb = (rc + (rc << 3)) | 0;
      rc = (((rc << 21) | (rc >>> 11)) + t) | 0;
      if (n < 4) continue;

      const high = HIGH[t >>> SHIFT] * temperature;
      const slot = a * CANDIDATES + (((word & 0xffff) * CANDIDATES) >>> 16);
      const c = near[slot];
      const i = position[a];
      const j = position[c];
      let delta: number;
      if ((word & 0x20000) === 0) {
        let first: number;
        let count: number;
        if ((word & 0x10000) !== 0) {
          const bi = i + 1 === n ? 0 : i + 1;
          const di = j + 1 === n ? 0 : j + 1;
          if (bi === j || di === i) continue;
          count = j - i;
          first = bi;
          const b = tour[bi];
          const d = tour[di];
          delta = nearDistance[slot] - dist(a, b) - dist(c, d);
          if (delta > high) continue;
          delta += dist(b, d);
        } else {
          const bi = i === 0 ? n - 1 : i - 1;
          const di = j === 0 ? n - 1 : j - 1;
          if (bi === j || di === i) continue;
          count = i - j;
          first = j;
          const b = tour[bi];
          const d = tour[di];
          delta = nearDistance[slot] - dist(a, b) - dist(c, d);
          if (delta > high) continue;
          delta += dist(b, d);
        }
        if (count < 0) count += n;
        if (count > cap && n - count > cap) continue;
        if (delta > 0) {
          if (delta > high) continue;
          if (delta > LOW[t >>> SHIFT] * temperature || !(delta * inverse < HOPELESS)) {
            if (!(delta * inverse < HOPELESS) || !accepts(delta * inverse, t >>> 0)) continue;
          }
          if (atBest) {
            chain.best.tour.set(tour);
            chain.best.position.set(position);
            atBest = false;
          }
        }
        reverse(tour, position, first, count);
      } else {
        const count = 1 + (((word >>> 24) * 3) >>> 8);
        if (n < count + 3) continue;
        const forward = (word & 0x10000) !== 0;
        let against = forward ? i - j : j - i;
        if (against < 0) against += n;
        if (against < count) continue;
        let ei: number;
        let pi: number;
        let qi: number;
        let first: number;
        if (forward) {
          ei = i - count + 1;
          if (ei < 0) ei += n;
          pi = i + 1 === n ? 0 : i + 1;
          qi = ei === 0 ? n - 1 : ei - 1;
          first = ei;
        } else {
          ei = i + count - 1;
          if (ei >= n) ei -= n;
          pi = i === 0 ? n - 1 : i - 1;
          qi = ei + 1 === n ? 0 : ei + 1;
          first = i;
        }
        const after = (word & 0x40000) !== 0;
        let gap: number;
        let fi: number;
        if (after === forward) {
          gap = j;
          fi = j + 1 === n ? 0 : j + 1;
        } else {
          fi = j === 0 ? n - 1 : j - 1;
          gap = fi;
        }
        if (fi === i || fi === ei) continue;
        const e = tour[ei];
        const p = tour[pi];
        const q = tour[qi];
        const f = tour[fi];
        delta = nearDistance[slot] - dist(p, a) - dist(e, q) - dist(c, f);
        if (delta > high) continue;
        delta += dist(p, q);
        if (delta > high) continue;
        delta += dist(e, f);
        let ahead = gap - first - count + 1;
        if (ahead < 0) ahead += n;
        if (ahead > cap && n - count - ahead > cap) continue;
        if (delta > 0) {
          if (delta > high) continue;
          if (delta > LOW[t >>> SHIFT] * temperature || !(delta * inverse < HOPELESS)) {
            if (!(delta * inverse < HOPELESS) || !accepts(delta * inverse, t >>> 0)) continue;
          }
          if (atBest) {
            chain.best.tour.set(tour);
            chain.best.position.set(position);
            atBest = false;
          }
        }
        moveSegment(tour, position, first, count, gap, after);
      }
      energy += delta;
      accepted++;
      if (keepBest && energy < bestEnergy) {
        bestEnergy = energy;
        atBest = true;
      }
    }
    rng.a = ra;
    rng.b = rb;
    rng.c = rc;
    rng.d = rd;
    chain.energy = energy;
    chain.bestEnergy = bestEnergy;
    chain.atBest = atBest;
    block.proposed += steps;
    block.accepted += accepted;
  };
}

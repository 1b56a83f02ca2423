import { accepts, HOPELESS } from '../../src/dynamics/acceptance.ts';
import type { Block } from '../../src/dynamics/block.ts';
import type { Chain } from '../../src/dynamics/problem.ts';
import { HIGH, LOW, SHIFT } from '../../src/dynamics/threshold.ts';
import type { Rng } from '../../src/random/rng.ts';
import { noteInsertion, noteMove, type Moves } from './moves.ts';
import { applyMove, copyState, type SequenceState } from './sequence.ts';

/**
 * The own inner loop: `propose` and the acceptance test fused, draw for draw. A move shifts each of at most four stretches by one time each: the two it
 * exchanges, the one between and, with setups, all that follow. The sums kept by place bound what a shift does to a stretch without a look at
 * its jobs: later by s costs at least s times the weight of those already late; earlier by s saves at most that, and at most
 * their whole tardiness. The acceptance draw comes first, so that most proposals end at this bound; the others replace it
 * stretch by stretch with the true change, and end as soon as they are hopeless.
 */
export function makeSweep(moves: Moves): (chain: Chain<SequenceState>, temperature: number, steps: number, rng: Rng, block: Block) => void {
  const { machine, insertion } = moves;
  const { n, time, stride } = machine;
  const scratch = new Int32Array(n);

  return function sweep(chain, temperature, steps, rng, block) {
    const state = chain.state;
    const { sequence, completion, lateness, weight, tardiness, burden } = state;
    const keepBest = chain.keepBest;
    const inverse = 1 / temperature;
    let energy = chain.energy;
    let bestEnergy = chain.bestEnergy;
    let atBest = chain.atBest;
    let accepted = 0;
    for (let k = 0; k < steps; k++) {
      state.first = 0;
      if (n > 1) {
        if (insertion) noteInsertion(state, rng.below(n), rng.below(n - 1));
        else noteMove(moves, state, rng.uint32(), rng.uint32());
      }
      const draw = rng.uint32();
      const { first, middle, second, last } = state;
      if (first === 0) continue;
      const high = HIGH[draw >>> SHIFT] * temperature;

      // How far the second stretch shifts, the one between, the first and all the rest.
      const head = sequence[first];
      const back = completion[first - 1] + time[sequence[first - 1] * stride + sequence[second]] - completion[second];
      let end = completion[last] + back;
      let tail = sequence[last];
      let slide = 0;
      if (second > middle) {
        slide = end + time[tail * stride + sequence[middle]] - completion[middle];
        end = completion[second - 1] + slide;
        tail = sequence[second - 1];
      }
      const on = end + time[tail * stride + head] - completion[first];
      let rest = 0;
      if (stride !== 0 && last < n) {
        rest = completion[middle - 1] + on + time[sequence[middle - 1] * stride + sequence[last + 1]] - completion[last + 1];
      }

      const before = tardiness[first - 1];
      const atMiddle = tardiness[middle - 1];
      const atSecond = tardiness[second - 1];
      const atLast = tardiness[last];
      const leastBack = least(back, burden[last] - burden[second - 1], atLast - atSecond);
      const leastSlide = slide === 0 ? 0 : least(slide, burden[second - 1] - burden[middle - 1], atSecond - atMiddle);
      const leastRest = rest === 0 ? 0 : least(rest, burden[n] - burden[last], tardiness[n] - atLast);
      let delta = leastBack + leastSlide + leastRest + least(on, burden[middle - 1] - burden[first - 1], atMiddle - before);
      if (delta > high) continue;

      delta = leastBack + leastSlide + leastRest - (atMiddle - before);
      delta += shifted(lateness, weight, first, middle, on, high - delta);
      if (delta > high) continue;
      delta -= leastBack + (atLast - atSecond);
      delta += shifted(lateness, weight, second, last + 1, back, high - delta);
      if (delta > high) continue;
      if (slide !== 0) {
        delta -= leastSlide + (atSecond - atMiddle);
        delta += shifted(lateness, weight, middle, second, slide, high - delta);
        if (delta > high) continue;
      }
      if (rest !== 0) {
        delta -= leastRest + (tardiness[n] - atLast);
        delta += shifted(lateness, weight, last + 1, n + 1, rest, high - delta);
        if (delta > high) continue;
      }

      if (delta > 0) {
        if (delta > LOW[draw >>> SHIFT] * temperature || !(delta * inverse < HOPELESS)) {
          if (!(delta * inverse < HOPELESS) || !accepts(delta * inverse, draw)) continue;
        }
        if (atBest) {
          copyState(state, chain.best);
          atBest = false;
        }
      }
      applyMove(machine, state, scratch);
      energy += delta;
      accepted++;
      if (keepBest && energy < bestEnergy) {
        bestEnergy = energy;
        atBest = true;
      }
    }
    chain.energy = energy;
    chain.bestEnergy = bestEnergy;
    chain.atBest = atBest;
    block.proposed += steps;
    block.accepted += accepted;
  };
}

/** A lower bound of the change when a stretch shifts, from the weight of its late jobs and their tardiness. */
function least(shift: number, burden: number, tardiness: number): number {
  const change = shift * burden;
  return change < -tardiness ? -tardiness : change;
}

/** The weighted tardiness of the places from `from` up to, not including, `to`, if they shift; or some partial sum of it that exceeds the limit. */
function shifted(lateness: Float64Array, weight: Float64Array, from: number, to: number, shift: number, limit: number): number {
  let sum = 0;
  for (let k = from; k < to; k++) {
    const late = lateness[k] + shift;
    if (late > 0) {
      sum += weight[k] * late;
      if (sum > limit) return sum;
    }
  }
  return sum;
}

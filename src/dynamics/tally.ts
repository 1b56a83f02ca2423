import type { Rng } from '../random/rng.ts';
import { accepts, HOPELESS } from './acceptance.ts';
import type { Block } from './block.ts';
import { nanChange, type Chain, type Problem } from './problem.ts';

/**
 * What a Metropolis block tells where somebody listens, in the order of `block.signals`:
 * - `meanChange`: the mean of |ΔE| over the proposals that would change the energy; NaN if there were none;
 * - `uphill`, `level`, `downhill`: how many proposals had ΔE > 0, = 0 and < 0; impossible ones (ΔE = Infinity) are among none of them;
 * - `meanEnergy`, `energyVariance`: over the states after each of the block's steps (the variance divides by their number).
 */
export const TOLD: readonly string[] = ['meanChange', 'uphill', 'level', 'downhill', 'meanEnergy', 'energyVariance'];
const ENERGIES = 4;

/** The sums behind these signals over one block; scratch, no part of a state. */
export class Tally {
  private uphill = 0;
  private level = 0;
  private downhill = 0;
  private change = 0;
  private states = 0;
  /** Energies are summed as differences from the block's start, whose squares cancel less. */
  private start = 0;
  private sum = 0;
  private squares = 0;

  /** Empties it for a block that starts at this energy. */
  clear(energy: number): void {
    this.uphill = this.level = this.downhill = this.states = 0;
    this.change = this.sum = this.squares = 0;
    this.start = energy;
  }

  /**
   * The generic kernel, counting on the way: the same draws, decisions and bits as `sweep` of metropolis.ts and every problem's own. Its text is a copy,
   * so that the plain kernel pays nothing for what it does not count.
   */
  sweep<S>(problem: Problem<S>, chain: Chain<S>, temperature: number, n: number, rng: Rng, block: Block): void {
    const state = chain.state;
    const keepBest = chain.keepBest;
    const inverse = 1 / temperature;
    const energies = block.wanted[ENERGIES] === 1 || block.wanted[ENERGIES + 1] === 1;
    const start = this.start;
    let { uphill, level, downhill, change, sum, squares } = this;
    let energy = chain.energy;
    let bestEnergy = chain.bestEnergy;
    let atBest = chain.atBest;
    let accepted = 0;
    for (let k = 0; k < n; k++) {
      const delta = problem.propose(state, rng);
      const draw = rng.uint32();
      if (delta > 0) {
        if (delta < Infinity) {
          uphill++;
          change += delta;
        }
      } else if (delta < 0) {
        downhill++;
        change -= delta;
      } else level++;
      if (delta <= 0 || (delta * inverse < HOPELESS && accepts(delta * inverse, draw))) {
        if (delta > 0 && atBest) {
          problem.copy(state, chain.best);
          atBest = false;
        }
        problem.accept(state);
        energy += delta;
        accepted++;
        if (keepBest && energy < bestEnergy) {
          bestEnergy = energy;
          atBest = true;
        }
      } else {
        if (delta !== delta) throw nanChange(problem);
        problem.reject(state);
      }
      if (energies) {
        const off = energy - start;
        sum += off;
        squares += off * off;
      }
    }
    this.uphill = uphill;
    this.level = level;
    this.downhill = downhill;
    this.change = change;
    this.sum = sum;
    this.squares = squares;
    this.states += n;
    chain.energy = energy;
    chain.bestEnergy = bestEnergy;
    chain.atBest = atBest;
    block.proposed += n;
    block.accepted += accepted;
  }

  /** Fills the wanted signals. */
  tell({ signals, wanted }: Block): void {
    const changes = this.uphill + this.downhill;
    const off = this.sum / this.states;
    if (wanted[0] === 1) signals[0] = changes > 0 ? this.change / changes : NaN;
    if (wanted[1] === 1) signals[1] = this.uphill;
    if (wanted[2] === 1) signals[2] = this.level;
    if (wanted[3] === 1) signals[3] = this.downhill;
    if (wanted[ENERGIES] === 1) signals[ENERGIES] = this.start + off;
    if (wanted[ENERGIES + 1] === 1) signals[ENERGIES + 1] = Math.max(0, this.squares / this.states - off * off);
  }
}

import { known, positive } from './check.ts';
import type { Controller } from './schedule.ts';

const LN_560 = Math.log(560);
const LN_440 = Math.log(440);

/**
 * The acceptance rate that the Lam schedule aims at after the share t of the run: 0.44 + 0.56 · 560^(−t / 0.15) below 0.15, then 0.44, from 0.65 on
 * 0.44 · 440^(−(t − 0.65) / 0.35) (Lam & Delosme 1988, Swartz 1993, Boyan 1998; as in Cicirello, arXiv 1709.02877, figure 1).
 */
export function lamTarget(t: number): number {
  if (t < 0.15) return 0.44 + 0.56 * Math.exp((-t / 0.15) * LN_560);
  if (t < 0.65) return 0.44;
  return 0.44 * Math.exp((-(t - 0.65) / 0.35) * LN_440);
}

/** Options of `modifiedLam`. */
export interface ModifiedLamOptions {
  /** The first temperature; above 0. The published one is 0.5, in the energy's own unit. */
  readonly temperature?: number;
}

/** Memory of `modifiedLam`. */
export interface LamMemory {
  /** Steps of its run; null if unknown. */
  readonly steps: number | null;
  temperature: number;
  /** The running acceptance rate. */
  rate: number;
}

/**
 * The Modified Lam schedule: raises the temperature by 1/0.999 a step while the acceptance rate, averaged over some 500 steps, is at or below
 * `lamTarget`, and lowers it by 0.999 while it is above (arXiv 1709.02877, figure 1). Blocks of one step are the published algorithm bit for
 * bit; a block of n makes n of its updates with the block's mean acceptance and one direction, which is as good up to n = 100 and not at 500,
 * hence `maxBlock`. The target is read at step / steps of its own run; under a seconds or evaluations budget, which
 * know no steps, at t. Depends on the unit of the energy; runs below some 2000 steps are too short for its memory.
 */
export function modifiedLam(options: ModifiedLamOptions = {}): Controller<LamMemory> {
  known('modifiedLam', options, ['temperature']);
  const first = positive('modifiedLam', 'temperature', options.temperature ?? 0.5);
  return {
    spec: Object.freeze({ schedule: 'modifiedLam', temperature: first }),
    needs: ['acceptance'],
    maxBlock: () => 100,
    defaultBlock: () => 50,
    start: (run) => ({ steps: run.steps, temperature: first, rate: 0.5 }),
    next(memory, now) {
      const { block } = now;
      if (block === null || block.proposed === 0) return memory.temperature;
      const accepted = block.accepted / block.proposed;
      for (let i = 0; i < block.steps; i++) memory.rate = (499 * memory.rate + accepted) / 500;
      const target = lamTarget(memory.steps === null ? now.t : now.step / memory.steps);
      if (memory.rate > target) for (let i = 0; i < block.steps; i++) memory.temperature *= 0.999;
      else for (let i = 0; i < block.steps; i++) memory.temperature /= 0.999;
      return memory.temperature;
    },
  };
}

import { number } from './curves.ts';
import type { Controller } from './schedule.ts';

/** Exponents of the target curve, as logarithms: 560^(−t / 0.15) and 440^(−(t − 0.65) / 0.35). */
const LN_560 = Math.log(560);
const LN_440 = Math.log(440);
/** Memory of the acceptance rate, 0.998 = 1 − 1/500, and the factor of one cooling, 0.999. */
const LN_KEEP = Math.log(0.998);
const LN_COOL = Math.log(0.999);

/** The acceptance rate the Modified Lam schedule aims at, at progress t (Boyan 1998; Cicirello, arXiv 1709.02877, figure 1). */
export function lamTarget(t: number): number {
  if (t < 0.15) return 0.44 + 0.56 * Math.exp((-t / 0.15) * LN_560);
  if (t < 0.65) return 0.44;
  return 0.44 * Math.exp((-(t - 0.65) / 0.35) * LN_440);
}

interface LamMemory {
  temperature: number;
  rate: number;
  steps: number | null;
}

/**
 * The Modified Lam schedule (Lam and Delosme 1988, Swartz 1993, Boyan 1998, in the form of Cicirello, arXiv 1709.02877, figure 1): steers the temperature so that
 * the acceptance rate follows `lamTarget`. Its only parameter is the run's length, which it is told. After each step the rate moves
 * by 1/500 and the temperature by the factor 0.999^±1; a block of n steps does n such updates at once with its mean acceptance, so block 1
 * is the published algorithm. Under budgets whose length in steps is unknown it reads t instead of the step.
 * @param options.temperature at the start (0.5, as published: in the energy's own unit).
 */
export function modifiedLam({ temperature = 0.5 }: { readonly temperature?: number } = {}): Controller<LamMemory> {
  number('modifiedLam', 'temperature', temperature, 0, true);
  return {
    spec: { schedule: 'modifiedLam', temperature },
    needs: ['acceptance'],
    maxBlock: () => 100,
    defaultBlock: () => 50,
    start: (run) => ({ temperature, rate: 0.5, steps: run.steps }),
    next(memory, now) {
      const { block } = now;
      if (block === null || block.proposed === 0) return memory.temperature;
      const n = block.proposed;
      if (n === 1) memory.rate = (499 * memory.rate + block.accepted) / 500;
      else {
        const keep = Math.exp(n * LN_KEEP);
        memory.rate = keep * memory.rate + (1 - keep) * (block.accepted / n);
      }
      const target = lamTarget(memory.steps === null ? now.t : now.step / memory.steps);
      const cool = n === 1 ? 0.999 : Math.exp(n * LN_COOL);
      if (memory.rate > target) memory.temperature *= cool;
      else memory.temperature /= cool;
      return memory.temperature;
    },
  };
}

import { anneal, metropolis, type Problem } from 'lehr';
import { lamTarget, type Controller } from 'lehr/schedules';

interface Bits {
  b: Uint8Array;
  i: number;
}

/** OneMax on 256 bits: the energy is phi for each zero, a move flips one random bit. `log` counts the proposals and acceptances of each step. */
function oneMax(phi: number, log: { step: number; proposed: Float64Array; accepted: Float64Array }): Problem<Bits> {
  const n = 256;
  return {
    name: 'one-max',
    size: n,
    init: (rng) => ({ b: Uint8Array.from({ length: n }, () => rng.below(2)), i: 0 }),
    energy: ({ b }) => b.reduce((sum, bit) => sum + (bit === 0 ? phi : 0), 0),
    propose(state, rng) {
      state.i = rng.below(n);
      log.proposed[++log.step]++;
      return state.b[state.i] === 0 ? -phi : phi;
    },
    accept(state) {
      state.b[state.i] ^= 1;
      log.accepted[log.step]++;
    },
    reject() {},
    copy(from, to) {
      to.b.set(from.b);
    },
  };
}

/** How a schedule tracked the Lam curve, averaged over runs. */
export interface Tracking {
  /** Mean squared difference of the acceptance rate and the target at 201 points: step 1, and then every 0.5 %. */
  readonly error: number;
  /** Mean of the best energies. */
  readonly cost: number;
}

/**
 * The experiment of arXiv 1709.02877's sequel (Applied Sciences 11(21), 9828) on OneMax: the rate at a step averages over the runs that are still going, for
 * a run that hits the optimum stops. Where fewer than 5 of them are, one acceptance would weigh as much as the whole result: there, as where none
 * is, the rate counts as 0.
 */
export function tracking(phi: number, steps: number, control: Controller<any>, block: number, runs: number, seed: string): Tracking {
  const log = { step: 0, proposed: new Float64Array(steps + 1), accepted: new Float64Array(steps + 1) };
  const dynamics = metropolis(oneMax(phi, log));
  // A larger block than the controller tolerates, to see why it does not.
  const temperature: Controller<any> = { ...control, maxBlock: () => Infinity };
  let cost = 0;
  for (let run = 0; run < runs; run++) {
    log.step = 0;
    cost += anneal({ dynamics, controls: { temperature }, budget: { steps }, block, until: { energy: 0 }, seed, path: [run] }).energy;
  }
  let error = 0;
  for (let point = 0; point <= 200; point++) {
    const step = point === 0 ? 1 : Math.round((point * steps) / 200);
    const rate = log.proposed[step] < 5 ? 0 : log.accepted[step] / log.proposed[step];
    error += (rate - lamTarget(step / steps)) * (rate - lamTarget(step / steps));
  }
  return { error: error / 201, cost: cost / runs };
}

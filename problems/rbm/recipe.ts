import { contrastive, type ContrastiveOptions, type ContrastiveState, type Learned } from '../../src/dynamics/contrastive.ts';
import type { Dynamics } from '../../src/dynamics/dynamics.ts';
import { linear } from '../../src/schedules/curves.ts';
import type { Schedule } from '../../src/schedules/schedule.ts';
import { rbmModel, type Fantasies, type RbmOptions } from './model.ts';

/** Plain parameters of learning a restricted Boltzmann machine. */
export interface RbmParams extends ContrastiveOptions, RbmOptions {
  /** rows × visible, 0 or 1. */
  readonly rows: ArrayLike<number>;
  /** Visible units. */
  readonly visible: number;
}

/** Contrastive divergence on a restricted Boltzmann machine; the rate falls from 0.1 to 0 unless it is set. */
export default function recipe(params: RbmParams): {
  dynamics: Dynamics<ContrastiveState<Fantasies>, 'rate', Learned>;
  controls: { rate: Schedule };
} {
  const { rows, visible, hidden, spread, energy, probe, tell, kernel, ...options } = params;
  const own = Object.entries({ spread, energy, probe, tell, kernel }).filter(([, value]) => value !== undefined);
  const model = rbmModel(Uint8Array.from(rows), visible, { hidden, ...Object.fromEntries(own) });
  return { dynamics: contrastive(model, options), controls: { rate: linear(0.1, 0) } };
}

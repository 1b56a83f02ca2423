import { contrastive, type ContrastiveState, type Learned } from '../../src/dynamics/contrastive.ts';
import type { ContrastiveOptions } from '../../src/dynamics/contrastive-options.ts';
import type { Dynamics } from '../../src/dynamics/dynamics.ts';
import { linear } from '../../src/schedules/curves.ts';
import type { Schedule } from '../../src/schedules/schedule.ts';
import { rbmModel, type Fantasies, type RbmOptions } from './model.ts';

/** Plain parameters of learning a restricted Boltzmann machine. */
export interface RbmParams extends ContrastiveOptions, Omit<RbmOptions, 'heldOut'> {
  /** rows × visible, 0 or 1. */
  readonly rows: ArrayLike<number>;
  readonly heldOut?: ArrayLike<number>;
  /** Visible units. */
  readonly visible: number;
}

/** Contrastive divergence on a restricted Boltzmann machine; the rate falls from 0.1 to 0 unless it is set. */
export default function recipe(params: RbmParams): {
  dynamics: Dynamics<ContrastiveState<Fantasies>, 'rate', Learned>;
  controls: { rate: Schedule };
  score(outcome: { readonly result: Learned }): number;
} {
  const { rows, heldOut, visible, hidden, spread, energy, probe, tell, kernel, ...options } = params;
  const held = heldOut === undefined ? undefined : Uint8Array.from(heldOut);
  const own = Object.entries({ spread, energy, probe, heldOut: held, tell, kernel }).filter(([, value]) => value !== undefined);
  const model = rbmModel(Uint8Array.from(rows), visible, { hidden, ...Object.fromEntries(own) });
  return {
    dynamics: contrastive(model, options),
    controls: { rate: linear(0.1, 0) },
    score: ({ result }) => result.validation ?? result.energy,
  };
}

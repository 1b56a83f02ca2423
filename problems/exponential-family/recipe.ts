import { contrastive, type ContrastiveState, type Learned } from '../../src/dynamics/contrastive.ts';
import type { ContrastiveOptions } from '../../src/dynamics/contrastive-options.ts';
import type { Dynamics } from '../../src/dynamics/dynamics.ts';
import { LehrError, show } from '../../src/error.ts';
import type { Seed } from '../../src/random/seed.ts';
import type { Schedule } from '../../src/schedules/schedule.ts';
import { inverseSquareRoot } from '../../src/schedules/decays.ts';
import { drawRows } from './data.ts';
import { isingFamily, machine2x2, type FiniteFamily } from './family.ts';
import type { KernelSpec } from './kernels.ts';
import { crowdModel, walkerModel } from './model.ts';

/** Plain parameters of a run of contrastive divergence on a finite exponential family. */
export interface ExponentialFamilyParams extends ContrastiveOptions {
  /** The fully visible 2 × 2 machine, or an Ising grid of rows × columns. */
  readonly family: 'machine' | { readonly ising: readonly [rows: number, columns: number]; readonly shared?: boolean };
  /** The state of each row of data; or how many rows to draw at which parameters with which seed. */
  readonly data: ArrayLike<number> | { readonly rows: number; readonly parameters: ArrayLike<number>; readonly seed: Seed };
  /** States of rows held out, to choose parameters by. */
  readonly heldOut?: ArrayLike<number>;
  /** Random-scan Gibbs unless another is asked for. */
  readonly kernel?: KernelSpec;
  /** `walkers` moves particles one by one, `crowd` by numbers (the default up to 256 states). */
  readonly particles?: 'walkers' | 'crowd';
  readonly start?: ArrayLike<number>;
}

/** A family by its plain description. */
export function familyOf(family: ExponentialFamilyParams['family']): FiniteFamily {
  if (family === 'machine') return machine2x2();
  if (typeof family === 'object' && Array.isArray(family.ising)) {
    const { ising, shared = false } = family;
    return isingFamily(ising[0], ising[1], { shared });
  }
  throw new LehrError('option', `family is ${show(family)}, expected 'machine' or { ising: [rows, columns] }.`);
}

/** Contrastive divergence on a finite exponential family; the rate falls as 1 / √step from 1 unless it is set. */
export default function recipe(params: ExponentialFamilyParams): {
  dynamics: Dynamics<ContrastiveState<any>, 'rate', Learned>;
  controls: { rate: Schedule };
} {
  const { family: description, data, kernel = { kernel: 'random-scan' }, particles, start, heldOut, ...options } = params;
  const family = familyOf(description);
  const rows =
    'parameters' in data
      ? drawRows(family, Float64Array.from(data.parameters), data.rows, data.seed)
      : Int32Array.from(data as ArrayLike<number>);
  const model = (particles ?? (family.states <= 256 ? 'crowd' : 'walkers')) === 'crowd' ? crowdModel : walkerModel;
  return {
    dynamics: contrastive<any>(
      model(family, rows, {
        kernel,
        ...(start === undefined ? {} : { start }),
        ...(heldOut === undefined ? {} : { heldOut: Int32Array.from(heldOut) }),
      }),
      options,
    ),
    controls: { rate: inverseSquareRoot(1) },
  };
}

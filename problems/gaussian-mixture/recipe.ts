import type { Dynamics } from '../../src/dynamics/dynamics.ts';
import { svi, type Inferred, type SviState } from '../../src/dynamics/svi.ts';
import type { SviOptions } from '../../src/dynamics/svi-options.ts';
import { describing, inferenceControls, inferenceOptions, type InferenceControls } from '../conjugate/recipe.ts';
import { gaussianMixture, type Mixture } from './model.ts';
import type { MixtureOptions } from './options.ts';

/** Plain parameters of a run of variational inference on a Gaussian mixture. */
export interface GaussianMixtureParams extends MixtureOptions, SviOptions {
  /** rows × d. */
  readonly data: ArrayLike<number>;
  readonly d: number;
}

/** Variational inference on a Gaussian mixture: coordinate ascent unless a batch is set, without annealing unless it is asked for. The result also says what the components are. */
export default function recipe(params: GaussianMixtureParams): {
  dynamics: Dynamics<SviState, string, Inferred & Mixture>;
  controls: InferenceControls;
} {
  const { data, d, ...rest } = params;
  const [options, own] = inferenceOptions(rest);
  const model = gaussianMixture(data, d, own as unknown as MixtureOptions);
  const dynamics = describing(svi(model, options), (parameters) => model.describe(parameters));
  return { dynamics, controls: inferenceControls(dynamics.controls) };
}

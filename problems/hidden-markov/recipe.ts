import type { Dynamics } from '../../src/dynamics/dynamics.ts';
import { svi, type Inferred, type SviState } from '../../src/dynamics/svi.ts';
import type { SviOptions } from '../../src/dynamics/svi-options.ts';
import { describing, inferenceControls, inferenceOptions, type InferenceControls } from '../conjugate/recipe.ts';
import type { Sequences } from './data.ts';
import {
  gaussianHiddenMarkov,
  type GaussianHiddenMarkov,
  type GaussianHiddenMarkovLaw,
  type GaussianHiddenMarkovOptions,
} from './gaussian-model.ts';
import { hiddenMarkov, type HiddenMarkov, type HiddenMarkovLaw, type HiddenMarkovOptions } from './model.ts';
import type { Observations } from './observations.ts';

/** Plain parameters of a run of variational inference on a hidden Markov model: of symbols, or of points with the options of `gaussianHiddenMarkov`. */
export type HiddenMarkovParams = SviOptions &
  ((HiddenMarkovOptions & { readonly data: Sequences }) | (GaussianHiddenMarkovOptions & { readonly data: Observations }));

/** The model of such parameters, whichever the data ask for. */
export function hiddenMarkovOf(data: Sequences | Observations, options: object): HiddenMarkov | GaussianHiddenMarkov {
  return 'd' in data
    ? gaussianHiddenMarkov(data, options as GaussianHiddenMarkovOptions)
    : hiddenMarkov(data, options as HiddenMarkovOptions);
}

/** Variational inference on a hidden Markov model: coordinate ascent unless a batch is set, without annealing unless it is asked for. The result also has the posterior means. */
export default function recipe(params: HiddenMarkovParams): {
  dynamics: Dynamics<SviState, string, Inferred & (HiddenMarkovLaw | GaussianHiddenMarkovLaw)>;
  controls: InferenceControls;
} {
  const { data, ...rest } = params;
  const [options, own] = inferenceOptions(rest);
  const model: HiddenMarkov | GaussianHiddenMarkov = hiddenMarkovOf(data, own);
  const dynamics = describing(svi(model, options), (parameters) => model.describe(parameters));
  return { dynamics, controls: inferenceControls(dynamics.controls) };
}

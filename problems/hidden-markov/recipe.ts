import type { Dynamics } from '../../src/dynamics/dynamics.ts';
import { svi, type Inferred, type SviState } from '../../src/dynamics/svi.ts';
import type { SviOptions } from '../../src/dynamics/svi-options.ts';
import { inferenceControls, inferenceOptions, type InferenceControls } from '../conjugate/recipe.ts';
import type { Sequences } from './data.ts';
import { hiddenMarkov, type HiddenMarkovLaw, type HiddenMarkovOptions } from './model.ts';

/** Plain parameters of a run of variational inference on a hidden Markov model. */
export interface HiddenMarkovParams extends HiddenMarkovOptions, SviOptions {
  readonly data: Sequences;
}

/** Variational inference on a hidden Markov model: coordinate ascent unless a batch is set, without annealing unless it is asked for. The result also has the posterior means. */
export default function recipe(params: HiddenMarkovParams): {
  dynamics: Dynamics<SviState, string, Inferred & HiddenMarkovLaw>;
  controls: InferenceControls;
} {
  const { data, ...rest } = params;
  const [options, own] = inferenceOptions(rest);
  const model = hiddenMarkov(data, own as unknown as HiddenMarkovOptions);
  const inner = svi(model, options);
  const dynamics = {
    ...inner,
    result(...asked: Parameters<typeof inner.result>) {
      const result = inner.result(...asked);
      return { ...result, ...model.describe(result.parameters) };
    },
  };
  return { dynamics, controls: inferenceControls(inner.controls) };
}

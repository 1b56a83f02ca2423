import type { Dynamics } from '../../src/dynamics/dynamics.ts';
import { svi, type Inferred, type SviState } from '../../src/dynamics/svi.ts';
import type { SviOptions } from '../../src/dynamics/svi-options.ts';
import { inferenceControls, inferenceOptions, type InferenceControls } from '../conjugate/recipe.ts';
import type { SparseRows } from '../table/sparse.ts';
import { topics, type TopicsOptions } from './model.ts';

/** Plain parameters of a run of variational inference of topics. */
export interface TopicsParams extends TopicsOptions, SviOptions {
  readonly corpus: SparseRows;
}

/** Variational inference of topics: coordinate ascent unless a batch is set, without annealing unless it is asked for. */
export default function recipe(params: TopicsParams): { dynamics: Dynamics<SviState, string, Inferred>; controls: InferenceControls } {
  const { corpus, ...rest } = params;
  const [options, own] = inferenceOptions(rest);
  const dynamics = svi(topics(corpus, own as unknown as TopicsOptions), options);
  return { dynamics, controls: inferenceControls(dynamics.controls) };
}

import type { Dynamics } from '../../src/dynamics/dynamics.ts';
import { subsampleGibbs } from '../../src/dynamics/subsample-gibbs.ts';
import type { Subsampled, SubsampleState } from '../../src/dynamics/subsample-state.ts';
import { subsampleOptionsOf, type SubsampleOptions } from '../../src/dynamics/subsample-options.ts';
import { constant, linear } from '../../src/schedules/curves.ts';
import type { Schedule } from '../../src/schedules/schedule.ts';
import type { MixtureData } from '../mixture/data.ts';
import { crossCatModel, type CrossCatOptions, type CrossCatResult } from './model.ts';
import type { Views } from './views.ts';

/** Plain parameters of a run of Cross-Categorization: its rows, as `mixtureData` gives them, the model, and how a run begins. */
export interface CrossCatParams extends CrossCatOptions, SubsampleOptions {
  readonly data: MixtureData;
}

/** Subsample annealing of kinds and groups; the controls are those of a mixture. */
export default function recipe(params: CrossCatParams): {
  dynamics: Dynamics<SubsampleState<Views>, string, Subsampled<CrossCatResult>>;
  controls: Record<string, Schedule>;
} {
  const [options, { data, ...model }] = subsampleOptionsOf(params);
  return {
    dynamics: subsampleGibbs(crossCatModel(data, model), options),
    controls: {
      fraction: options.start === 'prior' ? constant(1) : linear(0, 1),
      ...(options.tempered === true ? { temperature: constant(1) } : {}),
    },
  };
}

import type { Dynamics } from '../../src/dynamics/dynamics.ts';
import { subsampleGibbs } from '../../src/dynamics/subsample-gibbs.ts';
import type { Subsampled, SubsampleState } from '../../src/dynamics/subsample-state.ts';
import { subsampleOptionsOf, type SubsampleOptions } from '../../src/dynamics/subsample-options.ts';
import { constant, linear } from '../../src/schedules/curves.ts';
import type { Schedule } from '../../src/schedules/schedule.ts';
import type { MixtureData } from './data.ts';
import { mixtureModel } from './model.ts';
import type { MixtureOptions } from './options.ts';
import type { Partition } from './partition.ts';
import type { MixtureResult } from './result.ts';

/** Plain parameters of a mixture's run: its rows, as `mixtureData` gives them, the model, and how a run begins. */
export interface MixtureParams extends MixtureOptions, SubsampleOptions {
  readonly data: MixtureData;
}

/** Subsample annealing of a mixture; the fraction goes from 0 to 1 in a straight line unless it is set, and stays at 1 where all rows are in from the start. */
export default function recipe(params: MixtureParams): {
  dynamics: Dynamics<SubsampleState<Partition>, string, Subsampled<MixtureResult>>;
  controls: Record<string, Schedule>;
} {
  const [options, { data, ...model }] = subsampleOptionsOf(params);
  return {
    dynamics: subsampleGibbs(mixtureModel(data, model), options),
    controls: {
      fraction: options.start === 'prior' ? constant(1) : linear(0, 1),
      ...(options.tempered === true ? { temperature: constant(1) } : {}),
    },
  };
}

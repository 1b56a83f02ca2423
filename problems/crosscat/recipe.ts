import type { Dynamics } from '../../src/dynamics/dynamics.ts';
import { subsampleGibbs, type SubsampleOptions, type SubsampleState, type Subsampled } from '../../src/dynamics/subsample-gibbs.ts';
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
export default function recipe({ data, start, tempered, tell, ...model }: CrossCatParams): {
  dynamics: Dynamics<SubsampleState<Views>, string, Subsampled<CrossCatResult>>;
  controls: Record<string, Schedule>;
} {
  const options = Object.fromEntries(Object.entries({ start, tempered, tell }).filter(([, value]) => value !== undefined));
  return {
    dynamics: subsampleGibbs(crossCatModel(data, model), options),
    controls: { fraction: start === 'prior' ? constant(1) : linear(0, 1), ...(tempered === true ? { temperature: constant(1) } : {}) },
  };
}

import type { Family, Instance } from '../../src/cli/family.ts';
import { drawSequence } from './draw.ts';
import { generateWt, generateWtsds, WT_DEFAULTS, WTSDS_DEFAULTS } from './generate.ts';
import { weightedTardiness, type SchedulingInstance } from './instance.ts';
import { idleJobs } from './machine.ts';
import type { TardinessParams, TardinessResult } from './recipe.ts';
import { recogniseWt, recogniseWtsds } from './recognise.ts';
import { checkSequence, readSequence, writeSequence } from './sequence-file.ts';
import { readWt } from './wt-format.ts';
import { readWtsds } from './wtsds-format.ts';

/** What both families share: all but how a file is known and read, and how one is made. An answer is all jobs in order, from 0. */
const shared: Omit<Family<TardinessParams, Int32Array>, 'name' | 'title' | 'formats' | 'recognise' | 'read' | 'generate'> = {
  objective: 'total weighted tardiness',
  sense: 'min',
  recipe: new URL('./recipe.js', import.meta.url).href,
  answer: (_params, result) => (result as TardinessResult).sequence,
  evaluate({ instance }, sequence, path) {
    checkSequence(sequence, instance.n, path);
    return weightedTardiness(instance, sequence);
  },
  write: ({ instance }, sequence, name) => writeSequence(sequence, name, weightedTardiness(instance, sequence)),
  readAnswer: ({ instance }, text, path) => readSequence(text, path, instance.name, instance.n),
  startFrom: (params, sequence) => ({ ...params, start: Int32Array.from(sequence) }),
  draw: ({ instance }, sequence) => drawSequence(instance, sequence),
};

/** Total weighted tardiness on one machine with sequence-dependent setups: what the command line needs of it. */
export const wtsdsFamily: Family<TardinessParams, Int32Array> = {
  ...shared,
  name: 'wtsds',
  title: 'weighted tardiness with sequence-dependent setups',
  formats: 'wt_sds .instance',
  recognise: recogniseWtsds,
  read: (text, path) => [describe(readWtsds(text, path))],
  generate: {
    options: [
      { name: 'tau', description: 'tightness of due dates, from 0 to 1', default: WTSDS_DEFAULTS.tau },
      { name: 'range', description: 'spread of due dates, from 0 to 1', default: WTSDS_DEFAULTS.range },
      { name: 'eta', description: 'mean setup in mean processing times', default: WTSDS_DEFAULTS.eta },
      {
        name: 'beta',
        description: 'share of a mean setup that a good sequence pays for each job; 0.3 suits 60 jobs',
        default: WTSDS_DEFAULTS.beta,
      },
    ],
    make: generateWtsds,
  },
};

/** Total weighted tardiness on one machine without setups: what the command line needs of it. */
export const wtFamily: Family<TardinessParams, Int32Array> = {
  ...shared,
  name: 'wt',
  title: 'weighted tardiness on one machine',
  formats: 'OR-Library wt .txt',
  recognise: recogniseWt,
  read: (text, path) => readWt(text, path).map(describe),
  generate: {
    options: [
      { name: 'tardiness', description: 'tightness of due dates (TF), from 0 to 1', default: WT_DEFAULTS.tardiness },
      { name: 'range', description: 'spread of due dates (RDD), from 0 to 2', default: WT_DEFAULTS.range },
      { name: 'count', description: 'instances in the file', default: WT_DEFAULTS.count },
    ],
    make: generateWt,
  },
};

function describe(instance: SchedulingInstance): Instance<TardinessParams> {
  const { name, n, label, generator, processing, weights, due, setups } = instance;
  const details: [string, string][] = [];
  if (label !== undefined) details.push(['instance', label]);
  details.push(['processing', `${range(processing)}, total ${processing.reduce((sum, p) => sum + p, 0)}`]);
  details.push(['weights', range(weights)], ['due dates', range(due)]);
  if (setups !== undefined) details.push(['setups', range(setups.filter((_, slot) => slot % n !== Math.floor(slot / n)))]);
  const idle = idleJobs(instance).length;
  if (idle > 0) details.push(['left out', `${idle} of weight 0, which can go last`]);
  if (generator !== undefined) details.push(['generator', generator.map(([key, value]) => `${key} ${value}`).join(', ')]);
  return { name, n, params: { instance }, details };
}

function range(values: Int32Array): string {
  if (values.length === 0) return 'none';
  return `${values.reduce((a, b) => Math.min(a, b))} … ${values.reduce((a, b) => Math.max(a, b))}`;
}

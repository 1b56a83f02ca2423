import { checkTakes } from './takes.ts';
import { LEARNER_NAMES, type LearnerOptions } from '../train/train-options.ts';

type Name = keyof LearnerOptions;

/** Options of every model that learns from a file, and of every one that an optimiser trains. */
const DATA: readonly Name[] = [
  'target',
  'model',
  'drop',
  'validation',
  'test',
  'splitSeed',
  'fit',
  'categories',
  'na',
  'labels',
  'vocabulary',
  'frequencies',
  'minDocuments',
  'batch',
  'keep',
];
const ENCODED: readonly Name[] = [
  ...DATA,
  'task',
  'missing',
  'missingTarget',
  'leaks',
  'scale',
  'optimizer',
  'hidden',
  'activation',
  'ridge',
];

/** What each kind of learner takes; which of `hidden`, `activation` and `ridge` a model of tables takes is told with the model. */
const TAKES: Readonly<Record<string, readonly Name[]>> = {
  table: ENCODED,
  factorisation: [...DATA.filter((name) => name !== 'drop'), 'optimizer', 'ridge', 'rank', 'user', 'item'],
  rbm: [...DATA, 'hidden', 'threshold', 'cd', 'persistent'],
  module: ['params', 'optimizer', 'batch', 'keep'],
};

/** Throws an `option` error for an option that the kind of learner would pass over. @param what the learner, for messages. */
export function checkForeign(kind: 'table' | 'factorisation' | 'rbm' | 'module', what: string, options: LearnerOptions): void {
  const given = Object.fromEntries(LEARNER_NAMES.map((name) => [name, options[name]]));
  checkTakes<LearnerOptions>(TAKES, [kind, what], given, (each) =>
    each === 'module' ? 'a module of your own' : each === 'table' ? 'another model' : `--model ${each}`,
  );
}

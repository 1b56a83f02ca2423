import { maybe } from '../closest.ts';
import { LehrError, show } from '../error.ts';
import { flag } from './solve-options.ts';
import { LEARNER_NAMES, type LearnerOptions } from './train-options.ts';

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
  const takes = TAKES[kind];
  for (const name of LEARNER_NAMES) {
    if (options[name] === undefined || takes.includes(name)) continue;
    const others = Object.keys(TAKES).filter((each) => TAKES[each].includes(name));
    const where = others
      .map((each) => (each === 'module' ? 'a module of your own' : each === 'table' ? 'another model' : `--model ${each}`))
      .join(' or ');
    throw new LehrError(
      'option',
      `--${flag(name)} is ${show(options[name])}, but ${what} takes no such option, expected it with ${where}.${maybe(name, takes)}`,
    );
  }
}

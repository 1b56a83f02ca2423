import { LehrError, show } from '../../error.ts';
import type { CompareSubject } from './compare-subject.ts';
import { knownOf } from '../solve/known.ts';
import { flag } from '../options/flag.ts';
import { openSubject } from '../solve/subject.ts';
import { prepareHere } from '../solve/temperatures.ts';
import { LEARNER_NAMES, type LearnerOptions } from '../train/train-options.ts';

/** What says which problem it is. */
export interface ProblemOptions {
  readonly problem?: string;
  readonly params?: unknown;
  readonly known?: number;
}

/** A problem's file, or a module of the user's own, to try schedules on. @param options of which those about learning are refused. */
export async function problemSubject(
  given: string,
  options: ProblemOptions & Partial<LearnerOptions> & { readonly score?: string },
): Promise<CompareSubject> {
  const foreign = [...LEARNER_NAMES, 'score' as const].find(
    (name) => name !== 'target' && name !== 'params' && options[name] !== undefined,
  );
  if (foreign !== undefined)
    throw new LehrError(
      'option',
      `--${flag(foreign)} is ${show(options[foreign])}, which is for data to learn from. Maybe name the model too: --model linear.`,
    );
  const subject = await openSubject({ given, problem: options.problem, params: options.params });
  const { family, instance, own } = subject;
  const params = instance.params as object;
  const { dynamics, controls = {}, score } = await prepareHere(family.recipe, params);
  const words = options.problem === undefined ? [] : ['--problem', options.problem];
  if (own && Object.keys(params).length > 0) words.push('--params', JSON.stringify(params));
  return {
    given,
    path: subject.path,
    name: instance.name,
    n: instance.n,
    kind: family.name,
    title: family.title,
    recipe: family.recipe,
    params,
    perStream: null,
    objective: own && score !== undefined ? 'score' : family.objective,
    sense: family.sense,
    score: own ? null : (outcome) => family.evaluate(params, family.answer(params, outcome.result), instance.name),
    sign: family.sense === 'max' ? -1 : 1,
    controls: dynamics.controls,
    set: Object.keys(controls),
    usual: {},
    known: options.known ?? (own ? null : (knownOf(subject.path)?.value ?? null)),
    epoch: null,
    words,
    settings: [],
    notices: [],
  };
}

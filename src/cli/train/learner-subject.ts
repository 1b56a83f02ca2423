import type { Outcome } from '../../run/outcome.ts';
import { maybe } from '../../closest.ts';
import { LehrError, show } from '../../error.ts';
import { stream } from '../../random/rng.ts';
import type { PathPart } from '../../random/seed.ts';
import type { CompareSubject } from '../compare/compare-subject.ts';
import type { Learner } from './learner.ts';
import { modelOfModule } from './learner-own.ts';
import type { Part } from './learning-subject.ts';
import { openLearner } from './open-learner.ts';
import type { ProblemOptions } from '../compare/problem-subject.ts';
import { isModule } from '../solve/subject.ts';
import { prepareHere } from '../solve/temperatures.ts';
import { learnerWords } from './train-task.ts';
import { learnerOptionsOf, type LearnerOptions, type TrainOptions } from './train-options.ts';

/** Controls that may be asked for beside the rate, of models that are not modules. */
const ASKED = ['momentum', 'decay', 'temperature'];
/** Figures of which more is better. */
const MORE = ['accuracy', 'r2'];

/** What says what is learned, and what counts. */
export interface LearnerSubjectOptions extends LearnerOptions, ProblemOptions {
  readonly split?: TrainOptions['split'];
  readonly score?: string;
  /** Schedules of controls beside the rate. */
  readonly others: Readonly<Record<string, string>>;
}

/**
 * Data to learn from. Weights are chosen by validation rows and judged by test rows, those that nothing else has seen; by validation rows where there are no others.
 * @param steps of each run, where that is known. @param deal whether each stream has the rows dealt out anew, so that intervals are over splits too; `--split-seed` names
 * one for all. @param judge the rows to judge by, in place of these.
 */
export async function learnerSubject(
  given: string,
  options: LearnerSubjectOptions,
  { steps, deal, judge }: { readonly steps: number | null; readonly deal: boolean; readonly judge?: Part },
): Promise<CompareSubject> {
  for (const name of ['problem', 'known'] as const)
    if (options[name] !== undefined)
      throw new LehrError('option', `--${name} is ${show(options[name])}, but ${show(given)} is to learn from, expected it without.`);
  const learning = learnerOptionsOf(options as unknown as TrainOptions);
  const own = isModule(given);
  const wanted = Object.keys(options.others).filter((name) => own || ASKED.includes(name));
  const first = await openLearner(given, learning, wanted);
  const dealt = new Map<PathPart, Learner>();
  const part = judge ?? (first.rows.test > 0 ? 'test' : 'validation');
  if (!own && !(first.rows[part] > 0))
    throw new LehrError('option', `there are no ${part} rows to judge by, expected a share of them. Maybe --${part} 0.2.`);
  const { score = 'loss' } = options;
  if (own && score !== 'loss')
    throw new LehrError('option', `--score is ${show(score)}, but ${given} is a module of your own, which is judged by its held-out loss.`);
  // A figure that there is not is told of before the runs, not after them.
  if (!own) await figureOf(first, { result: await untrained(first, steps) }, part, score);
  const anew = deal && !own && options.splitSeed === undefined;
  const { training, validation, test } = first.rows;
  return {
    given,
    path: first.path,
    name: first.name,
    n: own ? training : training + validation + test,
    kind: first.model,
    title: first.title,
    recipe: first.recipe,
    params: first.params(steps) as object,
    perStream: anew
      ? async (seed, name) => {
          const splitSeed = `${seed}, stream ${name}`;
          const learner = await openLearner(given, { ...learning, splitSeed }, wanted, first.text ?? undefined);
          dealt.set(name, learner);
          return learner.params(steps) as object;
        }
      : null,
    objective: own ? (first.watch.includes('validation') ? 'held-out loss' : 'training loss') : `${part} ${score}`,
    sense: MORE.includes(score) ? 'max' : 'min',
    score: own ? null : (outcome, name) => figureOf(dealt.get(name) ?? first, outcome, part, score),
    sign: 1,
    controls: first.controls,
    set: first.controls.filter((name) => name !== first.controls[0]),
    usual: first.usual,
    known: null,
    epoch: first.epoch,
    words: [...learnerWords(learning), ...(score === 'loss' ? [] : ['--score', score])],
    settings: [
      ...(first.target === null ? [] : [['target', first.target] as const]),
      ['model', first.title],
      ...(first.optimizer === null ? [] : [['optimizer', first.optimizer] as const]),
      ...(own ? [] : [['rows', `${training} to train on, ${validation} to choose weights by, ${test} to judge by`] as const]),
      ...(own ? [] : [['split', anew ? 'anew for each stream' : `one for all, seed ${options.splitSeed ?? 1}`] as const]),
    ],
    notices: first.notices,
  };
}

/** Whether FILE is to learn from: options say so, or it is a module that exports a gradient model. */
export async function isToLearnFrom(given: string, said: boolean, params: unknown): Promise<boolean> {
  return said || (isModule(given) && (await modelOfModule(given, params)) !== null);
}

/** What a run without steps returns. */
async function untrained({ recipe, params }: Learner, steps: number | null): Promise<unknown> {
  const { dynamics } = await prepareHere(recipe, params(steps));
  const rng = stream(1, 'untrained');
  return dynamics.result(dynamics.init(rng), 0, rng);
}

async function figureOf(learner: Learner, { result }: Pick<Outcome, 'result'>, part: Part, score: string): Promise<number> {
  const judged = await learner.judge(learner.weightsOf(result), part);
  const figures: Readonly<Record<string, number>> = judged?.figures ?? {};
  const value = figures[score];
  if (value !== undefined) return value;
  const names = Object.keys(figures);
  throw new LehrError(
    'option',
    `--score is ${score}, but ${learner.title} has ${names.length === 0 ? 'nothing to judge by' : `the figures ${names.join(', ')}`}.${maybe(score, names)}`,
  );
}

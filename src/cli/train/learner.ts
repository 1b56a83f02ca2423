import type { Assessed, TrainedModel, TrainingRecord } from '../../../problems/trained/index.ts';
import { LehrError } from '../../error.ts';
import type { Weights } from '../../dynamics/model.ts';
import type { TrainingParams } from '../../dynamics/training-recipe.ts';
import type { OptimizerSpec } from '../../dynamics/optimizers/by-name.ts';
import type { Part } from './learning-subject.ts';

/** What learns, whatever kind of model it is: data dealt out, a recipe that trains on them, and how its result is kept and judged. */
export interface Learner {
  /** The data as the user wrote it, absolute, and the SHA-256 of the bytes. */
  readonly given: string;
  readonly path: string;
  readonly sha256: string;
  /** The data's text; null where it is binary, or a module. */
  readonly text: string | null;
  readonly name: string;
  /** As `--model` takes it, and in words. */
  readonly model: string;
  readonly title: string;
  /** What is predicted; null where nothing is. */
  readonly target: string | null;
  /** Inputs of the model, and classes (0: values); null where that means nothing. */
  readonly features: number | null;
  readonly classes: number;
  /** Of the classes. */
  readonly labels: readonly string[];
  /** Rows of each part. */
  readonly rows: Readonly<Record<Part, number>>;
  /** Steps that an epoch takes. */
  readonly epoch: number;
  readonly batch: number;
  readonly keep: 'best' | 'last' | 'average';
  /** The optimiser's name; null where none is asked. */
  readonly optimizer: string | null;
  /** The controls of the dynamics, and what drives those that are not set, as text. */
  readonly controls: readonly string[];
  readonly usual: Readonly<Record<string, string>>;
  /** Signals to be told of while it runs. */
  readonly watch: readonly string[];
  /** Whole sentences that a careful person wants to be told. */
  readonly notices: readonly string[];
  /** URL of the recipe module. */
  readonly recipe: string;
  /** The recipe's parameters. @param steps of each run, where that is known. */
  params(steps: number | null): unknown;
  /** The weights in a run's result. */
  weightsOf(result: unknown): Weights;
  /** The model as its file keeps it. */
  trained(weights: Weights, training: TrainingRecord, release: string): TrainedModel;
  /** What weights are worth on the rows of a part; null where it has no rows or there is nothing to say. */
  judge(weights: Weights, part: Part): Promise<Judged | null>;
}

/** What weights are worth on rows: figures, and what is shown of the predictions. */
export interface Judged extends Omit<Assessed, 'targets'> {
  /** Of values: some pairs of truth and prediction, in the table's own unit. */
  readonly pairs: readonly (readonly [truth: number, said: number])[];
}

/** Optimisers as the command line takes them: with those of their constants that are asked for as controls. */
export interface Rated {
  readonly optimizer: OptimizerSpec;
  readonly controls: readonly string[];
  readonly usual: Readonly<Record<string, string>>;
}

/** Rows in a minibatch where nothing is said. */
const BATCH = 32;

/**
 * Rows in a minibatch, as `--batch` says or as is usual.
 * @throws LehrError `option` for more than there are.
 */
export function batchOf(batch: number | 'all' | undefined, rows: number): number {
  if (batch === 'all') return rows;
  if (batch === undefined) return Math.min(BATCH, rows);
  if (batch <= rows) return batch;
  throw new LehrError('option', `--batch is ${batch}, expected at most ${rows}, the rows to train on. Maybe --batch all.`);
}

/** What is averaged: the second half of the run; of one that the clock ends nobody knows the half, and it is a tail of about as many steps. */
export function averagedFrom(keep: Learner['keep'], steps: number | null): Pick<TrainingParams, 'averageFrom' | 'averaging'> {
  if (keep !== 'average') return {};
  return steps === null ? { averaging: 'tail' } : { averageFrom: Math.floor(steps / 2) };
}

/**
 * The weights that are kept, as `--keep` says or as is usual.
 * @throws LehrError `option` for the best where there is nothing to choose by.
 */
export function keptOf(keep: Learner['keep'] | undefined, judged: boolean): Learner['keep'] {
  if (keep === 'best' && !judged)
    throw new LehrError(
      'option',
      '--keep is best, but there are no validation rows to choose by, expected last or average. Maybe --validation 0.2.',
    );
  return keep ?? (judged ? 'best' : 'last');
}

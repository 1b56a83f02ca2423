import {
  FIRST_CONTROL,
  LOUDNESS,
  oneBudget,
  refuseConflicts,
  refuseLoneInterval,
  refuseMixedOutput,
  REPLAYED,
  type Conflict,
} from '../options/conflicts.ts';
import type { Seed } from '../../random/seed.ts';
import type { Budget } from '../../run/plan.ts';
import { budgetGiven } from '../solve/solve-options.ts';

/** The models that `lehr infer` knows. */
export const INFERRED_MODELS = ['mixture', 'crosscat', 'lda', 'hmm', 'gmm'] as const;
export type InferredModelName = (typeof INFERRED_MODELS)[number];

/** What is inferred and how, as given; what was not given is absent. A model says which of these it takes. */
export interface InferenceOptions {
  readonly model?: InferredModelName;
  /** Columns that are categories whatever they look like, the texts of a missing value, and columns to leave out. */
  readonly categories?: string;
  readonly na?: string;
  readonly drop?: string;
  /** A column of truth, left out of the model and compared with what was found. */
  readonly label?: string;
  /** The share of rows held out, and what deals them. */
  readonly heldOut?: number;
  readonly splitSeed?: Seed;
  /** Of rows in groups: what columns are, the process, how hyperparameters are treated, and the dynamics. */
  readonly kinds?: string;
  readonly alpha?: number;
  readonly discount?: number;
  readonly hyper?: 'grid' | 'fixed';
  readonly method?: 'subsample' | 'sequential' | 'gibbs' | 'tempered';
  /** The most kinds of columns there may be. */
  readonly places?: number;
  /** Of variational inference: topics, states or components; concentrations of topics' words and of staying; what covariances are. */
  readonly topics?: number;
  readonly states?: number;
  readonly components?: number;
  readonly eta?: number;
  readonly sticky?: number;
  readonly covariance?: 'full' | 'diagonal';
  readonly spread?: number;
  /** How documents are read, and which of their words. */
  readonly documents?: string;
  readonly text?: string;
  readonly title?: string;
  readonly vocabulary?: string;
  readonly stopWords?: string;
  readonly minDocuments?: number;
  readonly maxShare?: number;
  readonly maxWords?: number;
  /** The weight of a word's probability beside its lift, where words describe a topic. */
  readonly relevance?: number;
  /** Columns of sequences. */
  readonly sequence?: string;
  readonly symbol?: string;
  readonly points?: string;
  /** Rows a step; how it is annealed; the change of the bound at which a run has settled, 0 for never. */
  readonly batch?: number | 'all';
  readonly temper?: 'none' | 'local' | 'all';
  readonly noise?: 'none' | 'local' | 'statistics' | 'parameters' | 'metropolis';
  readonly stride?: number;
  readonly settled?: number;
  /** How long the run is, in the model's own words. */
  readonly visits?: number;
  readonly sweeps?: number;
  readonly passes?: number;
}

/** The names of these options, those about the run's length last. */
export const INFERENCE_NAMES: readonly (keyof InferenceOptions)[] = [
  'model',
  'categories',
  'na',
  'drop',
  'label',
  'heldOut',
  'splitSeed',
  'kinds',
  'alpha',
  'discount',
  'hyper',
  'method',
  'places',
  'topics',
  'states',
  'components',
  'eta',
  'sticky',
  'covariance',
  'spread',
  'documents',
  'text',
  'title',
  'vocabulary',
  'stopWords',
  'minDocuments',
  'maxShare',
  'maxWords',
  'relevance',
  'sequence',
  'symbol',
  'points',
  'batch',
  'temper',
  'noise',
  'stride',
  'settled',
  'visits',
  'sweeps',
  'passes',
];

/** Those about the run's length: they are a budget, and told as such. */
export const LENGTH_NAMES: readonly (keyof InferenceOptions)[] = ['visits', 'sweeps', 'passes'];

/** The controls that have options of their own, whichever model has them. */
export const INFERENCE_CONTROLS = ['fraction', 'temperature', 'noiseScale', 'rate'] as const;

/** The options of `lehr infer` as given. */
export interface InferOptions extends InferenceOptions {
  readonly fraction?: string;
  readonly temperature?: string;
  readonly noiseScale?: string;
  readonly rate?: string;
  readonly schedule?: string;
  readonly steps?: number;
  readonly seconds?: number;
  readonly evaluations?: number;
  readonly block?: number;
  readonly seed?: Seed;
  readonly chains?: number;
  readonly workers?: number;
  readonly output?: string;
  readonly assignments?: string;
  readonly picture?: string;
  readonly report?: string;
  readonly trace?: string;
  readonly record?: string;
  readonly replay?: string;
  readonly checkpoint?: string;
  readonly checkpointEvery?: number;
  readonly resume?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
  readonly others: Readonly<Record<string, string>>;
}

const CONFLICTS: readonly Conflict<InferOptions>[] = [
  ...oneBudget<InferOptions>('steps', 'seconds', 'evaluations'),
  ...LENGTH_NAMES.flatMap((name) => (['steps', 'seconds', 'evaluations'] as const).flatMap((unit) => oneBudget<InferOptions>(name, unit))),
  ['fraction', 'schedule', FIRST_CONTROL],
  ...REPLAYED,
  LOUDNESS,
];

/** Throws an `option` error if options contradict each other. */
export function checkInferConflicts(options: InferOptions): void {
  refuseConflicts(options, CONFLICTS);
  refuseMixedOutput(options, 'output', 'assignments', 'picture');
  refuseLoneInterval(options);
}

/** What is inferred and how, of all options. */
export function inferenceOptionsOf(options: InferOptions): InferenceOptions {
  return Object.fromEntries(INFERENCE_NAMES.map((name) => [name, options[name]]).filter(([, value]) => value !== undefined));
}

/** The budget that was given in the engine's own units, or null. */
export function inferBudgetSaid(options: InferOptions): Budget | null {
  return budgetGiven(options);
}

import type { MixturePosterior } from '../gaussian-mixture/predict.ts';
import type { GaussianChainPosterior } from '../hidden-markov/predict.ts';
import type { HiddenMarkovLaw } from '../hidden-markov/model.ts';
import type { InferredCommon } from './result-file.ts';

/** How the data were read, so that others are read alike: options of the command line by name. */
export type Reading = Readonly<Record<string, string>>;

/** Topics of words (`lda`). */
export interface LearnedTopics extends InferredCommon {
  readonly model: 'lda';
  readonly reading: Reading;
  readonly words: readonly string[];
  readonly topics: number;
  /** Concentrations of documents' topics and of topics' words. */
  readonly alpha: number;
  readonly eta: number;
  /** Natural parameters, words × topics. */
  readonly parameters: Float64Array;
}

/** States of sequences (`hmm`), of symbols or of points; points are divided by scales before the law says something of them. */
export interface LearnedStates extends InferredCommon {
  readonly model: 'hmm';
  readonly reading: Reading;
  readonly states: number;
  readonly emissions:
    | { readonly kind: 'symbols'; readonly labels: readonly string[]; readonly law: HiddenMarkovLaw }
    | { readonly kind: 'points'; readonly columns: readonly string[]; readonly scales: Float64Array; readonly law: GaussianChainPosterior };
}

/** Components of a Gaussian mixture (`gmm`); rows are divided by scales before the law says something of them. */
export interface LearnedMixture extends InferredCommon {
  readonly model: 'gmm';
  readonly columns: readonly string[];
  readonly scales: Float64Array;
  readonly law: MixturePosterior;
}

/** What is learned by variational inference. */
export type LearnedModel = LearnedTopics | LearnedStates | LearnedMixture;

/** Whether a result is one of variational inference. */
export function isLearned<M extends { readonly model: string }>(model: M): model is Extract<M, LearnedModel> {
  return model.model === 'lda' || model.model === 'hmm' || model.model === 'gmm';
}

/** What does not fit, or null. */
export function faultInLearned(model: LearnedModel): string | null {
  if (model.model === 'lda') {
    const { words, topics, alpha, eta, parameters } = model;
    if (!Array.isArray(words) || !positive(alpha) || !positive(eta)) return 'it has no words or concentrations';
    return faultInNumbers('topics', parameters, words.length * topics, true);
  }
  if (model.model === 'hmm') return faultInStates(model);
  const { columns, law, scales } = model;
  if (!Array.isArray(columns) || law?.d !== columns.length) return 'its columns are not those of its components';
  const stride = 1 + sizeOfLaw(law);
  const wrong = faultInNumbers('scales', scales, columns.length, true);
  if (wrong !== null) return wrong;
  return faultInNumbers('components', law.parameters, law.components * stride) ?? faultInNumbers('the mean', law.centre, law.d);
}

function faultInStates({ states, emissions }: LearnedStates): string | null {
  const { initial, transitions, emissions: shown } = emissions?.law ?? {};
  const chain = faultInNumbers('first states', initial, states, true) ?? faultInNumbers('transitions', transitions, states * states, true);
  if (chain !== null) return chain;
  if (emissions.kind === 'symbols') return faultInNumbers('symbols', shown, states * emissions.labels.length, true);
  const { columns, law, scales } = emissions;
  if (law.d !== columns.length) return 'its columns are not those of its states';
  const wrong = faultInNumbers('scales', scales, columns.length, true);
  if (wrong !== null) return wrong;
  return faultInNumbers('emissions', shown, states * sizeOfLaw(law)) ?? faultInNumbers('the mean', law.centre, law.d);
}

/** Natural parameters of a Normal–Wishart law. */
function sizeOfLaw({ d, covariance }: { readonly d: number; readonly covariance: string }): number {
  return 2 + d + (covariance === 'full' ? (d * (d + 1)) / 2 : d);
}

function faultInNumbers(what: string, list: ArrayLike<number> | undefined, length: number, above = false): string | null {
  if (list?.length !== length) return `${what}: there are ${list?.length} numbers, expected ${length}`;
  for (let i = 0; i < length; i++) if (!Number.isFinite(list[i]) || (above && !(list[i] > 0))) return `${what}: a number is ${list[i]}`;
  return null;
}

function positive(value: unknown): boolean {
  return typeof value === 'number' && value > 0 && value < Infinity;
}

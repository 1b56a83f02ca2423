import { show } from '../../src/error.ts';
import { encodePlain } from '../../src/run/checkpoint.ts';
import { openResult, type ResultFile } from '../../src/run/result-file.ts';
import { HYPER_NAMES } from '../mixture/hyper.ts';
import type { FeatureCode, Grouping } from '../mixture/grouping.ts';
import { faultInLearned, isLearned, type LearnedModel } from './learned.ts';

/** How a result came about, for people: data, options, figures. Nothing is computed from it. */
export type InferenceRecord = Readonly<Record<string, unknown>>;

/** What every result has. */
export interface InferredCommon {
  readonly lehr: 'inference';
  readonly version: 1;
  /** The release of Lehr that inferred it. */
  readonly release: string;
  readonly inference: InferenceRecord;
}

/** Groups of rows, of one kind of columns (`mixture`) or several (`crosscat`), with all that is needed to say where other rows belong. */
export interface InferredGroups extends InferredCommon {
  readonly model: 'mixture' | 'crosscat';
  /** The columns, and each kind's groups by its own. */
  readonly features: readonly FeatureCode[];
  readonly kinds: readonly Grouping[];
  /** By kind: the group of each row of the data from 0, the larger ones first; −1 for rows that were held out or not reached. */
  readonly assignments: readonly Int32Array[];
}

/** What `lehr infer` found, without the data. Plain data. */
export type InferredModel = InferredGroups | LearnedModel;

const FILE: ResultFile = { lehr: 'inference', what: 'result', writer: 'lehr infer', models: ['mixture', 'crosscat', 'lda', 'hmm', 'gmm'] };

/** A result as text: JSON, arrays of numbers as `{ "$array": …, "base64": … }`, little-endian. The same result gives the same text. */
export function encodeInferred(model: InferredModel): string {
  return `${encodePlain(model)}\n`;
}

/**
 * The result in a text that `encodeInferred` made.
 * @throws LehrError `input` that begins with the path: another file, another version, parts that do not fit each other.
 */
export function decodeInferred(text: string, path: string): InferredModel {
  const [model, fail] = openResult<InferredModel>(text, path, FILE);
  const wrong = isLearned(model) ? faultInLearned(model) : faultIn(model);
  if (wrong !== null) fail(`it is damaged: ${wrong}. Maybe the file was changed.`);
  return model;
}

/** What does not fit, or null. */
function faultIn({ features, kinds, assignments }: InferredGroups): string | null {
  if (!Array.isArray(features) || !Array.isArray(kinds) || !Array.isArray(assignments)) return 'it has no features, kinds or assignments';
  if (features.length === 0 || kinds.length === 0 || assignments.length !== kinds.length)
    return `it has ${features.length} features, ${kinds.length} kinds and ${assignments.length} assignments`;
  for (const { kind } of features) if (!Object.hasOwn(HYPER_NAMES, kind)) return `a feature is of the kind ${show(kind)}`;
  for (const [k, kind] of kinds.entries()) {
    const wrong = faultInKind(kind, features);
    if (wrong !== null) return `kind ${k + 1}: ${wrong}`;
  }
  return null;
}

function faultInKind(
  { features: own, alpha, discount, sizes, statistics, hyper }: Grouping,
  features: readonly FeatureCode[],
): string | null {
  if (!(alpha > 0 && discount >= 0 && discount < 1)) return `alpha is ${show(alpha)} and discount ${show(discount)}`;
  if (!(sizes instanceof Int32Array) || sizes.some((size) => !(size >= 1))) return 'its groups have no sizes';
  if (own?.length !== statistics?.length || own.length !== hyper?.length) return 'its columns are not as many as their statistics';
  for (const [i, f] of own.entries()) {
    const feature = features[f];
    if (feature === undefined) return `it has column ${show(f)} of ${features.length}`;
    for (const name of HYPER_NAMES[feature.kind])
      if (!Number.isFinite(hyper[i][name])) return `${feature.name}: ${name} is ${show(hyper[i][name])}`;
    const lists = 'counts' in statistics[i] ? [statistics[i].counts] : statistics[i].sums;
    const length = 'labels' in feature ? feature.labels.length * sizes.length : sizes.length;
    if ('labels' in feature !== 'counts' in statistics[i] || lists.some((list) => list?.length !== length || !list.every(Number.isFinite)))
      return `${feature.name}: its statistics are not those of ${sizes.length} groups`;
  }
  return null;
}

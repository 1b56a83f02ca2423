import { maybe } from '../../src/closest.ts';
import { LehrError, show } from '../../src/error.ts';
import { digestOfArrays } from '../table/digest.ts';
import { asCategories, columnOf, isMissing, placeOf, summarise, type Column, type Table } from '../table/table.ts';

/** How a column is modelled within a group: Beta–Bernoulli, Dirichlet–categorical, Gamma–Poisson or Normal–inverse-χ². */
export type FeatureKind = 'bernoulli' | 'categorical' | 'poisson' | 'normal';

const KINDS: readonly FeatureKind[] = ['bernoulli', 'categorical', 'poisson', 'normal'];

/** A column of few values: codes into labels, kept with those of the others. */
export interface DiscreteFeature {
  readonly kind: 'bernoulli' | 'categorical';
  readonly name: string;
  readonly labels: readonly string[];
  /** Which column of `codes`. */
  readonly column: number;
  /** Whether a row lacks it. */
  readonly gaps: boolean;
  /** Whether the labels are numbers' texts: then other rows have it as a column of numbers, too. */
  readonly numbers?: true;
}

/** A column of counts or of real numbers; NaN where one is missing. Real numbers are kept as (value − centre) / scale. */
export interface NumberFeature {
  readonly kind: 'poisson' | 'normal';
  readonly name: string;
  readonly values: Float64Array;
  readonly centre: number;
  readonly scale: number;
}

export type Feature = DiscreteFeature | NumberFeature;

/** The rows of a mixture: plain data. */
export interface MixtureData {
  readonly rows: number;
  readonly features: readonly Feature[];
  /** rows × discrete features, row by row: the code, or the number of labels where it is missing. */
  readonly codes: Uint8Array | Uint16Array;
}

/** How columns become features. */
export interface DataOptions {
  /** What columns are, where they should not be taken for what they look like. */
  readonly kinds?: Readonly<Record<string, FeatureKind>>;
  /** Columns to leave out: names of rows, labels that are known. */
  readonly drop?: readonly string[];
}

/**
 * A table's columns as features of a mixture. Columns of numbers are `normal`, of two labels `bernoulli`, of more `categorical`, unless `kinds` says otherwise. Real numbers are
 * taken relative to their column's mean and standard deviation, which changes nothing but the units of hyperparameters.
 * @throws LehrError `input` that names column and row: no rows or columns, a column without values or with a single one, counts that are negative or not whole.
 */
export function mixtureData(table: Table, options: DataOptions = {}): MixtureData {
  const { kinds = {}, drop = [] } = options;
  for (const name of Object.keys(options))
    if (name !== 'kinds' && name !== 'drop')
      throw new LehrError('option', `mixtureData: unknown option ${show(name)}, expected kinds, drop.${maybe(name, ['kinds', 'drop'])}`);
  for (const name of [...drop, ...Object.keys(kinds)]) columnOf(table, name);
  for (const [name, kind] of Object.entries(kinds))
    if (!KINDS.includes(kind))
      throw new LehrError('option', `kinds.${name} is ${show(kind)}, expected ${KINDS.join(', ')}.${maybe(String(kind), KINDS)}`);
  const path = table.source === undefined ? 'table' : table.source.path;
  const columns = table.columns.filter(({ name }) => !drop.includes(name));
  if (table.rows === 0 || columns.length === 0)
    throw new LehrError('input', `${path}: there are ${table.rows} rows and ${columns.length} columns to group by, expected some of both.`);
  const chosen = columns.map((column) => [column, kindOf(table, column, kinds[column.name])] as const);
  const discrete = chosen.filter(([, kind]) => kind === 'bernoulli' || kind === 'categorical').length;
  const coded = chosen.map(([column, kind]) => (kind === 'bernoulli' || kind === 'categorical' ? asCategories(column) : null));
  const most = coded.reduce((m, column) => Math.max(m, column === null ? 0 : column.labels.length), 0);
  if (most >= 65535) {
    const { name } = coded.find((column) => column !== null && column.labels.length === most)!;
    throw new LehrError(
      'input',
      `${path}: column ${show(name)} has ${most} different values, expected fewer than 65535. Maybe it names its rows (drop: [${show(name)}]).`,
    );
  }
  const codes = codesFor(
    coded.filter((column) => column !== null),
    table.rows * discrete,
  );
  let place = 0;
  const features = chosen.map(([column, kind], f): Feature => {
    const { name } = column;
    const categories = coded[f];
    if (categories === null) return numberFeature(table, column, kind as 'poisson' | 'normal');
    const { labels } = categories;
    const at = place++;
    let gaps = false;
    for (let row = 0; row < table.rows; row++) {
      const code = categories.codes[row];
      codes[row * discrete + at] = code < 0 ? labels.length : code;
      if (code < 0) gaps = true;
    }
    return {
      kind: kind as 'bernoulli' | 'categorical',
      name,
      labels,
      column: at,
      gaps,
      ...(column.kind === 'number' ? { numbers: true as const } : {}),
    };
  });
  return { rows: table.rows, features, codes };
}

/** 64 bits of all values, as hex, for a checkpoint's fingerprint. */
export function digestOfMixture({ codes, features }: MixtureData): string {
  return digestOfArrays([codes, ...features.flatMap((feature) => ('values' in feature ? [feature.values] : []))]);
}

/** How many features have codes. */
export function discreteCount({ features }: Pick<MixtureData, 'features'>): number {
  return features.filter((feature) => 'labels' in feature).length;
}

/** Room for so many codes into the labels of such features, one more than there are for what is missing. */
export function codesFor(features: readonly object[], length: number): MixtureData['codes'] {
  const most = features.reduce((m: number, feature) => Math.max(m, (feature as Partial<DiscreteFeature>).labels?.length ?? 0), 0);
  return most < 255 ? new Uint8Array(length) : new Uint16Array(length);
}

/** The given rows, in their order, as a copy: labels, centres and scales stay those of the whole. */
export function selectMixtureRows(data: MixtureData, rows: ArrayLike<number>): MixtureData {
  const discrete = discreteCount(data);
  const codes = codesFor(data.features, rows.length * discrete);
  for (let i = 0; i < rows.length; i++) for (let j = 0; j < discrete; j++) codes[i * discrete + j] = data.codes[rows[i] * discrete + j];
  const features = data.features.map((feature): Feature => {
    if (!('values' in feature)) return feature;
    return { ...feature, values: Float64Array.from(rows, (row) => feature.values[row]) };
  });
  return { rows: rows.length, features, codes };
}

function kindOf(table: Table, column: Column, asked: FeatureKind | undefined): FeatureKind {
  const { name } = column;
  const { type, missing, distinct } = summarise(column);
  const path = table.source === undefined ? 'table' : table.source.path;
  const leave = ` Maybe leave it out (drop: [${show(name)}]).`;
  if (type === 'missing')
    throw new LehrError('input', `${path}: column ${show(name)} has no value in any of ${table.rows} rows, expected some.${leave}`);
  if (type === 'constant' && table.rows > 1) {
    const values = column.kind === 'number' ? column.values : column.codes;
    const row = values.findIndex((value) => !isMissing(column, value));
    const value = column.kind === 'number' ? String(column.values[row]) : column.labels[column.codes[row]];
    throw new LehrError(
      'input',
      `${placeOf(table, row)}: column ${show(name)} is ${show(value)} here and in every row that has it${missing > 0 ? ` (${missing} have none)` : ''}, expected at least two values.${leave}`,
    );
  }
  const kind = asked ?? (column.kind === 'number' ? 'normal' : distinct === 2 && column.labels.length === 2 ? 'bernoulli' : 'categorical');
  if (kind === 'bernoulli' && asCategories(column).labels.length > 2)
    throw new LehrError(
      'input',
      `${path}: column ${show(name)} has ${asCategories(column).labels.length} different values, expected two for 'bernoulli'. Maybe 'categorical'.`,
    );
  if ((kind === 'poisson' || kind === 'normal') && column.kind === 'category') {
    const row = column.codes.findIndex((code) => code >= 0);
    throw new LehrError(
      'input',
      `${placeOf(table, row)}: column ${show(name)} is ${show(column.labels[column.codes[row]])}, expected a number for ${show(kind)}.`,
    );
  }
  return kind;
}

function numberFeature(table: Table, column: Column, kind: 'poisson' | 'normal'): NumberFeature {
  const { name, values } = column as Extract<Column, { kind: 'number' }>;
  if (kind === 'poisson') {
    const odd = values.findIndex((value) => value === value && !(value >= 0 && Number.isSafeInteger(value)));
    if (odd >= 0)
      throw new LehrError(
        'input',
        `${placeOf(table, odd)}: column ${show(name)} is ${values[odd]}, expected a count, a whole number of at least 0, for 'poisson'.`,
      );
    return { kind, name, values: values.slice(), centre: 0, scale: 1 };
  }
  let [count, sum] = [0, 0];
  for (const value of values) {
    if (value !== value) continue;
    count++;
    sum += value;
  }
  const centre = sum / count;
  let squares = 0;
  for (const value of values) if (value === value) squares += (value - centre) * (value - centre);
  const scale = count > 1 ? Math.sqrt(squares / count) : 1;
  if (!(Number.isFinite(centre) && scale > 0 && scale < Infinity))
    throw new LehrError('input', `column ${show(name)} has mean ${centre} and deviation ${scale}, expected numbers that can be added up.`);
  return { kind, name, values: values.map((value) => (value - centre) / scale), centre, scale };
}

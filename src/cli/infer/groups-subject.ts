import type { FeatureKind, MixtureData } from '../../../problems/mixture/index.ts';
import type { Column, Table } from '../../../problems/table/index.ts';
import { LehrError, show } from '../../error.ts';
import { formatCount } from '../../report/terminal.ts';
import { dealt } from './held-out.ts';
import type { InferenceOptions } from './infer-options.ts';

type Tables = typeof import('../../../problems/table/index.ts');
type Mixtures = typeof import('../../../problems/mixture/index.ts');
type InferredRoom = typeof import('../../../problems/inferred/index.ts');

/** What a table's groups are inferred from, and what is compared with them. */
export interface GroupsSubject {
  readonly given: string;
  readonly model: 'mixture' | 'crosscat';
  readonly table: Table;
  /** Of all rows, and what chains see of them: those that are not held out. */
  readonly data: MixtureData;
  readonly seen: Int32Array;
  readonly heldOut: Int32Array;
  /** The column of truth: a code for each row of the table, −1 for none. */
  readonly label: { readonly name: string; readonly codes: Int32Array; readonly labels: readonly string[] } | null;
  readonly tables: Tables;
  readonly mixtures: Mixtures;
  readonly inferred: InferredRoom;
}

/**
 * A table as rows to group, the columns as options or their values say, some rows held out.
 * @throws LehrError `input` that names file, column or row, `option` for options that do not fit the table.
 */
export function groupsSubject(
  given: string,
  options: InferenceOptions & { readonly model: 'mixture' | 'crosscat' },
  table: Table,
  rooms: Pick<GroupsSubject, 'tables' | 'mixtures' | 'inferred'>,
): GroupsSubject {
  const { tables, mixtures } = rooms;
  const { label, drop, kinds, model } = options;
  const dropped = drop === undefined ? [] : drop.split(',').map((name) => name.trim());
  if (label !== undefined && dropped.includes(label))
    throw new LehrError(
      'option',
      `--label is ${show(label)}, which --drop leaves out, expected one of them: a label is left out of the model anyway.`,
    );
  const truth = label === undefined ? null : tables.asCategories(tables.columnOf(table, label));
  const left = [...dropped, ...(label === undefined ? [] : [label])];
  const data = mixtures.mixtureData(table, {
    drop: left,
    kinds: { ...usualKinds(table, left, tables), ...(kinds === undefined ? {} : kindsFrom(kinds)) },
  });
  const { seen, heldOut } = dealt(given, table.rows, options, tables);
  const [only, another] = data.features;
  if (another === undefined && 'labels' in only && only.labels.length > NAMES * data.rows)
    throw new LehrError(
      'input',
      `${given}: there is one column, with ${only.labels.length} different texts in ${data.rows} rows, expected something that rows have in common. Maybe lines are documents (--model lda) or sequences (--model hmm).`,
    );
  return {
    given,
    model,
    table,
    data,
    seen,
    heldOut,
    label: truth === null ? null : { name: truth.name, codes: truth.codes, labels: truth.labels },
    ...rooms,
  };
}

/** `eggs:poisson, wing:normal` as what columns are; names may hold colons, not commas. */
function kindsFrom(text: string): Record<string, FeatureKind> {
  return Object.fromEntries(
    text.split(',').map((item) => {
      const at = item.lastIndexOf(':');
      if (at <= 0)
        throw new LehrError(
          'option',
          `--kinds has ${show(item.trim())}, expected a column and its kind, such as "eggs:poisson, wing:normal".`,
        );
      return [item.slice(0, at).trim(), item.slice(at + 1).trim() as FeatureKind] as const;
    }),
  );
}

/** Whole numbers of so few different values, each of which so many rows have on average, are categories: scores, sizes of families. */
const SCORES = 12;
const ROWS_EACH = 5;

/** Columns of numbers that are better not taken for normal: among so many ties a normal law would make a group of each value. */
function usualKinds(table: Table, left: readonly string[], { summarise }: Tables): Record<string, FeatureKind> {
  const scores = table.columns.flatMap((column) => {
    if (column.kind !== 'number' || left.includes(column.name)) return [];
    const { distinct, missing, type } = summarise(column);
    const whole = column.values.every((value) => value !== value || Number.isInteger(value));
    if (type !== 'number' || !whole || distinct > SCORES || table.rows - missing < ROWS_EACH * distinct) return [];
    return [[column.name, distinct === 2 ? 'bernoulli' : 'categorical'] as const];
  });
  return Object.fromEntries(scores);
}

/** So many different labels, and as many as this share of the rows, are names rather than categories. */
const NAMES = 0.5;
/** A column of numbers has many ties if it has fewer different values than this share of the rows, and not more than that. */
const TIES = 0.25;
const TIED = 60;
/** How many columns are told of one by one. */
const FEW_NAMES = 6;

function listed(names: readonly string[]): string {
  return `${names.slice(0, FEW_NAMES).join(', ')}${names.length > FEW_NAMES ? ` … (${names.length})` : ''}`;
}

/** What columns were taken for, and which may be something else. */
export function groupsNotices({ data, heldOut, label, table }: GroupsSubject, options: InferenceOptions): string[] {
  const byKind = new Map<string, string[]>();
  for (const { kind, name } of data.features) byKind.set(kind, [...(byKind.get(kind) ?? []), name]);
  const kinds = [...byKind].map(([kind, names]) => `${kind} ${listed(names)}`);
  const open = data.features.filter(({ name }) => options.kinds?.includes(name) !== true);
  const odd = open.filter((feature) => ('labels' in feature ? feature.labels.length > NAMES * data.rows : isCounter(feature.values)));
  const tied = open.filter((feature) => feature.kind === 'normal' && new Set(feature.values).size < Math.min(TIED, TIES * data.rows));
  const counts = tied
    .flatMap(({ name }) => (isCount(table.columns.find((column) => column.name === name)!) ? [name] : []))
    .slice(0, FEW_NAMES);
  return [
    `columns: ${kinds.join('; ')}${options.kinds === undefined ? ' (--kinds for others)' : ''}.`,
    ...odd.map(({ name }) => `column ${show(name)} looks as if it named or counted the rows: maybe --drop ${JSON.stringify(name)}.`),
    ...(tied.length === 0
      ? []
      : [
          `many rows have the same ${listed(tied.map(({ name }) => name))}: groups of equal values may come out, since a normal law has no ties${counts.length === 0 ? '' : `; of counts that is better: --kinds ${JSON.stringify(counts.map((name) => `${name}:poisson`).join(', '))}`}.`,
        ]),
    ...(label === null ? [] : [`column ${show(label.name)} is left out of the model and compared with what it finds.`]),
    ...(heldOut.length > 0 && options.heldOut === undefined
      ? [`${formatCount(heldOut.length)} rows are held out to judge by and put into the groups afterwards (--held-out 0 for none).`]
      : []),
  ];
}

/** Whether a column has whole numbers from 0 on alone. */
function isCount(column: Column): boolean {
  return column.kind === 'number' && column.values.every((value) => value !== value || (value >= 0 && Number.isInteger(value)));
}

/** Whether standardised numbers go up by equal steps from row to row. */
export function isCounter(values: Float64Array): boolean {
  const step = values[1] - values[0];
  if (values.length < 10 || !(step > 0)) return false;
  for (let row = 2; row < values.length; row++) if (!(Math.abs(values[row] - values[row - 1] - step) < 1e-6 * step + 1e-12)) return false;
  return true;
}

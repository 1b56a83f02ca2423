import { basename, resolve } from 'node:path';
import type { CrossCatParams, CrossCatResult } from '../../problems/crosscat/index.ts';
import type { FoundGroups, KindResult } from '../../problems/inferred/index.ts';
import type { FeatureKind, MixtureData, MixtureParams, MixtureResult } from '../../problems/mixture/index.ts';
import type { Table } from '../../problems/table/index.ts';
import type { Subsampled } from '../dynamics/subsample-gibbs.ts';
import { LehrError, show } from '../error.ts';
import { formatCount, formatNumber } from '../report/terminal.ts';
import type { InferenceOptions } from './infer-options.ts';
import type { Inference, Length } from './inference.ts';
import { courseOfGroups } from './inference-course.ts';
import type { TableSource } from './open-table.ts';

/** Modules of problems are loaded by URL: `src/` never imports one but for its types. */
const PROBLEMS = new URL('../../problems/', import.meta.url);
type Tables = typeof import('../../problems/table/index.ts');
type Mixtures = typeof import('../../problems/mixture/index.ts');
type InferredRoom = typeof import('../../problems/inferred/index.ts');

/** A table of fewer rows is inferred from whole: a tenth of it would say little. */
const FEW = 100;
/** The share of the rows held out of larger ones. */
const HELD_OUT = 0.1;
/** Samples that a chain keeps: at most so many, and so many numbers. */
const SAMPLES = 64;
const SAMPLED_ROWS = 8_000_000;

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

/** Rows of a table in groups: a mixture, or Cross-Categorization. */
export async function groupsInference(
  given: string,
  options: InferenceOptions & { readonly model: 'mixture' | 'crosscat' },
  source: TableSource,
): Promise<Inference> {
  const [tables, mixtures, inferred] = (await Promise.all(
    ['table', 'mixture', 'inferred'].map((room) => import(new URL(`${room}/index.js`, PROBLEMS).href)),
  )) as [Tables, Mixtures, InferredRoom];
  const { model } = options;
  const subject = subjectOf(given, options, source.table, tables, mixtures, inferred);
  const { seen, heldOut, data } = subject;
  const training = mixtures.selectMixtureRows(data, seen);
  const { alpha, discount, hyper, method = 'subsample' } = options;
  const process = Object.fromEntries(Object.entries({ alpha, discount, hyper }).filter(([, value]) => value !== undefined));
  const foundOf = (result: unknown, { budget, burnIn }: Length): FoundGroups => {
    const subsampled = result as Subsampled<MixtureResult | CrossCatResult>;
    const last = subsampled.samples.at(-1)?.step ?? 0;
    return inferred.foundIn(subsampled, data, burnIn === null && !('steps' in budget) ? last / 2 : 0);
  };
  const kindsOf = (result: unknown): KindResult[] => inferred.kindsOf((result as Subsampled<MixtureResult | CrossCatResult>).groups, data);
  const columns = data.features.length;
  return {
    given,
    path: resolve(given),
    sha256: source.sha256,
    text: source.text,
    name: basename(given),
    model,
    title: titleOf(options),
    size: `${formatCount(data.rows)} rows of ${formatCount(columns)} ${columns === 1 ? 'column' : 'columns'}${heldOut.length > 0 ? `, ${formatCount(heldOut.length)} of them held out` : ''}`,
    counts: { rows: data.rows, columns, heldOut: heldOut.length },
    notices: noticesOf(subject, options),
    objective: 'log joint',
    recipe: new URL(`${model}/recipe.js`, PROBLEMS).href,
    params({ burnIn }) {
      const params: MixtureParams | CrossCatParams = {
        data: training,
        ...process,
        samples: Math.max(2, Math.min(SAMPLES, Math.floor(SAMPLED_ROWS / seen.length))),
        ...(burnIn === null || burnIn === 0 ? {} : { burnIn }),
        ...(method === 'gibbs' || method === 'tempered' ? { start: 'prior' } : {}),
        ...(method === 'tempered' ? { tempered: true } : {}),
      };
      return params;
    },
    controls: method === 'tempered' ? ['fraction', 'temperature'] : ['fraction'],
    course: (said, lengths) => courseOfGroups(seen.length, method, said, lengths),
    watch: ['window', 'groups'],
    telling: ({ energy, signals: { window, groups } }) => [
      `log joint ${formatNumber(-energy, 7)}`,
      `${formatCount(groups ?? NaN)} groups`,
      ...(window !== undefined && window < seen.length ? [`${formatCount(window)} of ${formatCount(seen.length)} rows`] : []),
    ],
    worthOf: (result) => (result as Subsampled<unknown>).logJoint,
    // The log joint is of the rows in the window: of chains that were cut before they had all, that with more rows knows more.
    isBetter(one, than) {
      const [a, b] = [one, than] as [Subsampled<unknown>, Subsampled<unknown>];
      return a.window === b.window ? a.logJoint > b.logJoint : a.window > b.window;
    },
    drawsOf: (result, course) => foundOf(result, course).samples.map(({ logJoint }) => logJoint),
    likeness: {
      name: 'adjusted Rand index',
      of: (one, other) => inferred.likeness(kindsOf(one), kindsOf(other)),
    },
    async conclude(found, best, course) {
      const { concludeGroups } = await import('./groups-conclusion.ts');
      return concludeGroups(
        subject,
        training,
        found.map(({ result }) => foundOf(result, course)),
        found.findIndex(({ chain }) => chain === best),
      );
    },
  };
}

function subjectOf(
  given: string,
  options: InferenceOptions & { readonly model: 'mixture' | 'crosscat' },
  table: Table,
  tables: Tables,
  mixtures: Mixtures,
  inferred: InferredRoom,
): GroupsSubject {
  const { label, drop, kinds, model, splitSeed = 1 } = options;
  const dropped = drop === undefined ? [] : drop.split(',').map((name) => name.trim());
  if (label !== undefined && dropped.includes(label))
    throw new LehrError(
      'option',
      `--label is ${show(label)}, which --drop leaves out, expected one of them: a label is left out of the model anyway.`,
    );
  const truth = label === undefined ? null : tables.asCategories(tables.columnOf(table, label));
  const data = mixtures.mixtureData(table, {
    drop: [...dropped, ...(label === undefined ? [] : [label])],
    ...(kinds === undefined ? {} : { kinds: kindsFrom(kinds) }),
  });
  const share = options.heldOut ?? (table.rows >= FEW ? HELD_OUT : 0);
  const { training, test } =
    share > 0
      ? tables.split(table.rows, { seed: splitSeed, validation: 0, test: share })
      : { training: Int32Array.from({ length: table.rows }, (_, row) => row), test: new Int32Array(0) };
  if (training.length < 2)
    throw new LehrError(
      'input',
      `${given}: there are ${training.length} rows to group, expected at least 2.${share > 0 ? ' Maybe --held-out 0.' : ''}`,
    );
  return {
    given,
    model,
    table,
    data,
    seen: training,
    heldOut: test,
    label: truth === null ? null : { name: truth.name, codes: truth.codes, labels: truth.labels },
    tables,
    mixtures,
    inferred,
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

function titleOf({ model, alpha = 1, discount = 0, hyper = 'grid' }: InferenceOptions): string {
  const process = discount > 0 ? 'Pitman–Yor' : 'Dirichlet-process';
  const name = model === 'crosscat' ? `Cross-Categorization, ${process} mixtures` : `${process} mixture`;
  return hyper === 'fixed' ? `${name}, α = ${alpha}${discount > 0 ? `, d = ${discount}` : ''} and priors held` : name;
}

/** So many different labels, and as many as this share of the rows, are names rather than categories. */
const NAMES = 0.5;

/** What columns were taken for, and which look like names of rows. */
function noticesOf({ data, heldOut, label }: GroupsSubject, options: InferenceOptions): string[] {
  const byKind = new Map<string, string[]>();
  for (const { kind, name } of data.features) byKind.set(kind, [...(byKind.get(kind) ?? []), name]);
  const listed = [...byKind].map(
    ([kind, names]) => `${kind} ${names.slice(0, 6).join(', ')}${names.length > 6 ? ` … (${names.length})` : ''}`,
  );
  const odd = data.features.filter(
    (feature) =>
      ('labels' in feature ? feature.labels.length > NAMES * data.rows : isCounter(feature.values)) &&
      options.kinds?.includes(feature.name) !== true,
  );
  return [
    `columns: ${listed.join('; ')}${options.kinds === undefined ? ' (--kinds for others)' : ''}.`,
    ...odd.map(({ name }) => `column ${show(name)} looks as if it named or counted the rows: maybe --drop ${JSON.stringify(name)}.`),
    ...(label === null ? [] : [`column ${show(label.name)} is left out of the model and compared with what it finds.`]),
    ...(heldOut.length > 0 && options.heldOut === undefined
      ? [`${formatCount(heldOut.length)} rows are held out to judge by and put into the groups afterwards (--held-out 0 for none).`]
      : []),
  ];
}

/** Whether standardised numbers go up by equal steps from row to row. */
function isCounter(values: Float64Array): boolean {
  const step = values[1] - values[0];
  if (values.length < 10 || !(step > 0)) return false;
  for (let row = 2; row < values.length; row++) if (!(Math.abs(values[row] - values[row - 1] - step) < 1e-6 * step + 1e-12)) return false;
  return true;
}

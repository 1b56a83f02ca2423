import { basename, resolve } from 'node:path';
import type { Table } from '../../../problems/table/index.ts';
import { adjustedRand } from '../../experiment/agreement.ts';
import { LehrError, show } from '../../error.ts';
import { formatCount, formatCounted } from '../../report/terminal.ts';
import { isCounter } from './groups-subject.ts';
import { dealt } from './held-out.ts';
import type { InferenceOptions } from './infer-options.ts';
import type { Inference } from './inference.ts';
import { variationalInference } from './inference-variational.ts';
import { numbersOf, scaled, SPREAD, type ScaledRows } from '../options/numbers-of.ts';
import type { TableSource } from '../data/open-table.ts';
import { wayOf, type Heat, type UsualWay } from './variational-course.ts';

/** Modules of problems are loaded by URL: `src/` never imports one but for its types. */
const PROBLEMS = new URL('../../../problems/', import.meta.url);

/** Components where nothing is said; more rows than this are visited in minibatches. */
const COMPONENTS = 8;
const USUAL: UsualWay = { large: 1_000_000, batch: 10_000, noise: 'parameters' };
const HEAT: Heat = { temperature: 1.5, noiseScale: { local: 3, statistics: 1, parameters: 1, metropolis: 20 } };

export type TablesRoom = typeof import('../../../problems/table/index.ts');
export type MixturesRoom = typeof import('../../../problems/gaussian-mixture/index.ts');
export type InferredRoom = typeof import('../../../problems/inferred/index.ts');

/** Rows whose components are inferred, and how. */
export interface ComponentsSubject {
  readonly given: string;
  readonly table: Table;
  readonly rows: ScaledRows;
  readonly seen: Int32Array;
  readonly heldOut: Int32Array;
  readonly training: Float64Array;
  readonly options: {
    readonly components: number;
    readonly covariance: 'full' | 'diagonal';
    readonly spread: number;
    readonly concentration?: number;
  };
  readonly label: { readonly name: string; readonly codes: Int32Array; readonly labels: readonly string[] } | null;
  readonly rooms: { readonly tables: TablesRoom; readonly mixtures: MixturesRoom; readonly inferred: InferredRoom };
}

/** Components of a Gaussian mixture of a table's rows. */
export async function componentsInference(given: string, options: InferenceOptions, source: TableSource): Promise<Inference> {
  const [tables, mixtures, inferred] = (await Promise.all(
    ['table', 'gaussian-mixture', 'inferred'].map((room) => import(new URL(`${room}/index.js`, PROBLEMS).href)),
  )) as [TablesRoom, MixturesRoom, InferredRoom];
  const subject = subjectOf(given, options, source.table, { tables, mixtures, inferred });
  const { table, rows, training, seen, heldOut, options: own, label } = subject;
  const d = rows.columns.length;
  const model = mixtures.gaussianMixture(training, d, own);
  const partition = (parameters: Float64Array): Int32Array => mixtures.predictMixture(model.posterior(parameters), training).component;
  return variationalInference(
    {
      given,
      path: resolve(given),
      sha256: source.sha256,
      text: source.text,
      name: basename(given),
      model: 'gmm',
      title: `Gaussian mixture of ${formatCounted(own.components, 'component')}, ${own.covariance} covariances`,
      size: `${formatCount(table.rows)} rows${heldOut.length > 0 ? ` (${formatCount(heldOut.length)} held out)` : ''} of ${formatCounted(d, 'column')}`,
      counts: { rows: table.rows, columns: d, heldOut: heldOut.length },
      notices: [
        ...counters(rows).map((name) => `column ${show(name)} looks as if it counted the rows: maybe --drop ${JSON.stringify(name)}.`),
        ...(label === null ? [] : [`column ${show(label.name)} is left out of the model and compared with what it finds.`]),
        ...(heldOut.length > 0 && options.heldOut === undefined
          ? [`${formatCount(heldOut.length)} rows are held out to judge by (--held-out 0 for none).`]
          : []),
      ],
      recipe: new URL('gaussian-mixture/recipe.js', PROBLEMS).href,
      way: wayOf(seen.length, options, USUAL, 'rows'),
      heat: HEAT,
      params: { data: training, d, ...own },
      likeness: { name: 'adjusted Rand index', of: (one, other) => adjustedRand(partition(one), partition(other)) },
      conclude: async (found, best) => (await import('./components-conclusion.ts')).concludeComponents(subject, model, found, best),
    },
    options,
  );
}

function subjectOf(given: string, options: InferenceOptions, table: Table, rooms: ComponentsSubject['rooms']): ComponentsSubject {
  const { tables } = rooms;
  const { label, drop, components = COMPONENTS, covariance = 'full', alpha, spread = SPREAD } = options;
  const dropped = drop === undefined ? [] : drop.split(',').map((name) => name.trim());
  for (const name of dropped) tables.columnOf(table, name);
  if (label !== undefined && dropped.includes(label))
    throw new LehrError(
      'option',
      `--label is ${show(label)}, which --drop leaves out, expected one of them: a label is left out of the model anyway.`,
    );
  const truth = label === undefined ? null : tables.asCategories(tables.columnOf(table, label));
  const columns = table.columns.map(({ name }) => name).filter((name) => name !== label && !dropped.includes(name));
  if (columns.length === 0) throw new LehrError('input', `${given}: no column is left, expected at least one of numbers.`);
  const values = numbersOf(table, columns, (row) => tables.placeOf(table, row), 'drop');
  const { seen, heldOut } = dealt(given, table.rows, options, tables);
  if (components > seen.length)
    throw new LehrError('option', `--components is ${components}, expected at most ${seen.length}, the rows there are to learn from.`);
  const rows = scaled(values, columns, seen, given, (name) => `: --drop ${JSON.stringify(name)}`);
  const d = columns.length;
  const training = Float64Array.from({ length: seen.length * d }, (_, i) => rows.values[seen[Math.floor(i / d)] * d + (i % d)]);
  return {
    given,
    table,
    rows,
    seen,
    heldOut,
    training,
    options: { components, covariance, spread, ...(alpha === undefined ? {} : { concentration: alpha }) },
    label: truth === null ? null : { name: truth.name, codes: truth.codes, labels: truth.labels },
    rooms,
  };
}

/** Columns that go up by equal steps from row to row. */
function counters({ columns, values }: ScaledRows): string[] {
  const d = columns.length;
  return columns.filter((_, j) => isCounter(Float64Array.from({ length: values.length / d }, (__, row) => values[row * d + j])));
}

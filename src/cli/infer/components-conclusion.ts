import type { GaussianMixture, MixturePosterior, MixturePrediction } from '../../../problems/gaussian-mixture/index.ts';
import { svi } from '../../dynamics/svi.ts';
import { adjustedRand } from '../../experiment/agreement.ts';
import type { PlainTable } from '../../report/inference-record.ts';
import type { Matrix } from '../../report/matrix.ts';
import { formatCount, formatNumber, formatPercent } from '../../report/terminal.ts';
import { anneal } from '../../run/anneal.ts';
import { cell } from '../files/csv-cell.ts';
import { groupColumns, probabilityText } from './groups-assignments.ts';
import { labelTable } from './groups-told.ts';
import type { ComponentsSubject } from './inference-components.ts';
import { boundFacts, type FoundParameters } from './inference-variational.ts';
import type { Conclusion } from './inference.ts';
import { logScale } from '../options/numbers-of.ts';
import { reorderedBlocks } from './states-subject.ts';
import { gaussianTold } from './told-laws.ts';

/** Columns of a component on a terminal and on a page; labels of a column of truth that are a table for people. */
const BRIEF = 4;
const PAGE = 12;
const LABELS = 30;

/** The answer, its components those of more rows first. */
interface Answer {
  readonly law: MixturePosterior;
  readonly said: MixturePrediction;
  /** Rows of the table by their likeliest component. */
  readonly counts: Int32Array;
  /** Those with any row. */
  readonly occupied: number;
  readonly weights: Float64Array;
  readonly means: Float64Array;
  readonly covariances: Float64Array;
}

/** What chains found of the components of a table's rows. */
export function concludeComponents(
  subject: ComponentsSubject,
  model: GaussianMixture,
  found: readonly FoundParameters[],
  best: number,
): Conclusion {
  const { rows, seen, heldOut, label, rooms, options } = subject;
  const { parameters, bound } = found[best];
  const answer = answerOf(subject, model, parameters);
  const { said, occupied, counts } = answer;
  const judged = heldOut.length === 0 ? null : judge(subject, answer);
  const truth = label === null ? null : adjustedRand(said.component, label.codes);
  return {
    facts: [
      { label: 'components', value: `${occupied} of ${options.components}`, note: 'have rows' },
      ...boundFacts(found, best, [seen.length, 'row (columns in units of their deviations)']),
      ...(judged === null
        ? []
        : [
            {
              label: 'held out',
              value: `${formatNumber(judged.heldOut, 5)} nats a row`,
              note: `mean log posterior predictive density of ${formatCount(heldOut.length)} rows; with one component ${formatNumber(judged.one, 5)}`,
            },
          ]),
      ...(truth === null
        ? []
        : [{ label: `components against ${label!.name}`, value: formatNumber(truth, 3), note: 'adjusted Rand index' }]),
    ],
    figures: {
      bound,
      components: occupied,
      heldOut: judged?.heldOut ?? null,
      heldOutWithOneComponent: judged?.one ?? null,
      label: truth,
    },
    json: {
      columns: rows.columns,
      rows: Array.from(counts),
      weights: Array.from(answer.weights),
      means: Array.from(answer.means, (value, i) => value * rows.scales[i % rows.columns.length]),
    },
    brief: [componentsTable(subject, answer, '', BRIEF)],
    tables: [
      componentsTable(subject, answer, 'Components', PAGE),
      ...(label === null || label.labels.length > LABELS
        ? []
        : [labelTable('label', `Components against ${label.name}`, label.name, said.component, options.components, label)]),
    ],
    matrices: [matrixOf(subject, model, answer, found)],
    file: (inference, release) =>
      rooms.inferred.encodeInferred({
        lehr: 'inference',
        version: 1,
        release,
        model: 'gmm',
        columns: rows.columns,
        scales: rows.scales,
        law: answer.law,
        inference,
      }),
    assignments: () => assignmentsOf(subject, answer),
  };
}

function answerOf({ rows, rooms, options }: ComponentsSubject, model: GaussianMixture, parameters: Float64Array): Answer {
  const { predictMixture } = rooms.mixtures;
  const first = model.posterior(parameters);
  const sizes = countsOf(predictMixture(first, rows.values).component, options.components);
  const { weights, means, covariances } = model.describe(parameters);
  const order = Array.from(sizes, (_, k) => k).sort((a, b) => sizes[b] - sizes[a] || weights[b] - weights[a] || a - b);
  const law = { ...first, parameters: Array.from(reorderedBlocks(first.parameters, order)) };
  const said = predictMixture(law, rows.values);
  const counts = countsOf(said.component, options.components);
  const [w, m, c] = [weights, means, covariances].map((list) => reorderedBlocks(list, order));
  return { law, said, counts, occupied: counts.filter((count) => count > 0).length, weights: w, means: m, covariances: c };
}

function countsOf(component: Int32Array, components: number): Int32Array {
  const counts = new Int32Array(components);
  for (const k of component) counts[k]++;
  return counts;
}

/** Mean log posterior predictive density of a held-out row in the columns' own units, and that with a single component. */
function judge(
  { rows, heldOut, training, options, rooms }: ComponentsSubject,
  { said }: Answer,
): { readonly heldOut: number; readonly one: number } {
  const d = rows.columns.length;
  const { gaussianMixture, predictMixture } = rooms.mixtures;
  const model = gaussianMixture(training, d, { components: 1, covariance: options.covariance, spread: options.spread });
  const { parameters } = anneal({ dynamics: svi(model), controls: {}, budget: { steps: 2 }, block: 1, seed: 1 }).result;
  const one = predictMixture(model.posterior(parameters), rows.values).logDensity;
  const mean = (logs: Float64Array): number => heldOut.reduce((sum, row) => sum + logs[row], 0) / heldOut.length - logScale(rows.scales);
  return { heldOut: mean(said.logDensity), one: mean(one) };
}

function componentsTable({ rows }: ComponentsSubject, answer: Answer, heading: string, most: number): PlainTable {
  const { counts, occupied, weights, means, covariances } = answer;
  const { columns, scales } = rows;
  const block = (list: Float64Array, k: number): Float64Array => {
    const size = list.length / weights.length;
    return list.subarray(k * size, (k + 1) * size);
  };
  const empty = weights.length - occupied;
  return {
    id: 'components',
    heading,
    heads: [{ text: 'component' }, { text: 'rows', number: true }, { text: 'weight', number: true }, { text: 'mean ± standard deviation' }],
    rows: Array.from({ length: occupied }, (_, k) => ({
      head: String(k + 1),
      cells: [
        { text: formatCount(counts[k]), number: true },
        { text: formatPercent(weights[k]), number: true },
        { text: gaussianTold(block(means, k), block(covariances, k), columns, scales, most) },
      ],
    })),
    note: empty === 0 ? '' : `${formatCount(empty)} ${empty === 1 ? 'component has' : 'components have'} no rows.`,
  };
}

/** Which rows are together in how many chains. */
function matrixOf(
  { training, seen, rooms }: ComponentsSubject,
  model: GaussianMixture,
  { said, occupied }: Answer,
  found: readonly FoundParameters[],
): Matrix {
  const assignment = Int32Array.from(seen, (row) => said.component[row]);
  const width = said.probabilities.length / said.component.length;
  const probability = Float64Array.from(seen, (row, i) => said.probabilities[row * width + assignment[i]]);
  const chains = found.map(({ parameters }) => [
    { features: [0], assignment: rooms.mixtures.predictMixture(model.posterior(parameters), training).component },
  ]);
  const sizes = countsOf(assignment, width).slice(0, occupied);
  return rooms.inferred.rowMatrix({ features: [0], assignment, sizes }, chains, probability, {
    id: 'rows',
    title: 'Rows that are together',
  });
}

/** The table with the component of each row and how likely it is. */
function assignmentsOf({ table, rooms, seen }: ComponentsSubject, { said }: Answer): string {
  const names = table.columns.map(({ name }) => name);
  const { probabilities, how } = groupColumns(1, names);
  const component = names.includes('component') ? 'component_' : 'component';
  const learned = new Set(seen);
  const width = said.probabilities.length / said.component.length;
  const lines = Array.from({ length: table.rows }, (_, row) =>
    [
      ...table.columns.map((column) => cell(rooms.tables.cellText(column, row))),
      said.component[row] + 1,
      probabilityText(said.probabilities[row * width + said.component[row]]),
      learned.has(row) ? 'learned' : 'predicted',
    ].join(','),
  );
  return `${[[...names, component, ...probabilities, how].map(cell).join(','), ...lines].join('\n')}\n`;
}

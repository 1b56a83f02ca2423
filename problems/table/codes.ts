import { LehrError, show } from '../../src/error.ts';
import type { CategoryCode, NumberCode } from './encoder.ts';
import type { EncodeOptions } from './encode.ts';
import { leaksByName, likeness } from './leaks.ts';
import { columnOf, summarise, type CategoryColumn, type Column, type NumberColumn, type Table } from './table.ts';

/** Whole numbers with at most so many different values are classes, unless `task` says otherwise. */
export const CLASSES = 20;
/** A category column with more labels than this is no feature: it rather names its rows. */
const LABELS = 1000;
/** What columns of row numbers are called by those who write tables. */
const ROW_NAMES = /^(?:rownames?|row[ ._]names?|id|index|unnamed: \d+)$/i;

/** Why a column is left out that options say to leave out. */
export const ASKED = 'as asked';

/** What columns become, and which of them become nothing. */
export interface Codes {
  readonly columns: (NumberCode | CategoryCode)[];
  readonly dropped: { name: string; why: string }[];
  /** Number columns that rise or fall throughout with the target. */
  readonly alike: string[];
}

/**
 * What the columns beside the target become.
 * @throws LehrError `input` that names columns which repeat the target, unless `leaks` says otherwise.
 */
export function codesOf(table: Table, target: Column, training: Int32Array, options: EncodeOptions): Codes {
  const { drop = [], missing = 'impute', leaks = 'refuse', standardise = true } = options;
  if (missing !== 'impute' && missing !== 'indicator')
    throw new LehrError('option', `encode: missing is ${show(missing)}, expected 'impute' or 'indicator'.`);
  if (leaks !== 'refuse' && leaks !== 'drop' && leaks !== 'keep')
    throw new LehrError('option', `encode: leaks is ${show(leaks)}, expected 'refuse', 'drop' or 'keep'.`);
  for (const name of drop) columnOf(table, name);
  const columns: (NumberCode | CategoryCode)[] = [];
  const dropped: { name: string; why: string }[] = [];
  const leaking: string[] = [];
  const alike: string[] = [];
  for (const column of table.columns) {
    const { name } = column;
    if (column === target) continue;
    const why = drop.includes(name) ? ASKED : uselessOf(column, training, missing);
    if (why !== null) {
      dropped.push({ name, why });
      continue;
    }
    const like = likeness(column, target, training);
    const copies = leaksByName(name, target.name) ? 'name' : like === 'repeats' ? 'values' : null;
    if (copies !== null && leaks !== 'keep') {
      leaking.push(name);
      dropped.push({ name, why: `by its ${copies} it repeats the target` });
      continue;
    }
    if (like === 'monotone') alike.push(name);
    columns.push(column.kind === 'number' ? numberCode(column, training, missing, standardise) : categoryCode(column, training, missing));
  }
  if (leaking.length > 0 && leaks === 'refuse') {
    const reasons = dropped.filter(({ name }) => leaking.includes(name)).map(({ name, why }) => `${show(name)} (${why})`);
    throw new LehrError(
      'input',
      `${table.source?.path ?? 'table'}: the target ${show(target.name)} leaks into the features: ${reasons.slice(0, 8).join(', ')}; expected columns that are known before it. Maybe leave them out (leaks: 'drop'), or keep them (leaks: 'keep').`,
    );
  }
  return { columns, dropped, alike };
}

/** Why a column is no feature, or null. */
function uselessOf(column: Column, training: Int32Array, filling: string): string | null {
  const { type, distinct, missing } = summarise(column, training);
  if (type === 'missing') return 'it has no value in any training row';
  if (type === 'constant' && (missing === 0 || filling === 'impute')) return 'it is constant over the training rows';
  const different = distinct === training.length && distinct > 2;
  const whole = column.kind === 'category' || training.every((row) => Number.isInteger(column.values[row]));
  if (different && whole && (ROW_NAMES.test(column.name) || isCount(column))) return 'it numbers or names the rows';
  if (column.kind === 'category' && distinct > LABELS) return `it has ${distinct} categories, more than ${LABELS}`;
  if (column.kind === 'category' && different && distinct > CLASSES) return 'it is different in every training row';
  return null;
}

/** Whether a first column without a name counts the rows one by one. */
function isCount(column: Column): boolean {
  return column.name === 'x1' && column.kind === 'number' && column.values.every((value, row) => value === column.values[0] + row);
}

function numberCode({ name, values }: NumberColumn, training: Int32Array, missing: string, standardise: boolean): NumberCode {
  const { mean, deviation, gaps } = momentsOf(values, training);
  if (!Number.isFinite(mean + deviation))
    throw new LehrError(
      'input',
      `column ${show(name)} has mean ${mean} and deviation ${deviation}, expected numbers that can be added up.`,
    );
  const [centre, scale] = standardise && deviation > 0 ? [mean, deviation] : [0, 1];
  return { kind: 'number', name, fill: mean, centre, scale, indicator: missing === 'indicator' && gaps > 0 };
}

function categoryCode({ name, codes, labels }: CategoryColumn, training: Int32Array, missing: string): CategoryCode {
  const counts = new Int32Array(labels.length);
  let gaps = 0;
  for (const row of training) {
    if (codes[row] < 0) gaps++;
    else counts[codes[row]]++;
  }
  const seen = labels.filter((_, code) => counts[code] > 0);
  const most = labels.reduce((best, _, code) => (counts[code] > counts[best] ? code : best), 0);
  return { kind: 'category', name, labels: seen, fill: seen.indexOf(labels[most]), indicator: missing === 'indicator' && gaps > 0 };
}

/** Mean and standard deviation (dividing by the count) of the values that are there, in two passes; NaN and 0 where there are none. */
export function momentsOf(values: Float64Array, rows: Int32Array): { mean: number; deviation: number; gaps: number } {
  let count = 0;
  let sum = 0;
  for (const row of rows) {
    if (values[row] !== values[row]) continue;
    count++;
    sum += values[row];
  }
  const mean = sum / count;
  let squares = 0;
  for (const row of rows) {
    const off = values[row] - mean;
    if (off === off) squares += off * off;
  }
  return { mean, deviation: Math.sqrt(squares / count), gaps: rows.length - count };
}

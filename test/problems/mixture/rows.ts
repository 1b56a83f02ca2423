// Few rows of all kinds of columns, for the enumerating tests, in Lehr's form and in the plain one.
import type { Feature, MixtureData } from 'lehr/problems/mixture';
import type { Column } from './enumerate.ts';

export const COLUMNS: Record<string, Column> = {
  bernoulli: { kind: 'bernoulli', values: [0, 0, 1, 1, null, 1], labels: 2, hyper: [0.7, 0.4] },
  categorical: { kind: 'categorical', values: [2, 2, 0, 1, 1, null], labels: 3, hyper: [0.5] },
  complete: { kind: 'categorical', values: [0, 0, 1, 1, 0, 2], labels: 3, hyper: [0.8] },
  poisson: { kind: 'poisson', values: [0, 1, 14, 20, null, 3], hyper: [1.5, 0.3] },
  normal: { kind: 'normal', values: [-1.2, -0.9, 1.4, null, 0.2, 1.1], hyper: [0.1, 0.4, 0.6, 2.5] },
};

/** The columns of those names as data of a mixture, `times` over. */
export function dataOf(names: readonly string[], times = 1): MixtureData {
  const columns = names.map((name) => COLUMNS[name]);
  const rows = 6 * times;
  const discrete = columns.filter(({ kind }) => kind === 'bernoulli' || kind === 'categorical').length;
  const codes = new Uint8Array(rows * discrete);
  let place = 0;
  const features = columns.map((column, f): Feature => {
    const name = names[f];
    const value = (row: number): number | null => column.values[row % 6];
    if (column.kind === 'poisson' || column.kind === 'normal') {
      return { kind: column.kind, name, values: Float64Array.from({ length: rows }, (_, row) => value(row) ?? NaN), centre: 0, scale: 1 };
    }
    const at = place++;
    const { kind, labels: count } = column as Extract<Column, { labels: number }>;
    for (let row = 0; row < rows; row++) codes[row * discrete + at] = value(row) ?? count;
    const labels = Array.from({ length: count }, (_, v) => `v${v}`);
    return { kind, name, labels, column: at, gaps: column.values.includes(null) };
  });
  return { rows, features, codes };
}

/** Their hyperparameters, held. */
export function priorsOf(names: readonly string[]): Record<string, { start: number[] }> {
  return Object.fromEntries(names.map((name) => [name, { start: COLUMNS[name].hyper }]));
}

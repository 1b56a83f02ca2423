import { Report, type ReportData, type Row } from 'lehr/experiment';

/** A finished run. */
export function row(cell: string, seed: number | string, score: number, given: Partial<Row> = {}): Row {
  return { cell, seed, score, energy: score, steps: 100, evaluations: 100, seconds: 1, stopped: 'budget', error: null, ...given };
}

/** A run without numbers. */
export function failure(cell: string, seed: number | string): Row {
  const none = { score: null, energy: null, steps: null, evaluations: null, seconds: null };
  return { cell, seed, ...none, stopped: 'failed', error: 'planted' };
}

/** A report of rows. */
export function reportOf(rows: readonly Row[], given: Partial<ReportData> = {}): Report {
  const cells = [...new Set(rows.map(({ cell }) => cell))];
  const data = { cells, baseline: cells[0], objective: 'score', sense: 'min', seed: 1, unit: 'steps', target: null, curves: [] } as const;
  return new Report({ ...data, rows, ...given });
}

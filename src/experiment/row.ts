import { maybe } from '../closest.ts';
import { LehrError, show } from '../error.ts';
import type { PathPart } from '../random/seed.ts';
import { readJsonLines, record, type JsonLines } from '../report/json-lines.ts';
import type { Stopped } from '../run/outcome.ts';

/** One run of a comparison, as plain JSON. A run that failed has no numbers, and says why. */
export interface Row {
  readonly cell: string;
  /** The name of its stream, which all cells share. */
  readonly seed: PathPart;
  readonly score: number | null;
  readonly energy: number | null;
  readonly steps: number | null;
  readonly evaluations: number | null;
  readonly seconds: number | null;
  readonly stopped: Stopped | 'failed';
  readonly error: string | null;
}

const NUMBERS = ['score', 'energy', 'steps', 'evaluations', 'seconds'] as const;
const STOPPED: readonly string[] = ['budget', 'target', 'steps', 'seconds', 'stalled', 'settled', 'signal', 'interrupted', 'failed'];
const FIELDS: readonly string[] = ['cell', 'seed', ...NUMBERS, 'stopped', 'error'];

/** Whether a run came to its own end: neither failed nor interrupted. Only such runs are compared. */
export function finished(row: Row): boolean {
  return row.stopped !== 'failed' && row.stopped !== 'interrupted' && row.score !== null;
}

/** One run as a line of JSON, newline included. */
export function rowLine(row: Row): string {
  const { cell, seed, score, energy, steps, evaluations, seconds, stopped, error } = row;
  return `${JSON.stringify({ cell, seed, score, energy, steps, evaluations, seconds, stopped, error })}\n`;
}

/**
 * Reads rows. A last line that was cut while it was being written is left out, and told of in `torn`.
 * @throws LehrError `input`, beginning with `path:line: `.
 */
export function readRows(text: string, path: string): JsonLines<Row> {
  return readJsonLines(text, path, rowOf);
}

function rowOf(data: unknown, where: string): Row {
  const row = record(data, `${where}: the line`);
  const fail = (name: string, expected: string): never => {
    throw new LehrError('input', `${where}: ${name} is ${show(row[name])}, expected ${expected}`);
  };
  for (const name of Object.keys(row)) {
    if (!FIELDS.includes(name)) {
      throw new LehrError('input', `${where}: unknown field ${show(name)}, expected ${FIELDS.join(', ')}.${maybe(name, FIELDS)}`);
    }
  }
  if (typeof row.cell !== 'string') fail('cell', 'a string');
  if (typeof row.seed !== 'string' && typeof row.seed !== 'number') fail('seed', 'a string or a number');
  for (const name of NUMBERS) if (row[name] !== null && typeof row[name] !== 'number') fail(name, 'a number or null');
  if (!STOPPED.includes(row.stopped as string)) fail('stopped', `one of ${STOPPED.join(', ')}`);
  if (row.error !== null && typeof row.error !== 'string') fail('error', 'a string or null');
  return row as unknown as Row;
}

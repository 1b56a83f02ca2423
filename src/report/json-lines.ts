import { LehrError, show } from '../error.ts';

/** A last line that was cut while it was being written, and left out. */
export interface TornLine {
  readonly line: number;
  readonly text: string;
}

/** JSON Lines as read: one value per line, and the torn last line if there is one. */
export interface JsonLines<T> {
  readonly rows: readonly T[];
  readonly torn: TornLine | null;
}

/**
 * Reads JSON Lines. A last line without a newline that is not whole JSON was cut by a crash: it is left out and told of in `torn`.
 * @param rowOf makes a row of a line's value, or throws an `input` error that begins with `where`.
 * @throws LehrError `input`, beginning with `path:line: `, for any other line that is not JSON.
 */
export function readJsonLines<T>(text: string, path: string, rowOf: (value: unknown, where: string) => T): JsonLines<T> {
  const lines = text.split('\n');
  const last = lines.pop()!;
  const rows = lines.map((line, i) => rowOf(parse(line, `${path}:${i + 1}`), `${path}:${i + 1}`));
  if (last === '') return { rows, torn: null };
  const line = lines.length + 1;
  let data: unknown;
  try {
    data = JSON.parse(last);
  } catch {
    return { rows, torn: { line, text: last } };
  }
  rows.push(rowOf(data, `${path}:${line}`));
  return { rows, torn: null };
}

/** The value as an object. */
export function record(value: unknown, what: string): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new LehrError('input', `${what} is ${show(value)}, expected an object`);
}

function parse(line: string, where: string): unknown {
  if (line.trim() === '') throw new LehrError('input', `${where}: an empty line, expected a JSON object`);
  try {
    return JSON.parse(line);
  } catch (error) {
    throw new LehrError('input', `${where}: ${show(line)} is not JSON, expected one JSON object per line`, { cause: error });
  }
}

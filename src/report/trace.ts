import { maybe } from '../closest.ts';
import { LehrError, show } from '../error.ts';
import type { Progress, Stopped } from '../run/outcome.ts';
import { readJsonLines, record, type TornLine } from './json-lines.ts';

/** One line of a trace: which chain said it, and what. */
export interface TraceEntry {
  readonly chain: number;
  readonly progress: Progress;
}

/** A trace as read: `torn` tells of a last line that was cut while it was being written, and left out. */
export interface Trace {
  readonly entries: readonly TraceEntry[];
  readonly torn: TornLine | null;
}

/** Progress whose missing numbers (NaN, infinities) are null, as JSON holds them. */
export type ProgressJson = {
  readonly [K in keyof Progress]: Progress[K] extends number
    ? number | null
    : Progress[K] extends Stopped | null
      ? Progress[K]
      : Readonly<Record<string, number | null>>;
};

const COUNTS = ['leg', 'steps', 'evaluations'] as const;
const NUMBERS = ['t', 'seconds', 'energy', 'best', 'acceptance'] as const;
const TABLES = ['controls', 'signals'] as const;
const STOPPED: readonly Stopped[] = ['budget', 'target', 'steps', 'seconds', 'stalled', 'settled', 'signal', 'interrupted'];
const FIELDS: readonly string[] = ['chain', ...COUNTS, ...NUMBERS, ...TABLES, 'stopped'];

/** One report of one chain as a line of JSON, newline included. Numbers that are not finite become null. */
export function traceLine(chain: number, progress: Progress): string {
  const { leg, t, steps, evaluations, seconds, energy, best, acceptance, controls, signals, stopped } = progress;
  return `${JSON.stringify({ chain, leg, t, steps, evaluations, seconds, energy, best, acceptance, controls, signals, stopped })}\n`;
}

/** The traces of chains, one line a report. */
export function traceText(chains: readonly { readonly chain: number; readonly trace: readonly Progress[] }[]): string {
  return chains.flatMap(({ chain, trace }) => trace.map((progress) => traceLine(chain, progress))).join('');
}

/**
 * Reads a trace. A null number is read as NaN. A last line without a newline that is not whole JSON was cut by a crash: it is left out and told of
 * in `torn`; anything else that is not a trace line is an error.
 * @throws LehrError `input`, beginning with `path:line: `.
 */
export function readTrace(text: string, path: string): Trace {
  const { rows, torn } = readJsonLines(text, path, entryOf);
  return { entries: rows, torn };
}

function entryOf(data: unknown, where: string): TraceEntry {
  const row = record(data, `${where}: the line`);
  for (const name of Object.keys(row)) {
    if (!FIELDS.includes(name)) {
      throw new LehrError('input', `${where}: unknown field ${show(name)}, expected ${FIELDS.join(', ')}.${maybe(name, FIELDS)}`);
    }
  }
  for (const name of ['chain', ...COUNTS]) {
    if (!Number.isSafeInteger(row[name]) || (row[name] as number) < 0) {
      throw new LehrError('input', `${where}: ${name} is ${show(row[name])}, expected a whole number from 0`);
    }
  }
  for (const name of NUMBERS) number(row[name], `${where}: ${name}`);
  for (const name of TABLES) {
    for (const [key, value] of Object.entries(record(row[name], `${where}: ${name}`))) number(value, `${where}: ${name}.${key}`);
  }
  if (row.stopped !== null && !STOPPED.includes(row.stopped as Stopped)) {
    throw new LehrError('input', `${where}: stopped is ${show(row.stopped)}, expected null or one of ${STOPPED.join(', ')}`);
  }
  const { chain, ...progress } = row as unknown as ProgressJson & { chain: number };
  return { chain, progress: progressFromJson(progress) };
}

function number(value: unknown, what: string): void {
  if (value !== null && typeof value !== 'number') throw new LehrError('input', `${what} is ${show(value)}, expected a number or null`);
}

/** Progress with NaN where its JSON has null. */
export function progressFromJson(json: ProgressJson): Progress {
  const table = (values: Readonly<Record<string, number | null>>): Record<string, number> =>
    Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value ?? NaN]));
  return {
    leg: json.leg ?? NaN,
    t: json.t ?? NaN,
    steps: json.steps ?? NaN,
    evaluations: json.evaluations ?? NaN,
    seconds: json.seconds ?? NaN,
    energy: json.energy ?? NaN,
    best: json.best ?? NaN,
    acceptance: json.acceptance ?? NaN,
    controls: table(json.controls),
    signals: table(json.signals),
    stopped: json.stopped,
  };
}

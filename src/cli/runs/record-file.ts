import { LehrError, show } from '../../error.ts';
import type { ChainRecord } from './run-chains.ts';
import { readText } from '../files/read-input.ts';
import type { KeptVerb } from './checkpoints.ts';
import type { RunTask } from './task.ts';

const VERSION = 1;

/** What `--replay` needs: the task, and each chain's record. */
export interface RecordFile<T extends RunTask> {
  readonly task: T;
  readonly chains: readonly ChainRecord[];
}

/** A record of a verb's run as text. */
export function encodeRecord<T extends RunTask>(verb: KeptVerb, { task, chains }: RecordFile<T>): string {
  return `${JSON.stringify({ lehr: 'record', version: VERSION, verb, task, chains })}\n`;
}

/**
 * Reads the record of a run of a verb.
 * @throws LehrError `input` that begins with the path, for anything that is not one, or has nothing to repeat.
 */
export function readRecord<T extends RunTask>(path: string, verb: KeptVerb): RecordFile<T> {
  const { text } = readText(path, 'a record');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new LehrError(
      'input',
      `${path}: it is not JSON: ${(error as Error).message}, expected what --record wrote. Maybe the file is cut.`,
      { cause: error },
    );
  }
  const record = (value ?? {}) as { lehr?: unknown; version?: unknown; verb?: unknown; task?: T; chains?: unknown };
  const { lehr, version, task, chains } = record;
  if (lehr !== 'record' || typeof task !== 'object' || task === null || !Array.isArray(chains) || chains.length !== task.chains) {
    throw new LehrError('input', `${path}: it is no record of Lehr, expected what --record wrote.`);
  }
  if (version !== VERSION)
    throw new LehrError(
      'input',
      `${path}: the record has version ${show(version)}, expected ${VERSION}. Maybe another release of Lehr wrote it.`,
    );
  // Records written before `lehr train` wrote any do not say.
  const was = record.verb ?? 'solve';
  if (was !== verb)
    throw new LehrError(
      'input',
      `${path}: it is the record of a run of lehr ${String(was)}, expected one of lehr ${verb}. Maybe lehr ${String(was)} --replay ${path}.`,
    );
  if (chains.every((chain) => chain === null))
    throw new LehrError('input', `${path}: all chains of the run failed, expected at least one that can be repeated.`);
  return { task, chains: chains as ChainRecord[] };
}

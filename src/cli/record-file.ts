import { LehrError, show } from '../error.ts';
import type { ChainRecord } from './run-chains.ts';
import { readText } from './read-input.ts';
import type { Task } from './task.ts';

const VERSION = 1;

/** What `--replay` needs: the task, and each chain's record. */
export interface RecordFile {
  readonly task: Task;
  readonly chains: readonly ChainRecord[];
}

/** A record as text. */
export function encodeRecord({ task, chains }: RecordFile): string {
  return `${JSON.stringify({ lehr: 'record', version: VERSION, task, chains })}\n`;
}

/**
 * Reads a record.
 * @throws LehrError `input` that begins with the path, for anything that is not one.
 */
export function readRecord(path: string): RecordFile {
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
  const { lehr, version, task, chains } = (value ?? {}) as { lehr?: unknown; version?: unknown; task?: Task; chains?: unknown };
  if (lehr !== 'record' || typeof task !== 'object' || task === null || !Array.isArray(chains) || chains.length !== task.chains) {
    throw new LehrError('input', `${path}: it is no record of Lehr, expected what --record wrote.`);
  }
  if (version !== VERSION)
    throw new LehrError(
      'input',
      `${path}: the record has version ${show(version)}, expected ${VERSION}. Maybe another release of Lehr wrote it.`,
    );
  return { task, chains: chains as ChainRecord[] };
}

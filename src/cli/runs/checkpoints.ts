import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { LehrError, show } from '../../error.ts';
import { loadCheckpoint } from '../../parallel/checkpoint-file.ts';
import { encodeCheckpoint, type Checkpoint } from '../../run/checkpoint.ts';
import { reasonOf } from '../files/output.ts';
import { sha256 } from '../files/read-input.ts';
import type { RunTask } from './task.ts';

/**
 * The files in a checkpoint folder: what is run, a copy of the problem's text (or of the data), and where each chain is; its progress stands beside
 * (kept-traces.ts).
 */
const RUN = 'run.json';
const PROBLEM = 'problem.txt';
const VERSION = 1;

/** The verbs whose runs are kept. */
export type KeptVerb = 'solve' | 'train' | 'infer';

/** A run as its folder holds it. */
export interface KeptRun<T extends RunTask> {
  readonly task: T;
  /** The problem's text; null for a module or binary data, which must still be where they were. */
  readonly text: string | null;
  /** By chain; null for one that had not begun. */
  readonly chains: readonly (Checkpoint | null)[];
}

/**
 * Tries, before anything is loaded, that a new run may be kept in a folder, and creates it.
 * @throws LehrError `option` if it holds a run already, or cannot be written.
 */
export function createFolder(dir: string): void {
  try {
    mkdirSync(dir, { recursive: true });
  } catch (error) {
    throw new LehrError('option', `--checkpoint ${dir}: the folder cannot be made: ${reasonOf(error)}.`, { cause: error });
  }
  const there = readdirSync(dir);
  if (there.includes(RUN) || there.some((name) => /^chain-\d+\.json$/.test(name))) {
    throw new LehrError(
      'option',
      `--checkpoint ${dir}: it holds another run already, expected a new or empty folder. Maybe --resume ${dir}, which goes on with it.`,
    );
  }
}

/** Whether a folder is there, but was left before a run was written into it. */
export function isBlank(dir: string): boolean {
  return (
    existsSync(dir) &&
    statSync(dir).isDirectory() &&
    readdirSync(dir).every((name) => name === PROBLEM || name.startsWith(`${RUN}.`) || name.startsWith(`${PROBLEM}.`))
  );
}

/** Writes what is run; the problem's text before it, so that a folder with a run in it is whole. */
export function keepTask(dir: string, verb: KeptVerb, task: RunTask, text: string | null): void {
  writing(dir, () => {
    if (text !== null && !existsSync(join(dir, PROBLEM))) writeFileAtomic.sync(join(dir, PROBLEM), text);
    writeFileAtomic.sync(
      join(dir, RUN),
      `${JSON.stringify({ lehr: 'run', version: VERSION, verb, ...(text === null ? {} : { copy: sha256(text) }), task }, null, 1)}\n`,
    );
  });
}

/**
 * Reads a kept run of a verb.
 * @throws LehrError `option` if the folder holds none or another verb's, `checkpoint` that names the file if one is damaged.
 */
export function readKept<T extends RunTask>(dir: string, verb: KeptVerb): KeptRun<T> {
  if (!existsSync(dir)) throw new LehrError('option', `--resume ${dir}: no such folder, expected one that --checkpoint wrote.`);
  const path = join(dir, RUN);
  if (!existsSync(path)) {
    throw new LehrError(
      'option',
      `--resume ${dir}: it holds no run (${path} is missing), expected a folder that --checkpoint wrote. Maybe the run was killed before it began: start it again.`,
    );
  }
  const kept = parsed(path) as { lehr?: unknown; version?: unknown; verb?: unknown; task?: T; copy?: string };
  const { lehr, version, task, copy } = kept;
  if (lehr !== 'run' || typeof task !== 'object' || task === null)
    throw new LehrError('checkpoint', `${path}: it is no run of Lehr. Maybe the file was changed.`);
  if (version !== VERSION)
    throw new LehrError(
      'checkpoint',
      `${path}: it has version ${show(version)}, expected ${VERSION}. Maybe another release of Lehr wrote it.`,
    );
  // Folders written before `lehr train` was there do not say.
  const was = kept.verb ?? 'solve';
  if (was !== verb)
    throw new LehrError(
      'option',
      `--resume ${dir}: it holds a run of lehr ${String(was)}, expected one of lehr ${verb}. Maybe lehr ${String(was)} --resume ${dir}.`,
    );
  const chains = Array.from({ length: task.chains }, (_, i) => (existsSync(chainPath(dir, i)) ? loadCheckpoint(chainPath(dir, i)) : null));
  if (copy === undefined) return { task, text: null, chains };
  const problem = join(dir, PROBLEM);
  let text: string;
  try {
    text = readFileSync(problem, 'utf8');
  } catch (error) {
    throw new LehrError('checkpoint', `${problem}: ${reasonOf(error)}, expected the copy of the problem.`, { cause: error });
  }
  if (sha256(text) !== copy)
    throw new LehrError('checkpoint', `${problem}: its content is not what was written. Maybe the file was changed or cut.`);
  return { task, text, chains };
}

/** Takes away what a killed process left half-written beside the files of a run. */
export function sweepFolder(dir: string): void {
  for (const name of readdirSync(dir))
    if (/^(run\.json|problem\.txt|chain-\d+\.json|trace-\d+\.jsonl)\.\d+$/.test(name)) rmSync(join(dir, name), { force: true });
}

function parsed(path: string): object {
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
    if (typeof value === 'object' && value !== null) return value;
  } catch (error) {
    throw new LehrError('checkpoint', `${path}: it cannot be read: ${(error as Error).message}. Maybe the file is cut.`, { cause: error });
  }
  throw new LehrError('checkpoint', `${path}: it is no run of Lehr. Maybe the file was changed.`);
}

/** Writes the chains' checkpoints, each file atomically; of one chain's the latest, if they come faster than the disk takes them. */
export class CheckpointWriter {
  private readonly dir: string;
  private readonly waiting = new Map<number, Checkpoint>();
  private readonly busy = new Map<number, Promise<void>>();
  private failure: unknown = null;

  constructor(dir: string) {
    this.dir = resolve(dir);
  }

  write(chain: number, checkpoint: Checkpoint): void {
    this.waiting.set(chain, checkpoint);
    if (!this.busy.has(chain)) this.busy.set(chain, this.drain(chain));
  }

  /** Waits until all is on the disk; throws the first error there was. */
  async flush(): Promise<void> {
    await Promise.all(this.busy.values());
    if (this.failure !== null) throw this.failure;
  }

  private async drain(chain: number): Promise<void> {
    let next = this.waiting.get(chain);
    while (next !== undefined && this.failure === null) {
      this.waiting.delete(chain);
      try {
        await writeFileAtomic(chainPath(this.dir, chain), encodeCheckpoint(next));
      } catch (error) {
        this.failure = new LehrError('checkpoint', `${chainPath(this.dir, chain)}: cannot be written: ${reasonOf(error)}.`, {
          cause: error,
        });
      }
      next = this.waiting.get(chain);
    }
    this.busy.delete(chain);
  }
}

function chainPath(dir: string, chain: number): string {
  return join(dir, `chain-${chain}.json`);
}

function writing(dir: string, write: () => void): void {
  try {
    write();
  } catch (error) {
    throw new LehrError('option', `--checkpoint ${dir}: it cannot be written: ${reasonOf(error)}.`, { cause: error });
  }
}

import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { LehrError } from '../../error.ts';
import { stepsOf } from '../../parallel/drive.ts';
import { readTrace, traceLine } from '../../report/trace.ts';
import type { Checkpoint } from '../../run/checkpoint.ts';
import type { Progress } from '../../run/outcome.ts';
import { reasonOf } from '../files/output.ts';

/** Keeps each chain's progress beside its checkpoints, so that a resumed run can tell its whole course. */
export class TraceKeeper {
  private readonly dir: string;
  private readonly waiting = new Map<number, string>();

  constructor(dir: string) {
    this.dir = dir;
  }

  add(chain: number, progress: Progress): void {
    this.waiting.set(chain, (this.waiting.get(chain) ?? '') + traceLine(chain, progress));
  }

  /** Appends what was heard of a chain; to be called before its checkpoint is written, as what goes beyond that is not read again. */
  flush(chain: number): void {
    const lines = this.waiting.get(chain);
    if (lines === undefined) return;
    this.waiting.delete(chain);
    writing(this.dir, chain, (path) => appendFileSync(path, lines));
  }
}

/**
 * The kept progress of each chain up to its checkpoint. What went beyond it is taken out of the files: the resumed chain will tell it again.
 * @throws LehrError `checkpoint` that names the file, if it cannot be read or written.
 */
export function readKeptTraces(dir: string, chains: readonly (Checkpoint | null)[]): Progress[][] {
  return chains.map((checkpoint, chain) => {
    const path = tracePath(dir, chain);
    if (!existsSync(path)) return [];
    const { entries } = readTrace(readFileSync(path, 'utf8'), path);
    const steps = checkpoint === null ? -1 : stepsOf(checkpoint);
    const kept = entries
      .map(({ progress }) => progress)
      .filter((progress) => progress.steps <= steps && progress.stopped !== 'interrupted');
    if (kept.length < entries.length) {
      writing(dir, chain, () => writeFileAtomic.sync(path, kept.map((progress) => traceLine(chain, progress)).join('')));
    }
    return kept;
  });
}

function tracePath(dir: string, chain: number): string {
  return join(dir, `trace-${chain}.jsonl`);
}

function writing(dir: string, chain: number, write: (path: string) => void): void {
  const path = tracePath(dir, chain);
  try {
    write(path);
  } catch (error) {
    throw new LehrError('checkpoint', `${path}: cannot be written: ${reasonOf(error)}.`, { cause: error });
  }
}

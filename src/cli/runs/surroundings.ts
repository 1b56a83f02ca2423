import type { Checkpoint } from '../../run/checkpoint.ts';
import { CheckpointWriter } from './checkpoints.ts';
import { complain } from '../exit.ts';
import { readKeptTraces, TraceKeeper } from './kept-traces.ts';
import type { ProgressLines } from '../terminal/progress.ts';
import type { ChainRecord, Surroundings } from './run-chains.ts';

/** Seconds between two checkpoints. */
const CHECKPOINT_EVERY = 1;

/** What a run is surrounded by: its folder, if it has one, and how it goes on. */
export interface Around {
  readonly signal: AbortSignal;
  /** Where checkpoints go; null for none. */
  readonly folder: string | null;
  readonly lines: ProgressLines;
  readonly resume?: readonly (Checkpoint | null)[] | undefined;
  readonly replay?: readonly ChainRecord[] | undefined;
  readonly checkpointEvery?: number | undefined;
  readonly verbose?: boolean | undefined;
}

/** Runs something with progress shown, and checkpoints and progress kept where there is a folder for them. */
export async function surrounded<T>(around: Around, run: (surroundings: Surroundings) => Promise<T>): Promise<T> {
  const { signal, folder, lines, resume, replay, checkpointEvery = CHECKPOINT_EVERY, verbose = false } = around;
  const writer = folder === null ? null : new CheckpointWriter(folder);
  const keeper = folder === null ? null : new TraceKeeper(folder);
  try {
    return await run({
      signal,
      progress(chain, progress) {
        keeper?.add(chain, progress);
        lines.see(chain, progress);
      },
      ...(writer === null
        ? {}
        : {
            checkpoint: {
              every: checkpointEvery,
              write(chain, checkpoint) {
                keeper?.flush(chain);
                writer.write(chain, checkpoint);
              },
            },
          }),
      ...(resume === undefined ? {} : { resume, heard: readKeptTraces(folder!, resume) }),
      ...(replay === undefined ? {} : { replay }),
    });
  } finally {
    lines.end();
    // Whatever went wrong before is told rather than this.
    await writer?.flush().catch((error: unknown) => complain(error, verbose));
  }
}

import { readFileSync } from 'node:fs';
import writeFileAtomic from 'write-file-atomic';
import { LehrError } from '../error.ts';
import { decodeCheckpoint, encodeCheckpoint, type Checkpoint } from '../run/checkpoint.ts';

/**
 * Writes a checkpoint so that the file is the old one or the new one, whenever the process dies.
 * @throws LehrError `checkpoint` that names the path.
 */
export function saveCheckpoint(path: string, checkpoint: Checkpoint): void {
  try {
    writeFileAtomic.sync(path, encodeCheckpoint(checkpoint));
  } catch (error) {
    throw new LehrError('checkpoint', `${path}: the checkpoint cannot be written: ${(error as Error).message}.`, { cause: error });
  }
}

/**
 * Reads a checkpoint file.
 * @throws LehrError `checkpoint` that names the path, if it cannot be read or `saveCheckpoint` did not write it.
 */
export function loadCheckpoint(path: string): Checkpoint {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new LehrError('checkpoint', `${path}: the checkpoint cannot be read: ${(error as Error).message}.`, { cause: error });
  }
  try {
    return decodeCheckpoint(text);
  } catch (error) {
    throw new LehrError('checkpoint', `${path}: ${(error as Error).message}`, { cause: error });
  }
}

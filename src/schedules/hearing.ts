import type { Block } from '../dynamics/block.ts';
import type { Run } from './schedule.ts';

/** Names that `needs` may hold beside signals: fields of every block. */
export const FIELDS: readonly string[] = ['acceptance', 'energy', 'best'];

/** Where a name is found: the index of a signal, or below 0 for a field of the block. Plain data, for a memory. */
export function placeOf(run: Run, name: string): number {
  const field = FIELDS.indexOf(name);
  return field < 0 ? run.signal(name) : -1 - field;
}

/** What a block says of the name at that place; NaN for the acceptance of a block without proposals. */
export function heard(block: Block, place: number): number {
  if (place >= 0) return block.signals[place];
  if (place === -1) return block.accepted / block.proposed;
  return place === -2 ? block.energy : block.best;
}

/** Whether that is new: fields are in each block, a measure only where it was taken. */
export function isFresh(block: Block, place: number): boolean {
  return place < 0 || block.fresh[place] === 1;
}

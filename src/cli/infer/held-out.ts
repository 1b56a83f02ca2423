import { LehrError } from '../../error.ts';
import type { InferenceOptions } from './infer-options.ts';

/** A table of fewer rows is inferred from whole: a tenth of it would say little. */
const FEW = 100;
/** The share of the rows held out of larger ones. */
const HELD_OUT = 0.1;

/**
 * The rows that chains see, and those held out.
 * @param [one, many, use] what rows are called, and what they are for. @param least how many there must be to learn from.
 * @throws LehrError `option` for a share that leaves nothing on either side.
 */
export function dealt(
  given: string,
  rows: number,
  { heldOut, splitSeed = 1 }: InferenceOptions,
  { split }: typeof import('../../../problems/table/index.ts'),
  [one, many, use]: readonly [one: string, many: string, use: string] = ['row', 'rows', 'to group'],
  least = 2,
): { seen: Int32Array; heldOut: Int32Array } {
  const share = heldOut ?? (rows >= FEW ? HELD_OUT : 0);
  const fail = (expected: string): never => {
    throw new LehrError('option', `--held-out is ${share}, of ${rows} ${many}, expected ${expected}. Maybe --held-out 0.`);
  };
  if (!(share < 1)) fail('a share from 0 to below 1');
  if (rows < least) throw new LehrError('input', `${given}: there is ${rows} ${one} ${use}, expected at least ${least}.`);
  if (share === 0) return { seen: Int32Array.from({ length: rows }, (_, row) => row), heldOut: new Int32Array(0) };
  if (share * rows < 1) fail(`a share of one ${one} at least`);
  if (rows - share * rows < least) fail(`a share that leaves ${least === 1 ? `a ${one}` : `two ${many}`} ${use}`);
  const { training, test } = split(rows, { seed: splitSeed, validation: 0, test: share });
  return { seen: training, heldOut: test };
}

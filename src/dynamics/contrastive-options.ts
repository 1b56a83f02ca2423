import { maybe } from '../closest.ts';
import { LehrError, show } from '../error.ts';
import { checkAveraging, type Averaging } from './average.ts';
import type { ContrastiveModel } from './contrastive-model.ts';

/** How contrastive divergence goes about it. */
export interface ContrastiveOptions {
  /** Kernel steps from the data, the m of CD-m (1). */
  readonly m?: number;
  /** Rows a step; default: all of them, as in arXiv 1605.06220. */
  readonly batch?: number;
  /** Chains that go on from step to step in place of restarts at the data (PCD; Tieleman 2008): how many, or `true` for as many as the batch. */
  readonly persistent?: boolean | number;
  /** What is estimated at each time: the parameters themselves (`last`) or an average, which begins at step t₀ = `from` (0). */
  readonly average?: Averaging;
  readonly from?: number;
  /** Which estimate is the result: `best` (the default where there are held-out data): the one of least held-out loss when it was looked at; `last`: the one at the end. */
  readonly keep?: 'best' | 'last';
  /** Parameters are kept in a ball around 0 (by scaling) or a box (by cutting each). */
  readonly within?: { readonly ball: number } | { readonly box: number };
}

/** Options with their defaults. */
export interface ContrastiveChoices {
  readonly m: number;
  readonly batch: number;
  /** Persistent chains; 0 for restarts at the data. */
  readonly chains: number;
  readonly average: Averaging;
  readonly from: number;
  readonly keep: 'best' | 'last';
  readonly within: ContrastiveOptions['within'] | null;
}

const OPTIONS = ['m', 'batch', 'persistent', 'average', 'from', 'keep', 'within'];

/** The choices; an `option` error for those that make no sense for the model. */
export function choicesOf(model: ContrastiveModel, options: ContrastiveOptions): ContrastiveChoices {
  const { rows, evaluate } = model;
  for (const name of Object.keys(options))
    if (!OPTIONS.includes(name))
      throw new LehrError('option', `contrastive: unknown option ${show(name)}, expected ${OPTIONS.join(', ')}.${maybe(name, OPTIONS)}`);
  const { m = 1, batch = rows, persistent = false, average = 'last', from = 0, within = null } = options;
  const { keep = evaluate === undefined ? 'last' : 'best' } = options;
  checkCount('m', m, Infinity);
  checkCount('batch', batch, rows);
  const chains = persistent === false ? 0 : persistent === true ? batch : persistent;
  if (chains !== 0) checkCount('persistent', chains, Infinity);
  checkAveraging('contrastive', average, from);
  if (keep !== 'best' && keep !== 'last') throw new LehrError('option', `contrastive: keep is ${show(keep)}, expected 'best' or 'last'.`);
  if (keep === 'best' && evaluate === undefined)
    throw new LehrError('option', `contrastive: keep is 'best', but ${model.name} has no held-out data to choose by, expected 'last'.`);
  const [kind, radius] = Object.entries(within ?? {})[0] ?? [];
  if (within !== null && !((kind === 'ball' || kind === 'box') && (radius as number) > 0))
    throw new LehrError('option', `contrastive: within is ${show(within)}, expected { ball: … } or { box: … }, above 0.`);
  return { m, batch, chains, average, from, keep, within };
}

function checkCount(name: string, value: unknown, most: number): void {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 1 && value <= most) return;
  throw new LehrError(
    'option',
    `contrastive: ${name} is ${show(value)}, expected a whole number from 1${most === Infinity ? ' on' : ` to ${most}`}.`,
  );
}

import { maybe } from '../../closest.ts';
import { LehrError, show } from '../../error.ts';
import { adagrad, rmsprop } from './adaptive.ts';
import { adam, adamW } from './adam.ts';
import { momentum, nesterov, sgd } from './descent.ts';
import { sgld } from './langevin.ts';
import type { Optimizer } from './optimizer.ts';

/** An optimiser as plain data: its name, and its options beside it. */
export type OptimizerSpec = string | { readonly name: string; readonly [option: string]: unknown };

const OPTIMIZERS: Readonly<Record<string, (options: any) => Optimizer>> = { sgd, momentum, nesterov, adagrad, rmsprop, adam, adamW, sgld };

/** The names of all optimisers. */
export const OPTIMIZER_NAMES: readonly string[] = Object.keys(OPTIMIZERS);

/** Values for controls that a run does not set: PyTorch's decay for AdamW, the usual momentum, and no noise. */
export const USUAL_CONTROLS: Readonly<Record<string, number>> = { momentum: 0.9, decay: 0.01, temperature: 0 };

/** The optimiser that plain data names, `'adam'` or `{ name: 'adam', beta2: 0.99 }`; case and hyphens do not count. An `option` error for others. */
export function optimizerFrom(spec: OptimizerSpec): Optimizer {
  const { name, ...options } = typeof spec === 'string' ? { name: spec } : (spec ?? {});
  const fold = (text: string): string => text.replaceAll(/[-_\s]/g, '').toLowerCase();
  const found = typeof name === 'string' ? OPTIMIZER_NAMES.find((each) => fold(each) === fold(name)) : undefined;
  if (found !== undefined) return OPTIMIZERS[found](options);
  throw new LehrError(
    'option',
    `optimizer is ${show(name ?? spec)}, expected ${OPTIMIZER_NAMES.join(', ')}.${typeof name === 'string' ? maybe(name, OPTIMIZER_NAMES) : ''}`,
  );
}

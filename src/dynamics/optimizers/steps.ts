import type { Weights } from '../model.ts';
import { wasmOver } from '../wasm.ts';
import { STEPS_WASM } from './steps-wasm.ts';

/** What the module exports; addresses are in bytes, n is how many weights. The plain loops of the optimisers are its oracles. */
export interface Steps {
  sgd(w: number, g: number, n: number, rate: number, l2: number): void;
  heavy(w: number, g: number, v: number, n: number, rate: number, keep: number, l2: number, ahead: boolean): void;
  adagrad(w: number, g: number, s: number, n: number, rate: number, eps: number, l2: number): void;
  rmsprop(
    w: number,
    g: number,
    s: number,
    m: number,
    v: number,
    n: number,
    rate: number,
    alpha: number,
    eps: number,
    keep: number,
    l2: number,
    centred: boolean,
  ): void;
  adam(
    w: number,
    g: number,
    m: number,
    s: number,
    n: number,
    size: number,
    beta1: number,
    beta2: number,
    bias: number,
    eps: number,
    l2: number,
    shrink: number,
  ): void;
}

/** Steps with SIMD, where weights, gradient and moments are f32 in one memory of a kernel; null elsewhere. The same bits as the plain loops. */
export function stepsOver(weights: Weights, gradient: Weights, moments: readonly Weights[]): Steps | null {
  const { buffer } = weights;
  if (!(weights instanceof Float32Array) || gradient.buffer !== buffer) return null;
  for (let i = 0; i < moments.length; i++) if (moments[i].buffer !== buffer) return null;
  return wasmOver<Steps>(STEPS_WASM, weights);
}

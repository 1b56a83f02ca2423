import { HOPELESS } from './acceptance.ts';

/** A 32-bit draw shifted right by this indexes the tables below: its top 12 bits. */
export const SHIFT = 20;

const SIZE = 1 << (32 - SHIFT);

/**
 * Bounds of −ln u, u = draw / 2³², by the draw's top bits, a hair wide so that rounding cannot cross them: where ΔE / T is below the low one `accepts`
 * surely accepts, above the high one it surely rejects, and only in between need it be asked. A sweep that draws before it computes ΔE can
 * give a proposal up as soon as some lower bound of ΔE exceeds HIGH[draw >>> SHIFT] · T.
 */
export const LOW = new Float64Array(SIZE);
export const HIGH = new Float64Array(SIZE);
for (let k = 0; k < SIZE; k++) {
  LOW[k] = -Math.log((k + 1) / SIZE) * (1 - 1e-9) - 1e-12;
  HIGH[k] = k === 0 ? HOPELESS + 1 : -Math.log(k / SIZE) * (1 + 1e-9) + 1e-12;
}

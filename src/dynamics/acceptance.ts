import { expMinus } from './exp.ts';

/** Beyond this ΔE / T a 32-bit draw cannot accept: 32 ln 2, rounded up. */
export const HOPELESS = 22.2;

/**
 * The Metropolis test for a move that raises the energy, decided with one 32-bit draw: true iff draw < 2³² · e^−x, x = ΔE / T > 0
 * (Metropolis et al. 1953). The bounds 1 − x ≤ e^−x ≤ 1 / (1 + x + x²/2) decide most draws without an exponential; they never decide
 * otherwise than it would.
 */
export function accepts(x: number, draw: number): boolean {
  const u = draw * 2.3283064365386963e-10; // 2⁻³², exact
  if (u < 1 - x) return true;
  if (u * (1 + x + 0.5 * x * x) >= 1) return false;
  return u < expMinus(x);
}

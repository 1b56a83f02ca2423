import psi from '@stdlib/math-base-special-digamma';
import logGamma from '@stdlib/math-base-special-gammaln';

/** ψ(x) = d ln Γ(x) / dx, the library's: some 15 to 35 ns. */
export const digamma: (x: number) => number = psi;

/** ln Γ(x) for x > 0, the library's: some 40 ns. */
export const lgamma: (x: number) => number = logGamma;

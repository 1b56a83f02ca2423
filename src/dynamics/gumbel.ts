import type { Rng } from '../random/rng.ts';

const COUNT = 65_536;
let quantiles: Float64Array | undefined;

/** The Gumbel law's quantiles at (i + ½) / 65 536, from −2.5 to 11.8: what a draw of 16 bits picks from. Their mean is Euler's constant to four digits. */
function table(): Float64Array {
  return (quantiles ??= Float64Array.from({ length: COUNT }, (_, i) => -Math.log(-Math.log((i + 0.5) / COUNT))));
}

/**
 * Adds `scale` times a Gumbel number to each of `values[from]` … `values[to − 1]`. Two numbers come from each 32-bit draw, a lone last one from a draw of its own: for noise
 * whose far tail does not matter, at a fraction of the cost of `rng.gumbel`.
 */
export function addGumbel(values: Float64Array, from: number, to: number, scale: number, rng: Rng): void {
  const law = table();
  let i = from;
  for (; i + 1 < to; i += 2) {
    const draw = rng.uint32();
    values[i] += scale * law[draw & 0xffff];
    values[i + 1] += scale * law[draw >>> 16];
  }
  if (i < to) values[i] += scale * law[rng.uint32() & 0xffff];
}

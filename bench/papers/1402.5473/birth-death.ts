/** A chain on 0 … n that goes up or down by one, or stays: `up[k]` and `down[k]` are its probabilities at k. */
export interface BirthDeath {
  readonly up: Float64Array;
  readonly down: Float64Array;
}

/**
 * The rows in the first of two groups, under Gibbs moves of rows picked at random whose values say nothing: each joins a group in proportion to its other rows plus a (symmetric Dirichlet
 * prior; a Moran process with mutation).
 */
export function flatChain(rows: number, a: number): BirthDeath {
  return chainOf(rows, (k) => (k + a) / (rows - 1 + 2 * a));
}

/**
 * The spins up of a mean-field double well under heat-bath moves of spins picked at random: a spin is up with probability 1 / (1 + e^(−2 (J m + h))), m the sum of the others over the
 * number of all.
 */
export function wellChain(spins: number, coupling: number, field: number): BirthDeath {
  return chainOf(spins, (k) => upProbability(k, spins - 1 - k, coupling, field));
}

/** The probability that a spin is up beside so many others that are up and down. */
export function upProbability(up: number, down: number, coupling: number, field: number): number {
  const mean = (up - down) / (up + down + 1);
  return 1 / (1 + Math.exp(-2 * (coupling * mean + field)));
}

/** @param joins the probability that a row joins the first group when k of the other rows are in it. */
function chainOf(rows: number, joins: (k: number) => number): BirthDeath {
  const up = new Float64Array(rows + 1);
  const down = new Float64Array(rows + 1);
  for (let k = 0; k <= rows; k++) {
    if (k < rows) up[k] = ((rows - k) / rows) * joins(k);
    if (k > 0) down[k] = (k / rows) * (1 - joins(k - 1));
  }
  return { up, down };
}

/**
 * The spectral gap, 1 less the second largest eigenvalue: the second smallest eigenvalue of 1 − P made symmetric, by bisection on the signs of its leading minors (Sturm's
 * sequence). Its inverse is the relaxation time in moves.
 */
export function spectralGap({ up, down }: BirthDeath): number {
  const n = up.length;
  const below = (x: number): number => {
    let count = 0;
    let pivot = 1;
    for (let k = 0; k < n; k++) {
      const coupled = k === 0 ? 0 : (up[k - 1] * down[k]) / pivot;
      pivot = up[k] + down[k] - x - coupled;
      if (pivot === 0) pivot = -1e-300;
      if (pivot < 0) count++;
    }
    return count;
  };
  let [low, high] = [0, 2];
  for (let i = 0; i < 100; i++) {
    const middle = (low + high) / 2;
    if (below(middle) >= 2) high = middle;
    else low = middle;
  }
  return (low + high) / 2;
}

/** The expected number of moves from `from` up to `to`: the sum over k of the time from k to k + 1, which is (1 + down[k] · that from k − 1) / up[k]. */
export function escapeTime({ up, down }: BirthDeath, from: number, to: number): number {
  let [each, sum] = [0, 0];
  for (let k = 0; k < to; k++) {
    each = (1 + down[k] * each) / up[k];
    if (k >= from) sum += each;
  }
  return sum;
}

/** The law after one move. */
export function moved({ up, down }: BirthDeath, law: Float64Array): Float64Array {
  const n = law.length;
  const next = new Float64Array(n);
  for (let k = 0; k < n; k++) {
    next[k] += law[k] * (1 - up[k] - down[k]);
    if (k + 1 < n) next[k + 1] += law[k] * up[k];
    if (k > 0) next[k - 1] += law[k] * down[k];
  }
  return next;
}

/** The law of the rows in the first group when `rows` were added one after the other, each to a group in proportion to its rows plus a: Pólya's urn. */
export function urn(rows: number, a: number): Float64Array {
  let law = Float64Array.of(1);
  for (let n = 0; n < rows; n++) {
    const next = new Float64Array(n + 2);
    for (let k = 0; k <= n; k++) {
      const joins = (k + a) / (n + 2 * a);
      next[k + 1] += law[k] * joins;
      next[k] += law[k] * (1 - joins);
    }
    law = next;
  }
  return law;
}

/** The law that Gibbs moves lead to: by detailed balance. */
export function stationary({ up, down }: BirthDeath): Float64Array {
  const law = new Float64Array(up.length);
  law[0] = 1;
  let sum = 1;
  for (let k = 1; k < law.length; k++) {
    law[k] = (law[k - 1] * up[k - 1]) / down[k];
    sum += law[k];
  }
  return law.map((p) => p / sum);
}

/** Half the sum of absolute differences. */
export function totalVariation(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, p, k) => sum + Math.abs(p - b[k]), 0) / 2;
}

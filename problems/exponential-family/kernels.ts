import { LehrError, show } from '../../src/error.ts';
import type { Rng } from '../../src/random/rng.ts';
import { stridesOf, type FiniteFamily } from './family.ts';

/**
 * Markov kernels that leave a family's law invariant. `random-scan`: one Gibbs update of a random site a step; `systematic`: of every site in their order;
 * `block`: of each block of sites, jointly, in the order given; `metropolis`: another value for a random site, accepted with probability min(1, p(y) / p(x)).
 */
export type KernelSpec =
  | { readonly kernel: 'random-scan' }
  | { readonly kernel: 'systematic' }
  | { readonly kernel: 'block'; readonly blocks: readonly (readonly number[])[] }
  | { readonly kernel: 'metropolis' };

/** A kernel on the states of a family, at given probabilities. */
export interface FiniteKernel {
  /** The state after one step from `state`. */
  step(shares: Float64Array, state: number, rng: Rng): number;
  /** Writes the transition matrix, states × states, row by row. */
  matrix(shares: Float64Array, out: Float64Array): void;
}

/** The kernel of a spec. @throws LehrError `option` for another, and for blocks that are not made of the sites. */
export function kernelOf(family: FiniteFamily, spec: KernelSpec): FiniteKernel {
  switch (spec.kernel) {
    case 'random-scan':
      return randomScan(family);
    case 'systematic':
      return updates(
        family,
        family.radix.map((_, site) => [site]),
      );
    case 'block':
      checkBlocks(family, spec.blocks);
      return updates(family, spec.blocks);
    case 'metropolis':
      return metropolis(family);
    default:
      throw new LehrError('option', `kernel is ${show(spec)}, expected random-scan, systematic, block or metropolis.`);
  }
}

function checkBlocks({ radix, name }: FiniteFamily, blocks: readonly (readonly number[])[]): void {
  const sites = blocks.flat();
  const sound = sites.every((site) => Number.isInteger(site) && site >= 0 && site < radix.length) && new Set(sites).size === radix.length;
  if (!sound || sites.length !== radix.length || blocks.some((block) => block.length === 0))
    throw new LehrError(
      'option',
      `${name}: blocks are ${show(blocks)}, expected each of the sites 0 to ${radix.length - 1} in one of them.`,
    );
}

/** What the joint values of some sites add to a state's number in which these are 0, each in turn. */
function offsetsOf({ radix }: FiniteFamily, sites: readonly number[]): Int32Array {
  const strides = stridesOf(radix);
  let offsets = [0];
  for (const site of sites)
    offsets = offsets.flatMap((offset) => Array.from({ length: radix[site] }, (_, v) => offset + v * strides[site]));
  return Int32Array.from(offsets);
}

/** For each state, the same with some sites at 0. */
function basesOf({ radix, states }: FiniteFamily, sites: readonly number[]): Int32Array {
  const strides = stridesOf(radix);
  return Int32Array.from({ length: states }, (_, x) =>
    sites.reduce((base, site) => base - (Math.floor(x / strides[site]) % radix[site]) * strides[site], x),
  );
}

/** Draws one of the states base + offsets by their shares. */
function redraw(shares: Float64Array, base: number, offsets: Int32Array, rng: Rng): number {
  let sum = 0;
  for (let v = 0; v < offsets.length; v++) sum += shares[base + offsets[v]];
  const goal = rng.uniform() * sum;
  let below = 0;
  let last = base + offsets[0];
  for (let v = 0; v < offsets.length; v++) {
    const share = shares[base + offsets[v]];
    if (share === 0) continue;
    last = base + offsets[v];
    below += share;
    if (goal < below) return last;
  }
  return last;
}

/** Writes the matrix of one Gibbs update of some sites, times `weight`, on top of what is there. */
function addUpdate(shares: Float64Array, bases: Int32Array, offsets: Int32Array, weight: number, out: Float64Array): void {
  const states = bases.length;
  for (let x = 0; x < states; x++) {
    let sum = 0;
    for (let v = 0; v < offsets.length; v++) sum += shares[bases[x] + offsets[v]];
    for (let v = 0; v < offsets.length; v++) out[x * states + bases[x] + offsets[v]] += (weight * shares[bases[x] + offsets[v]]) / sum;
  }
}

function randomScan(family: FiniteFamily): FiniteKernel {
  const sites = family.radix.length;
  const offsets = family.radix.map((_, site) => offsetsOf(family, [site]));
  const bases = family.radix.map((_, site) => basesOf(family, [site]));
  return {
    step(shares, state, rng) {
      const site = rng.below(sites);
      return redraw(shares, bases[site][state], offsets[site], rng);
    },
    matrix(shares, out) {
      out.fill(0);
      for (let site = 0; site < sites; site++) addUpdate(shares, bases[site], offsets[site], 1 / sites, out);
    },
  };
}

/** Gibbs updates of blocks of sites, one after the other. */
function updates(family: FiniteFamily, blocks: readonly (readonly number[])[]): FiniteKernel {
  const { states } = family;
  const offsets = blocks.map((sites) => offsetsOf(family, sites));
  const bases = blocks.map((sites) => basesOf(family, sites));
  const row = new Float64Array(states);
  return {
    step(shares, state, rng) {
      for (let k = 0; k < offsets.length; k++) state = redraw(shares, bases[k][state], offsets[k], rng);
      return state;
    },
    matrix(shares, out) {
      // Row x: the law after each update in turn, begun at x. An update gathers what is in each set of states it may mix, and spreads it by their shares.
      for (let x = 0; x < states; x++) {
        row.fill(0);
        row[x] = 1;
        for (let k = 0; k < offsets.length; k++) spread(shares, bases[k], offsets[k], row);
        out.set(row, x * states);
      }
    },
  };
}

function spread(shares: Float64Array, bases: Int32Array, offsets: Int32Array, row: Float64Array): void {
  for (let x = 0; x < row.length; x++) {
    if (bases[x] !== x) continue;
    let mass = 0;
    let sum = 0;
    for (let v = 0; v < offsets.length; v++) {
      mass += row[x + offsets[v]];
      sum += shares[x + offsets[v]];
    }
    if (mass === 0) continue;
    for (let v = 0; v < offsets.length; v++) row[x + offsets[v]] = (mass * shares[x + offsets[v]]) / sum;
  }
}

/** A proposal is another value of a random site, all equally likely; sites of one value propose nothing. */
function metropolis(family: FiniteFamily): FiniteKernel {
  const { radix, states } = family;
  const strides = stridesOf(radix);
  const other = (state: number, site: number, by: number): number => {
    const value = Math.floor(state / strides[site]) % radix[site];
    return state + (((value + by) % radix[site]) - value) * strides[site];
  };
  return {
    step(shares, state, rng) {
      const site = rng.below(radix.length);
      if (radix[site] === 1) return state;
      const proposed = other(state, site, 1 + rng.below(radix[site] - 1));
      return rng.uniform() * shares[state] < shares[proposed] ? proposed : state;
    },
    matrix(shares, out) {
      out.fill(0);
      for (let x = 0; x < states; x++) {
        let stay = 1;
        for (let site = 0; site < radix.length; site++) {
          for (let by = 1; by < radix[site]; by++) {
            const y = other(x, site, by);
            const move = Math.min(1, shares[y] / shares[x]) / (radix.length * (radix[site] - 1));
            out[x * states + y] += move;
            stay -= move;
          }
        }
        out[x * states + x] += stay;
      }
    },
  };
}

/** Writes the m-th power of a states × states matrix to `out`, by repeated squaring; `scratch` holds two more of them. */
export function powerInto(matrix: Float64Array, states: number, m: number, out: Float64Array, scratch: Float64Array): void {
  const length = states * states;
  let square = scratch.subarray(0, length);
  let product = scratch.subarray(length, 2 * length);
  square.set(matrix);
  let begun = false;
  let rest = m;
  for (;;) {
    if (rest % 2 === 1) {
      if (begun) {
        multiply(out, square, product, states);
        out.set(product);
      } else out.set(square);
      begun = true;
    }
    rest = Math.floor(rest / 2);
    if (rest === 0) return;
    multiply(square, square, product, states);
    [square, product] = [product, square];
  }
}

function multiply(a: Float64Array, b: Float64Array, out: Float64Array, n: number): void {
  out.fill(0);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < n; k++) {
      const left = a[i * n + k];
      if (left === 0) continue;
      for (let j = 0; j < n; j++) out[i * n + j] += left * b[k * n + j];
    }
  }
}

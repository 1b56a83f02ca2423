import { expand, type PathPart, type Seed } from './seed.ts';
import { LehrError, show } from '../error.ts';

/** A generator's state as plain data: the name of its stream and its four 32-bit words. */
export interface RngState {
  readonly seed: Seed;
  readonly path: readonly PathPart[];
  readonly words: readonly [number, number, number, number];
}

/**
 * The one random generator of Lehr: sfc32 (Chris Doty-Humphrey's "small fast counting" generator, PractRand), seeded through named
 * streams. One concrete class on purpose: a second one would make every call site in a sweep polymorphic (about 60 % slower).
 * The four words are public 32-bit integers so that a kernel can hold them in locals and write them back once.
 */
export class Rng {
  a: number;
  b: number;
  c: number;
  /** The counter word. */
  d: number;
  readonly seed: Seed;
  readonly path: readonly PathPart[];

  constructor(seed: Seed, path: readonly PathPart[], words: ArrayLike<number>) {
    this.a = words[0] | 0;
    this.b = words[1] | 0;
    this.c = words[2] | 0;
    this.d = words[3] | 0;
    this.seed = seed;
    this.path = path;
  }

  /** An integer, uniform on 0 … 2³² − 1. */
  uint32(): number {
    const t = (((this.a + this.b) | 0) + this.d) | 0;
    this.d = (this.d + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = ((this.c << 21) | (this.c >>> 11)) + t | 0;
    return t >>> 0;
  }

  /** A double, uniform on the multiples of 2⁻⁵³ in [0, 1); two draws. */
  uniform(): number {
    const high = this.uint32() >>> 5;
    const low = this.uint32() >>> 6;
    return (high * 67108864 + low) / 9007199254740992;
  }

  /**
   * An integer, uniform on 0 … n − 1 without bias: Lemire's multiply-and-reject (arXiv 1805.10941). The product of a 32-bit draw and
   * n ≤ 2²¹ is exact in a double, so the common path is one multiplication; larger n falls back to masked rejection.
   * @param n 1 … 2³².
   */
  below(n: number): number {
    if (n <= 2097152 && n >= 1) {
      let product = this.uint32() * n;
      let high = (product * 2.3283064365386963e-10) | 0; // 2⁻³², exact
      let low = product - high * 4294967296;
      if (low < n) {
        const threshold = 4294967296 % n;
        while (low < threshold) {
          product = this.uint32() * n;
          high = (product * 2.3283064365386963e-10) | 0;
          low = product - high * 4294967296;
        }
      }
      return high;
    }
    return this.belowLarge(n);
  }

  private belowLarge(n: number): number {
    if (!(n >= 1 && n <= 4294967296) || n !== Math.floor(n)) {
      throw new LehrError('option', `below(n): n is ${show(n)}, expected an integer from 1 to 4294967296.`);
    }
    const mask = 0xffffffff >>> Math.clz32(n - 1);
    let draw = (this.uint32() & mask) >>> 0;
    while (draw >= n) draw = (this.uint32() & mask) >>> 0;
    return draw;
  }

  /** A standard normal number: Marsaglia's polar method (1964), its second value thrown away so that the state stays four words. */
  normal(): number {
    for (;;) {
      const x = 2 * this.uniform() - 1;
      const y = 2 * this.uniform() - 1;
      const r = x * x + y * y;
      if (r < 1 && r > 0) return x * Math.sqrt((-2 * Math.log(r)) / r);
    }
  }

  /** An exponential number of mean 1, by inversion; always finite. */
  exponential(): number {
    return -Math.log(1 - this.uniform());
  }

  /** A standard Gumbel number, −ln(−ln U), by inversion; always finite. */
  gumbel(): number {
    let e = this.exponential();
    while (e === 0) e = this.exponential();
    return -Math.log(e);
  }

  /** The stream whose path is this one's, extended: it depends on names only, never on what was drawn before. */
  child(...path: PathPart[]): Rng {
    return stream(this.seed, ...this.path, ...path);
  }

  /** The state as plain data. */
  save(): RngState {
    return { seed: this.seed, path: [...this.path], words: [this.a, this.b, this.c, this.d] };
  }

  /** A generator that goes on exactly where `save` was called. */
  static load(state: RngState): Rng {
    const words = state?.words;
    if (!Array.isArray(words) || words.length !== 4 || !words.every((word) => Number.isInteger(word))) {
      throw new LehrError('checkpoint', `A generator's state is ${show(state)}, expected { seed, path, words: four integers }.`);
    }
    return new Rng(state.seed, [...state.path], words);
  }
}

/**
 * The generator named by a seed and a path. Equal names give equal numbers, different names independent ones, in any order of asking:
 * chain i draws from `stream(seed, 'chain', i)` whoever else draws.
 */
export function stream(seed: Seed, ...path: PathPart[]): Rng {
  return new Rng(seed, path, expand(seed, path));
}

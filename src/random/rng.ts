import { LehrError, show } from '../error.ts';
import { checkPart, expand, streamKey, type PathPart, type Seed } from './seed.ts';
import { ziggurat } from './ziggurat.ts';

/** A generator's state as plain data (JSON keeps it): the name of its stream and its four words, as signed 32-bit integers. */
export interface RngState {
  readonly seed: Seed;
  readonly path: readonly PathPart[];
  readonly words: readonly [number, number, number, number];
}

/**
 * The one random generator of Lehr: sfc32, Chris Doty-Humphrey's "small fast counting" generator (PractRand, `sfc.cpp`, shifts 21, 9, 3;
 * the counter gives every state a period of at least 2³²), seeded through named streams. One concrete class on purpose: a second one
 * would make every call site in a sweep polymorphic (about 60 % slower). The four words are public 32-bit integers so that a kernel can
 * hold them in locals and write them back once; nothing else is state, so they are all a checkpoint needs.
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
    this.c = (((this.c << 21) | (this.c >>> 11)) + t) | 0;
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
   * @param n an integer from 1 to 2³².
   * @throws LehrError `option` for any other n.
   */
  below(n: number): number {
    if (n <= 2097152 && n >= 1 && n === (n | 0)) {
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

  /** A standard normal number; two 32-bit draws as a rule (see `ziggurat`). */
  normal(): number {
    return ziggurat(this);
  }

  /** An exponential number of mean 1, by inversion: −ln(1 − u), from 0 to 53 ln 2 ≈ 36.7, never Infinity; two 32-bit draws. */
  exponential(): number {
    return 0 - Math.log(1 - this.uniform()); // 0 − 0 is 0, −0 would not be
  }

  /**
   * A standard Gumbel number (cdf exp(−e^(−x))): −ln of an exponential one, redrawn if that is 0. The k of the largest ln w_k + Gumbel
   * is drawn with probability proportional to w_k.
   */
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

  /**
   * A generator that goes on exactly where `save` was called.
   * @throws LehrError `checkpoint` if the state is not one that `save` gave.
   */
  static load(state: RngState): Rng {
    try {
      const { seed, path, words } = state;
      checkPart('seed', seed);
      if (!Array.isArray(path) || !Array.isArray(words)) throw new TypeError('path and words are arrays');
      for (const part of path) checkPart('path', part);
      if (words.length !== 4 || !words.every((word) => word === (word | 0))) throw new TypeError('words are four 32-bit integers');
      return new Rng(seed, [...path], words);
    } catch (cause) {
      throw new LehrError(
        'checkpoint',
        `A generator's state is ${show(state)}, expected { seed, path, words } with four signed 32-bit integers. Maybe the checkpoint was edited.`,
        { cause },
      );
    }
  }
}

/**
 * The generator named by a seed and a path. Equal names give equal numbers, different names independent ones, in any order of asking:
 * chain i draws from `stream(seed, 'chain', i)` whoever else draws. Costs some 40 µs: ask once, not in a sweep.
 *
 * seedrandom's key schedule makes the first state. ARC4 has long keys that differ in one character and give the same bytes (some 2 pairs
 * in 10⁴ at 240 characters; chi-square sees it over 4096 of them), so the generator then takes in the key itself, a character per step:
 * each step is a bijection of the state, so two keys that agree up to some character cannot meet there. The last 12 steps are
 * PractRand's own mixing for a seed.
 * @throws LehrError `option` for parts that are neither strings nor finite numbers, and for names of more than 256 characters.
 */
export function stream(seed: Seed, ...path: PathPart[]): Rng {
  const key = streamKey(seed, path);
  const rng = new Rng(seed, path, expand(key));
  for (let i = 0; i < key.length; i++) {
    rng.a ^= key.charCodeAt(i);
    rng.uint32();
  }
  for (let i = 0; i < 12; i++) rng.uint32();
  return rng;
}

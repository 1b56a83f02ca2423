import { LehrError, show } from '../../src/error.ts';
import type { Rng } from '../../src/random/rng.ts';

/**
 * Two patterns in one input, after Li, Wei & Ma (arXiv 1907.04595): P, in x₁, is linear and noisy, so that it takes many rows to learn; Q, in x₂, is three points on a line with
 * labels −, +, −: no linear rule fits it, but a few rows tell it all.
 */
export interface PatternTask {
  /** Dimensions of x₁. */
  readonly d: number;
  /** The unit vector w* of P. */
  readonly direction: Float64Array;
  /** What x₁ is multiplied by. */
  readonly scale: number;
  /** Lengths of z and of ζ, which are orthogonal. */
  readonly z: number;
  readonly zeta: number;
}

/** What a row has: both patterns, P alone (x₂ is 0) or Q alone (x₁ is 0). */
export type PatternKind = 'both' | 'p' | 'q';
const KINDS: readonly PatternKind[] = ['both', 'p', 'q'];

/** Rows of patterns, plain data. */
export interface Patterns {
  readonly rows: number;
  readonly d: number;
  /** x₁, rows × d. */
  readonly first: Float64Array;
  /** x₂ in the plane that z and ζ span, rows × 2: its coordinates along z and along ζ. */
  readonly second: Float64Array;
  /** −1 or 1. */
  readonly labels: Float64Array;
  /** 0 both, 1 P alone, 2 Q alone. */
  readonly kinds: Uint8Array;
}

/** How often P comes alone, and Q. */
export interface PatternShares {
  readonly p: number;
  readonly q: number;
}

/** A task with a random direction. */
export function patternTask(
  rng: Rng,
  { d, scale = 1, z = 1, zeta = 1 }: { d: number; scale?: number; z?: number; zeta?: number },
): PatternTask {
  if (!Number.isSafeInteger(d) || d < 1)
    throw new LehrError('option', `patternTask: d is ${show(d)}, expected a whole number of at least 1.`);
  const direction = Float64Array.from({ length: d }, () => rng.normal());
  const length = Math.sqrt(direction.reduce((sum, each) => sum + each * each, 0));
  return { d, direction: direction.map((each) => each / length), scale, z, zeta };
}

/**
 * Rows of a task. P: x₁ = scale · y (γ w* + g), g ~ N(0, I / d) given ⟨w*, g⟩ ≥ 0, γ = 1 / √d: two half Gaussians with a margin. Q: x₂ = a z where y = 1, a (z ± ζ) where
 * y = −1, a uniform on [0, 1). (The half Gaussian is drawn by reflecting g at the plane across w*.)
 * @param of the shares of rows with one pattern alone, or the one kind that all rows are.
 */
export function drawPatterns(task: PatternTask, rows: number, of: PatternShares | PatternKind, rng: Rng): Patterns {
  const { d, direction, scale, z, zeta } = task;
  if (!Number.isSafeInteger(rows) || rows < 1)
    throw new LehrError('option', `drawPatterns: rows is ${show(rows)}, expected a whole number of at least 1.`);
  if (typeof of !== 'string' && !(of.p >= 0 && of.q >= 0 && of.p + of.q <= 1))
    throw new LehrError('option', `drawPatterns: the shares are ${show(of)}, expected p and q of at least 0 and together at most 1.`);
  const first = new Float64Array(rows * d);
  const second = new Float64Array(rows * 2);
  const labels = new Float64Array(rows);
  const kinds = new Uint8Array(rows);
  const noise = 1 / Math.sqrt(d);
  for (let i = 0; i < rows; i++) {
    const y = rng.below(2) === 0 ? -1 : 1;
    const u = rng.uniform();
    const kind = typeof of === 'string' ? KINDS.indexOf(of) : u < of.p ? 1 : u < of.p + of.q ? 2 : 0;
    labels[i] = y;
    kinds[i] = kind;
    if (kind !== 2) {
      const x = first.subarray(i * d, (i + 1) * d);
      let along = 0;
      for (let j = 0; j < d; j++) {
        x[j] = noise * rng.normal();
        along += x[j] * direction[j];
      }
      const shift = noise + (along < 0 ? -2 * along : 0);
      for (let j = 0; j < d; j++) x[j] = scale * y * (x[j] + shift * direction[j]);
    }
    if (kind !== 1) {
      const a = rng.uniform();
      second[2 * i] = a * z;
      if (y < 0) second[2 * i + 1] = (rng.below(2) === 0 ? -1 : 1) * a * zeta;
    }
  }
  return { rows, d, first, second, labels, kinds };
}

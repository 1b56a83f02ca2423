// The local step of latent Dirichlet allocation with SIMD, in AssemblyScript: `npm run build:kernels` compiles this into problems/topics/topics-wasm.ts. Addresses are in bytes, all other numbers
// in elements. Rows of topics are padded to multiples of 4, documents to multiples of 4 words, those of the padding with the count 0. All in f32; the plain functions in
// problems/topics/documents.ts do the same in f64.

const LOG2E: f32 = 1.44269504;
const LN2_HIGH: f32 = 0.693359375;
const LN2_LOW: f32 = -0.000212194440;

/** e^x for −87 ≤ x ≤ 0; below, e^−87. */
// @ts-ignore: decorator
@inline
function exp(value: v128): v128 {
  const x = f32x4.pmax(f32x4.splat(-87), value);
  // Adding 1.5 · 2²³ rounds to a whole number, which then stands in the lowest bits.
  const shifted = f32x4.add(f32x4.mul(x, f32x4.splat(LOG2E)), f32x4.splat(12582912));
  const k = f32x4.sub(shifted, f32x4.splat(12582912));
  const r = f32x4.sub(f32x4.sub(x, f32x4.mul(k, f32x4.splat(LN2_HIGH))), f32x4.mul(k, f32x4.splat(LN2_LOW)));
  let e = f32x4.splat(0.00138888889);
  e = f32x4.add(f32x4.mul(e, r), f32x4.splat(0.00833333333));
  e = f32x4.add(f32x4.mul(e, r), f32x4.splat(0.0416666667));
  e = f32x4.add(f32x4.mul(e, r), f32x4.splat(0.166666667));
  e = f32x4.add(f32x4.mul(e, r), f32x4.splat(0.5));
  e = f32x4.add(f32x4.mul(e, r), f32x4.splat(1));
  e = f32x4.add(f32x4.mul(e, r), f32x4.splat(1));
  return f32x4.mul(e, i32x4.shl(i32x4.add(shifted, i32x4.splat(127)), 23));
}

/** e^ψ(x + 4) = y + 1/(24 y) − 37/(5760 y³) + 10313/(2903040 y⁵) − …, y = x + 3.5: the asymptotic series of e^ψ(y + ½), which has no logarithm. */
// @ts-ignore: decorator
@inline
function power(x: v128): v128 {
  const y = f32x4.add(x, f32x4.splat(3.5));
  const z = f32x4.div(f32x4.splat(1), y);
  const square = f32x4.mul(z, z);
  let s = f32x4.add(f32x4.splat(-0.00642361111), f32x4.mul(square, f32x4.splat(0.00355248291)));
  s = f32x4.add(f32x4.splat(0.0416666667), f32x4.mul(square, s));
  return f32x4.add(y, f32x4.mul(z, s));
}

/** ψ(x) − ψ(x + 4) = −(1/x + 1/(x + 1) + 1/(x + 2) + 1/(x + 3)), in one fraction. */
// @ts-ignore: decorator
@inline
function drop(x: v128): v128 {
  const u = f32x4.mul(x, f32x4.add(x, f32x4.splat(3)));
  const w = f32x4.add(u, f32x4.splat(2));
  const over = f32x4.mul(f32x4.add(f32x4.add(x, x), f32x4.splat(3)), f32x4.add(u, w));
  return f32x4.neg(f32x4.div(over, f32x4.mul(u, w)));
}

/** x ← e^ψ(x), length a multiple of 4. */
export function expDigamma(values: usize, length: i32): void {
  for (let at = values, end = values + (length << 2); at < end; at += 16) {
    const x = v128.load(at);
    v128.store(at, f32x4.mul(power(x), exp(drop(x))));
  }
}

/**
 * Rows λ of the listed words into e^(ψ(λ) − top) · inverse, in place: inverse is e^−ψ of a topic's total, 0 for the padding, whose λ repeat one of the row. top: the row's largest ψ(λ) − ψ(λ + 4),
 * into `tops`, by word.
 */
export function weigh(words: usize, count: i32, rows: usize, padded: i32, inverse: usize, tops: usize): void {
  const line = <usize>(padded << 2);
  for (const end = words + (count << 2); words < end; words += 4) {
    const word = load<u32>(words);
    const row = rows + word * line;
    let top4 = f32x4.splat(-f32.MAX_VALUE);
    for (let k: usize = 0; k < line; k += 16) top4 = f32x4.pmax(top4, drop(v128.load(row + k)));
    const top = max(
      max(f32x4.extract_lane(top4, 0), f32x4.extract_lane(top4, 1)),
      max(f32x4.extract_lane(top4, 2), f32x4.extract_lane(top4, 3)),
    );
    const tops4 = f32x4.splat(top);
    for (let k: usize = 0; k < line; k += 16) {
      const x = v128.load(row + k);
      v128.store(row + k, f32x4.mul(f32x4.mul(power(x), exp(f32x4.sub(drop(x), tops4))), v128.load(inverse + k)));
    }
    store<f32>(tops + (word << 2), top);
  }
}

/**
 * The local steps of the listed documents. starts, ids (offsets of words' rows in bytes) and counts: all documents' words. gamma, theta: a row for each listed document; gamma is begun with and ends as α + Σ φ, theta as
 * the e^ψ(γ) that φ was made with. ratios: for each word the count over Σ_k theta_k row_k. sums: by word, to which ratio · theta is added. `near`: where the sum of |changes| of
 * gamma ends the iteration.
 * @returns the iterations made in all.
 */
export function documents(
  list: usize,
  count: i32,
  starts: usize,
  ids: usize,
  counts: usize,
  padded: i32,
  alpha: usize,
  rows: usize,
  gamma: usize,
  theta: usize,
  ratios: usize,
  sums: usize,
  scratch: usize,
  iterations: i32,
  near: f32,
): i32 {
  const line = <usize>(padded << 2);
  const tiny = f32x4.splat(1e-35);
  let made = 0;
  for (let n = 0; n < count; n++) {
    const document = list + (n << 2);
    const start = starts + (load<u32>(document) << 2);
    const begin = <usize>load<u32>(start) << 2;
    const length = (<usize>load<u32>(start, 4) << 2) - begin;
    const word = ids + begin;
    const number = counts + begin;
    const ratio = ratios + begin;
    for (let i = 0; i < iterations; i++) {
      made++;
      for (let k: usize = 0; k < line; k += 16) {
        const x = v128.load(gamma + k);
        v128.store(theta + k, f32x4.mul(power(x), exp(drop(x))));
        v128.store(scratch + k, f32x4.splat(0));
      }
      for (let w: usize = 0; w < length; w += 16) {
        const r0 = rows + load<u32>(word + w);
        const r1 = rows + load<u32>(word + w, 4);
        const r2 = rows + load<u32>(word + w, 8);
        const r3 = rows + load<u32>(word + w, 12);
        let d0 = f32x4.splat(0);
        let d1 = d0;
        let d2 = d0;
        let d3 = d0;
        for (let k: usize = 0; k < line; k += 16) {
          const t = v128.load(theta + k);
          d0 = f32x4.add(d0, f32x4.mul(t, v128.load(r0 + k)));
          d1 = f32x4.add(d1, f32x4.mul(t, v128.load(r1 + k)));
          d2 = f32x4.add(d2, f32x4.mul(t, v128.load(r2 + k)));
          d3 = f32x4.add(d3, f32x4.mul(t, v128.load(r3 + k)));
        }
        // The four dot products side by side.
        const a = f32x4.add(i8x16.shuffle(d0, d1, 0, 1, 2, 3, 16, 17, 18, 19, 8, 9, 10, 11, 24, 25, 26, 27), i8x16.shuffle(d0, d1, 4, 5, 6, 7, 20, 21, 22, 23, 12, 13, 14, 15, 28, 29, 30, 31));
        const b = f32x4.add(i8x16.shuffle(d2, d3, 0, 1, 2, 3, 16, 17, 18, 19, 8, 9, 10, 11, 24, 25, 26, 27), i8x16.shuffle(d2, d3, 4, 5, 6, 7, 20, 21, 22, 23, 12, 13, 14, 15, 28, 29, 30, 31));
        const s = f32x4.add(i8x16.shuffle(a, b, 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23), i8x16.shuffle(a, b, 8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 28, 29, 30, 31));
        const c = f32x4.div(v128.load(number + w), f32x4.add(s, tiny));
        v128.store(ratio + w, c);
        const c0 = f32x4.splat(f32x4.extract_lane(c, 0));
        const c1 = f32x4.splat(f32x4.extract_lane(c, 1));
        const c2 = f32x4.splat(f32x4.extract_lane(c, 2));
        const c3 = f32x4.splat(f32x4.extract_lane(c, 3));
        for (let k: usize = 0; k < line; k += 16) {
          const both = f32x4.add(f32x4.mul(c0, v128.load(r0 + k)), f32x4.mul(c1, v128.load(r1 + k)));
          const others = f32x4.add(f32x4.mul(c2, v128.load(r2 + k)), f32x4.mul(c3, v128.load(r3 + k)));
          v128.store(scratch + k, f32x4.add(v128.load(scratch + k), f32x4.add(both, others)));
        }
      }
      let change = f32x4.splat(0);
      for (let k: usize = 0; k < line; k += 16) {
        const now = f32x4.add(v128.load(alpha + k), f32x4.mul(v128.load(theta + k), v128.load(scratch + k)));
        change = f32x4.add(change, f32x4.abs(f32x4.sub(now, v128.load(gamma + k))));
        v128.store(gamma + k, now);
      }
      const total = f32x4.extract_lane(change, 0) + f32x4.extract_lane(change, 1) + f32x4.extract_lane(change, 2) + f32x4.extract_lane(change, 3);
      if (total < near) break;
    }
    for (let w: usize = 0; w < length; w += 4) {
      const c = v128.load32_splat(ratio + w);
      const row = sums + load<u32>(word + w);
      for (let k: usize = 0; k < line; k += 16)
        v128.store(row + k, f32x4.add(v128.load(row + k), f32x4.mul(c, v128.load(theta + k))));
    }
    gamma += line;
    theta += line;
  }
  return made;
}

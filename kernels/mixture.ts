// Blocks of rows of a Gaussian mixture with SIMD, in AssemblyScript: `npm run build:kernels` compiles this into problems/gaussian-mixture/mixture-wasm.ts. Addresses are in bytes, all other
// numbers in elements. Rows of components and of features are padded to multiples of 4. Sums go through their terms in order, and nothing but + − × ÷ of f64 is
// used: the plain functions in problems/gaussian-mixture/blocks.ts give the same bits.

const INVERSE_LN2: f64 = 1.442695040888963387;
const LN2_HIGH: f64 = 6.9314718036912381649e-1;
const LN2_LOW: f64 = 1.90821492927058770002e-10;

/** out (count × padded) = the first `width` features (count × stride) · matrix (width × padded), the terms of each sum in order. */
export function logits(features: usize, stride: i32, count: i32, width: i32, matrix: usize, padded: i32, out: usize): void {
  const row = <usize>(stride << 3);
  const used = <usize>(width << 3);
  const line = <usize>(padded << 3);
  let n = 0;
  for (; n + 4 <= count; n += 4) {
    for (let k: usize = 0; k < line; k += 32) {
      let a0 = f64x2.splat(0), a1 = f64x2.splat(0);
      let b0 = f64x2.splat(0), b1 = f64x2.splat(0);
      let c0 = f64x2.splat(0), c1 = f64x2.splat(0);
      let d0 = f64x2.splat(0), d1 = f64x2.splat(0);
      let at = features;
      let from = matrix + k;
      const end = features + used;
      while (at < end) {
        const m0 = v128.load(from);
        const m1 = v128.load(from, 16);
        let x = v128.load64_splat(at);
        a0 = f64x2.add(a0, f64x2.mul(x, m0));
        a1 = f64x2.add(a1, f64x2.mul(x, m1));
        x = v128.load64_splat(at + row);
        b0 = f64x2.add(b0, f64x2.mul(x, m0));
        b1 = f64x2.add(b1, f64x2.mul(x, m1));
        x = v128.load64_splat(at + 2 * row);
        c0 = f64x2.add(c0, f64x2.mul(x, m0));
        c1 = f64x2.add(c1, f64x2.mul(x, m1));
        x = v128.load64_splat(at + 3 * row);
        d0 = f64x2.add(d0, f64x2.mul(x, m0));
        d1 = f64x2.add(d1, f64x2.mul(x, m1));
        at += 8;
        from += line;
      }
      const to = out + k;
      v128.store(to, a0);
      v128.store(to, a1, 16);
      v128.store(to + line, b0);
      v128.store(to + line, b1, 16);
      v128.store(to + 2 * line, c0);
      v128.store(to + 2 * line, c1, 16);
      v128.store(to + 3 * line, d0);
      v128.store(to + 3 * line, d1, 16);
    }
    features += 4 * row;
    out += 4 * line;
  }
  for (; n < count; n++) {
    for (let k: usize = 0; k < line; k += 32) {
      let a0 = f64x2.splat(0), a1 = f64x2.splat(0);
      let at = features;
      let from = matrix + k;
      const end = features + used;
      while (at < end) {
        const x = v128.load64_splat(at);
        a0 = f64x2.add(a0, f64x2.mul(x, v128.load(from)));
        a1 = f64x2.add(a1, f64x2.mul(x, v128.load(from, 16)));
        at += 8;
        from += line;
      }
      v128.store(out + k, a0);
      v128.store(out + k, a1, 16);
    }
    features += row;
    out += line;
  }
}

/** e^−x for x ≥ 0; 0 beyond 708. As expMinus in src/dynamics/exp.ts. */
// @ts-ignore: decorator
@inline
function expMinus(x: v128): v128 {
  const k = f64x2.floor(f64x2.add(f64x2.mul(x, f64x2.splat(INVERSE_LN2)), f64x2.splat(0.5)));
  const r = f64x2.add(f64x2.sub(f64x2.mul(k, f64x2.splat(LN2_HIGH)), x), f64x2.mul(k, f64x2.splat(LN2_LOW)));
  let p = f64x2.add(f64x2.splat(1.0 / 3628800.0), f64x2.mul(r, f64x2.splat(1.0 / 39916800.0)));
  p = f64x2.add(f64x2.splat(1.0 / 362880.0), f64x2.mul(r, p));
  p = f64x2.add(f64x2.splat(1.0 / 40320.0), f64x2.mul(r, p));
  p = f64x2.add(f64x2.splat(1.0 / 5040.0), f64x2.mul(r, p));
  p = f64x2.add(f64x2.splat(1.0 / 720.0), f64x2.mul(r, p));
  p = f64x2.add(f64x2.splat(1.0 / 120.0), f64x2.mul(r, p));
  p = f64x2.add(f64x2.splat(1.0 / 24.0), f64x2.mul(r, p));
  p = f64x2.add(f64x2.splat(1.0 / 6.0), f64x2.mul(r, p));
  p = f64x2.add(f64x2.splat(1.0 / 2.0), f64x2.mul(r, p));
  p = f64x2.add(f64x2.splat(1), f64x2.mul(r, p));
  p = f64x2.add(f64x2.splat(1), f64x2.mul(r, p));
  const whole = i64x2.extend_low_i32x4_s(i32x4.trunc_sat_f64x2_s_zero(k));
  const scale = i64x2.shl(i64x2.sub(i64x2.splat(1023), whole), 52);
  return v128.and(f64x2.mul(scale, p), f64x2.le(x, f64x2.splat(708)));
}

/**
 * Rows of logits (count × padded, the padded ones −Infinity) into probabilities. tops: the largest of each row; sums: Σ e^(logit − top), components in order.
 */
export function softmax(values: usize, count: i32, padded: i32, tops: usize, sums: usize): void {
  const line = <usize>(padded << 3);
  for (let n = 0; n < count; n++) {
    const end = values + line;
    let top2 = v128.load(values);
    for (let at = values + 16; at < end; at += 16) top2 = f64x2.pmax(top2, v128.load(at));
    const left = f64x2.extract_lane(top2, 0);
    const right = f64x2.extract_lane(top2, 1);
    const top = left < right ? right : left;
    const highest = f64x2.splat(top);
    let sum: f64 = 0;
    for (let at = values; at < end; at += 16) {
      const e = expMinus(f64x2.sub(highest, v128.load(at)));
      v128.store(at, e);
      sum += f64x2.extract_lane(e, 0);
      sum += f64x2.extract_lane(e, 1);
    }
    const inverse = f64x2.splat(1 / sum);
    for (let at = values; at < end; at += 16) v128.store(at, f64x2.mul(v128.load(at), inverse));
    store<f64>(tops, top);
    store<f64>(sums, sum);
    tops += 8;
    sums += 8;
    values = end;
  }
}

/** out (padded × width) += Σ over the rows of weights (count × padded) ⊗ features (count × width), rows in order; width a multiple of 4. */
export function accumulate(weights: usize, count: i32, padded: i32, features: usize, width: i32, out: usize): void {
  const line = <usize>(padded << 3);
  const row = <usize>(width << 3);
  for (let k: usize = 0; k < line; k += 32) {
    for (let f: usize = 0; f < row; f += 32) {
      let to = out + f;
      let a0 = v128.load(to), a1 = v128.load(to, 16);
      let b0 = v128.load(to + row), b1 = v128.load(to + row, 16);
      let c0 = v128.load(to + 2 * row), c1 = v128.load(to + 2 * row, 16);
      let d0 = v128.load(to + 3 * row), d1 = v128.load(to + 3 * row, 16);
      let at = features + f;
      let w = weights + k;
      for (let n = 0; n < count; n++) {
        const x0 = v128.load(at);
        const x1 = v128.load(at, 16);
        let r = v128.load64_splat(w);
        a0 = f64x2.add(a0, f64x2.mul(r, x0));
        a1 = f64x2.add(a1, f64x2.mul(r, x1));
        r = v128.load64_splat(w, 8);
        b0 = f64x2.add(b0, f64x2.mul(r, x0));
        b1 = f64x2.add(b1, f64x2.mul(r, x1));
        r = v128.load64_splat(w, 16);
        c0 = f64x2.add(c0, f64x2.mul(r, x0));
        c1 = f64x2.add(c1, f64x2.mul(r, x1));
        r = v128.load64_splat(w, 24);
        d0 = f64x2.add(d0, f64x2.mul(r, x0));
        d1 = f64x2.add(d1, f64x2.mul(r, x1));
        at += row;
        w += line;
      }
      v128.store(to, a0);
      v128.store(to, a1, 16);
      v128.store(to + row, b0);
      v128.store(to + row, b1, 16);
      v128.store(to + 2 * row, c0);
      v128.store(to + 2 * row, c1, 16);
      v128.store(to + 3 * row, d0);
      v128.store(to + 3 * row, d1, 16);
    }
    out += 4 * row;
  }
}

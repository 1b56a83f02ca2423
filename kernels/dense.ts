// Products of f32 matrices with SIMD, in AssemblyScript: `npm run build:kernels` compiles this into problems/network/dense-wasm.ts. Addresses are in
// bytes, all other numbers in elements. Every sum begins at +0 and goes through its terms in order, multiplied and added one after the other: the plain
// functions in problems/network/dense.ts give the same bits.

import { pad, unpad } from './panel';

export { sparseProduct, turnedSparseProduct } from './sparse';
export { byColumn, columnsOf } from './columns';
export { turn } from './turn';

/** Columns of B that a product holds together. */
const WIDTH = 8;

/**
 * C (m × n) = A (m × k) · B (k × n). A's element (i, t) is at a[i · aRow + t · aCol]; B and C are row by row. `panel` is scratch of 8 · (k + m) numbers: eight columns of B,
 * one after the other, stay in the cache, where in place they would push each other out of it.
 */
export function product(a: usize, aRow: i32, aCol: i32, b: usize, c: usize, m: i32, n: i32, k: i32, panel: usize): void {
  const row: usize = aRow << 2;
  const col: usize = aCol << 2;
  const wide: usize = n << 2;
  let j = 0;
  for (; j + WIDTH <= n; j += WIDTH) {
    let from = b + (j << 2);
    for (let t = 0, to = panel; t < k; t++, to += 32) {
      v128.store(to, v128.load(from));
      v128.store(to, v128.load(from, 16), 16);
      from += wide;
    }
    strip(a, row, col, panel, c + (j << 2), wide, m, k);
  }
  if (j == n) return;
  const sums = panel + (k << 5);
  pad(b + (j << 2), wide, n - j, panel, WIDTH, k);
  strip(a, row, col, panel, sums, 32, m, k);
  unpad(sums, WIDTH, c + (j << 2), wide, n - j, m);
}

/** Eight columns of C, `wide` bytes from row to row: A times a panel. */
function strip(a: usize, row: usize, col: usize, panel: usize, c: usize, wide: usize, m: i32, k: i32): void {
  const last = panel + (k << 5);
  let i = 0;
  for (; i + 4 <= m; i += 4) {
    let a0 = a + i * row;
    let a1 = a0 + row;
    let a2 = a1 + row;
    let a3 = a2 + row;
    let s00 = f32x4.splat(0);
    let s01 = s00;
    let s10 = s00;
    let s11 = s00;
    let s20 = s00;
    let s21 = s00;
    let s30 = s00;
    let s31 = s00;
    for (let p = panel; p < last; p += 32) {
      const b0 = v128.load(p);
      const b1 = v128.load(p, 16);
      let x = v128.load32_splat(a0);
      s00 = f32x4.add(s00, f32x4.mul(x, b0));
      s01 = f32x4.add(s01, f32x4.mul(x, b1));
      x = v128.load32_splat(a1);
      s10 = f32x4.add(s10, f32x4.mul(x, b0));
      s11 = f32x4.add(s11, f32x4.mul(x, b1));
      x = v128.load32_splat(a2);
      s20 = f32x4.add(s20, f32x4.mul(x, b0));
      s21 = f32x4.add(s21, f32x4.mul(x, b1));
      x = v128.load32_splat(a3);
      s30 = f32x4.add(s30, f32x4.mul(x, b0));
      s31 = f32x4.add(s31, f32x4.mul(x, b1));
      a0 += col;
      a1 += col;
      a2 += col;
      a3 += col;
    }
    let to = c + i * wide;
    v128.store(to, s00);
    v128.store(to, s01, 16);
    to += wide;
    v128.store(to, s10);
    v128.store(to, s11, 16);
    to += wide;
    v128.store(to, s20);
    v128.store(to, s21, 16);
    to += wide;
    v128.store(to, s30);
    v128.store(to, s31, 16);
  }
  for (; i < m; i++) {
    let s0 = f32x4.splat(0);
    let s1 = s0;
    let q = a + i * row;
    for (let p = panel; p < last; p += 32) {
      const x = v128.load32_splat(q);
      s0 = f32x4.add(s0, f32x4.mul(x, v128.load(p)));
      s1 = f32x4.add(s1, f32x4.mul(x, v128.load(p, 16)));
      q += col;
    }
    const to = c + i * wide;
    v128.store(to, s0);
    v128.store(to, s1, 16);
  }
}

/** to (m × width): rows `list[0]` … `list[m − 1]` of from. */
export function gather(from: usize, list: usize, m: i32, width: i32, to: usize): void {
  const bytes: usize = width << 2;
  for (let i = 0; i < m; i++, to += bytes) memory.copy(to, from + load<i32>(list + (i << 2)) * bytes, bytes);
}

/** sums (n) = the sums of the columns of d (m × n), each from +0 on and its rows in order. */
export function columnSums(d: usize, sums: usize, m: i32, n: i32): void {
  memory.fill(sums, 0, n << 2);
  for (let i = 0; i < m; i++) {
    let j = 0;
    for (; j + 4 <= n; j += 4, d += 16) v128.store(sums + (j << 2), f32x4.add(v128.load(sums + (j << 2)), v128.load(d)));
    for (; j < n; j++, d += 4) store<f32>(sums + (j << 2), load<f32>(sums + (j << 2)) + load<f32>(d));
  }
}

/** out (m × n) ← out + b in each row, and then what is not above 0 times `slope`. */
export function rectify(out: usize, b: usize, m: i32, n: i32, slope: f32): void {
  const zero = f32x4.splat(0);
  const steep = f32x4.splat(slope);
  for (let i = 0; i < m; i++) {
    let j = 0;
    for (; j + 4 <= n; j += 4) {
      const z = f32x4.add(v128.load(out), v128.load(b + (j << 2)));
      v128.store(out, v128.bitselect(z, f32x4.add(f32x4.mul(steep, z), zero), f32x4.gt(z, zero)));
      out += 16;
    }
    for (; j < n; j++) {
      const z = load<f32>(out) + load<f32>(b + (j << 2));
      store<f32>(out, z > 0 ? z : slope * z + 0);
      out += 4;
    }
  }
}

/** delta ← delta where out is above 0, elsewhere delta · slope. */
export function unrectify(out: usize, delta: usize, length: i32, slope: f32): void {
  const zero = f32x4.splat(0);
  const steep = f32x4.splat(slope);
  let i = 0;
  for (; i + 4 <= length; i += 4) {
    const d = v128.load(delta);
    v128.store(delta, v128.bitselect(d, f32x4.add(f32x4.mul(steep, d), zero), f32x4.gt(v128.load(out), zero)));
    out += 16;
    delta += 16;
  }
  for (; i < length; i++) {
    const d = load<f32>(delta);
    store<f32>(delta, load<f32>(out) > 0 ? d : slope * d + 0);
    out += 4;
    delta += 4;
  }
}

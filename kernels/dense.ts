// Products of f32 matrices with SIMD, in AssemblyScript: `npm run build:kernels` compiles this into problems/network/dense-wasm.ts. Addresses are in
// bytes, all other numbers in elements. Every sum begins at +0 and goes through its terms in order, multiplied and added one after the other: the plain
// functions in problems/network/dense.ts give the same bits.

/**
 * C (m × n) = A (m × k) · B (k × n). A's element (i, t) is at a[i · aRow + t · aCol]; B and C are row by row. `panel` is scratch of 8 · k numbers: eight columns of B,
 * one after the other, stay in the cache, where in place they would push each other out of it.
 */
export function product(a: usize, aRow: i32, aCol: i32, b: usize, c: usize, m: i32, n: i32, k: i32, panel: usize): void {
  const row: usize = aRow << 2;
  const col: usize = aCol << 2;
  const wide: usize = n << 2;
  let j = 0;
  for (; j + 8 <= n; j += 8) {
    let from = b + (j << 2);
    for (let t = 0, to = panel; t < k; t++, to += 32) {
      v128.store(to, v128.load(from));
      v128.store(to, v128.load(from, 16), 16);
      from += wide;
    }
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
      const last = panel + (k << 5);
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
      let to = c + i * wide + (j << 2);
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
      const last = panel + (k << 5);
      for (let p = panel; p < last; p += 32) {
        const x = v128.load32_splat(q);
        s0 = f32x4.add(s0, f32x4.mul(x, v128.load(p)));
        s1 = f32x4.add(s1, f32x4.mul(x, v128.load(p, 16)));
        q += col;
      }
      const to = c + i * wide + (j << 2);
      v128.store(to, s0);
      v128.store(to, s1, 16);
    }
  }
  if (j < n) for (let i = 0; i < m; i++) scalars(a + i * row, col, b, c + i * wide, j, n, k);
}

/** Columns j … n − 1 of one row of a product. */
function scalars(a: usize, col: usize, b: usize, c: usize, from: i32, n: i32, k: i32): void {
  for (let j = from; j < n; j++) {
    let sum: f32 = 0;
    let p = b + (j << 2);
    let q = a;
    for (let t = 0; t < k; t++) {
      sum += load<f32>(q) * load<f32>(p);
      p += <usize>n << 2;
      q += col;
    }
    store<f32>(c + (j << 2), sum);
  }
}

/**
 * C (m × n) = A · B (k × n) for A given by its non-zeros: row i's are begin[i] … end[i] − 1 of `index` (its column) and `value`. `panel` is scratch of 16 · k numbers: sixteen
 * columns of B, as in `product`.
 */
export function sparseProduct(
  begin: usize,
  end: usize,
  index: usize,
  value: usize,
  b: usize,
  c: usize,
  m: i32,
  n: i32,
  k: i32,
  panel: usize,
): void {
  const wide: usize = n << 2;
  let j = 0;
  for (; j + 16 <= n; j += 16) {
    let from = b + (j << 2);
    for (let t = 0, to = panel; t < k; t++, to += 64) {
      v128.store(to, v128.load(from));
      v128.store(to, v128.load(from, 16), 16);
      v128.store(to, v128.load(from, 32), 32);
      v128.store(to, v128.load(from, 48), 48);
      from += wide;
    }
    for (let i = 0; i < m; i++) {
      let s0 = f32x4.splat(0);
      let s1 = s0;
      let s2 = s0;
      let s3 = s0;
      const last = load<i32>(end + (i << 2)) << 2;
      for (let t = load<i32>(begin + (i << 2)) << 2; t < last; t += 4) {
        const x = v128.load32_splat(value + t);
        const p = panel + (load<i32>(index + t) << 6);
        s0 = f32x4.add(s0, f32x4.mul(x, v128.load(p)));
        s1 = f32x4.add(s1, f32x4.mul(x, v128.load(p, 16)));
        s2 = f32x4.add(s2, f32x4.mul(x, v128.load(p, 32)));
        s3 = f32x4.add(s3, f32x4.mul(x, v128.load(p, 48)));
      }
      const at = c + i * wide + (j << 2);
      v128.store(at, s0);
      v128.store(at, s1, 16);
      v128.store(at, s2, 32);
      v128.store(at, s3, 48);
    }
  }
  for (let i = 0; i < m; i++) {
    const last = load<i32>(end + (i << 2));
    for (let r = j; r < n; r++) {
      let sum: f32 = 0;
      for (let t = load<i32>(begin + (i << 2)); t < last; t++)
        sum += load<f32>(value + (t << 2)) * load<f32>(b + ((load<i32>(index + (t << 2)) * n + r) << 2));
      store<f32>(c + ((i * n + r) << 2), sum);
    }
  }
}

/**
 * The non-zeros of m rows (as in `sparseProduct`) by column: those of column j are starts[j] … starts[j + 1] − 1 of `toIndex` (the row, from 0) and `toValue`, rows in
 * order. `next` is scratch of `columns` numbers.
 */
export function byColumn(
  begin: usize,
  end: usize,
  index: usize,
  value: usize,
  m: i32,
  columns: i32,
  starts: usize,
  next: usize,
  toIndex: usize,
  toValue: usize,
): void {
  memory.fill(starts, 0, (columns + 1) << 2);
  for (let i = 0; i < m; i++) {
    const to = load<i32>(end + (i << 2));
    for (let t = load<i32>(begin + (i << 2)); t < to; t++) {
      const at = starts + ((load<i32>(index + (t << 2)) + 1) << 2);
      store<i32>(at, load<i32>(at) + 1);
    }
  }
  let sum = 0;
  for (let j = 0; j < columns; j++) {
    sum += load<i32>(starts + (j << 2));
    store<i32>(starts + (j << 2), sum);
    store<i32>(next + (j << 2), sum);
  }
  const last = starts + (columns << 2);
  store<i32>(last, load<i32>(last) + sum);
  for (let i = 0; i < m; i++) {
    const to = load<i32>(end + (i << 2));
    for (let t = load<i32>(begin + (i << 2)); t < to; t++) {
      const cursor = next + (load<i32>(index + (t << 2)) << 2);
      const place = load<i32>(cursor);
      store<i32>(cursor, place + 1);
      store<i32>(toIndex + (place << 2), i);
      store<f32>(toValue + (place << 2), load<f32>(value + (t << 2)));
    }
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

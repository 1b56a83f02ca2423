// Products that leave zeros out: a part of kernels/dense.ts.
import { pad, unpad } from './panel';
import { turn } from './turn';

/** Columns of B that a product holds together: twice as many as a dense one, as it has one row at a time. */
const WIDTH = 16;

/**
 * C (m × n) = A · B (k × n) for A given by its non-zeros: row i's are begin[i] … end[i] − 1 of `index` (its column) and `value`. `panel` is scratch of 16 · (k + m) numbers:
 * sixteen columns of B, as in `product`.
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
  const sums = panel + (k << 6);
  for (let j = 0; j < n; j += WIDTH) {
    const columns = min(WIDTH, n - j);
    const to = c + (j << 2);
    fill(b + (j << 2), wide, columns, panel, k);
    if (columns == WIDTH) sparseStrip(begin, end, index, value, panel, to, wide, m);
    else {
      sparseStrip(begin, end, index, value, panel, sums, 64, m);
      unpad(sums, WIDTH, to, wide, columns, m);
    }
  }
}

/** The same product, but Cᵀ (n × m) is written. */
export function turnedSparseProduct(
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
  const tall: usize = m << 2;
  const sums = panel + (k << 6);
  for (let j = 0; j < n; j += WIDTH) {
    const columns = min(WIDTH, n - j);
    fill(b + (j << 2), wide, columns, panel, k);
    sparseStrip(begin, end, index, value, panel, sums, 64, m);
    turn(sums, 64, c + j * tall, tall, m, columns);
  }
}

/** The panel of sixteen columns, or of the last few. */
function fill(from: usize, wide: usize, columns: i32, panel: usize, k: i32): void {
  if (columns < WIDTH) return pad(from, wide, columns, panel, WIDTH, k);
  for (let t = 0; t < k; t++, panel += 64) {
    v128.store(panel, v128.load(from));
    v128.store(panel, v128.load(from, 16), 16);
    v128.store(panel, v128.load(from, 32), 32);
    v128.store(panel, v128.load(from, 48), 48);
    from += wide;
  }
}

/** Sixteen columns of C, `wide` bytes from row to row. */
function sparseStrip(begin: usize, end: usize, index: usize, value: usize, panel: usize, c: usize, wide: usize, m: i32): void {
  for (let i = 0; i < m; i++, c += wide) {
    const first: usize = load<i32>(begin + (i << 2)) << 2;
    const last: usize = load<i32>(end + (i << 2)) << 2;
    sparseRow(index + first, index + last, value + first, panel, c);
  }
}

/** One row of them. */
function sparseRow(index: usize, last: usize, value: usize, panel: usize, c: usize): void {
  let s0 = f32x4.splat(0);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  for (; index < last; index += 4, value += 4) {
    const x = v128.load32_splat(value);
    const p = panel + (load<i32>(index) << 6);
    s0 = f32x4.add(s0, f32x4.mul(x, v128.load(p)));
    s1 = f32x4.add(s1, f32x4.mul(x, v128.load(p, 16)));
    s2 = f32x4.add(s2, f32x4.mul(x, v128.load(p, 32)));
    s3 = f32x4.add(s3, f32x4.mul(x, v128.load(p, 48)));
  }
  v128.store(c, s0);
  v128.store(c, s1, 16);
  v128.store(c, s2, 32);
  v128.store(c, s3, 48);
}

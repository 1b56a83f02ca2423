// The non-zeros of matrices by column: a part of kernels/dense.ts.

/** Columns that are gone through together, so that where they are written stays in the cache. */
const TOGETHER = 16;

/**
 * The non-zeros of d (m × n, row by row) by column: those of column j are begin[j] … end[j] − 1 of `toIndex` (the row) and `toValue`, rows in order, where begin[j] = j · m.
 * Gives how many there are. Nothing is asked of a number but added: whether it is 0 is anybody's guess, and would be mispredicted every other time.
 */
export function columnsOf(d: usize, m: i32, n: i32, begin: usize, end: usize, toIndex: usize, toValue: usize): i32 {
  for (let j = 0; j < n; j++) {
    store<i32>(begin + (j << 2), j * m);
    store<i32>(end + (j << 2), j * m);
  }
  const wide: usize = n << 2;
  for (let j0 = 0; j0 < n; j0 += TOGETHER) {
    const j1 = min(j0 + TOGETHER, n);
    for (let i = 0; i < m; i++) {
      const row = d + i * wide;
      for (let j = j0; j < j1; j++) {
        const x = load<f32>(row + (j << 2));
        const place = load<i32>(end + (j << 2));
        store<i32>(toIndex + (place << 2), i);
        store<f32>(toValue + (place << 2), x);
        store<i32>(end + (j << 2), place + i32(x != 0));
      }
    }
  }
  let count = 0;
  for (let j = 0; j < n; j++) count += load<i32>(end + (j << 2)) - j * m;
  return count;
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

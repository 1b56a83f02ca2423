// Panels of some columns of a matrix, one row after the other: a part of kernels/dense.ts.

/** The panel of a product's last columns, with zeros after them. */
export function pad(from: usize, wide: usize, columns: i32, panel: usize, width: i32, k: i32): void {
  memory.fill(panel, 0, (k * width) << 2);
  for (let t = 0; t < k; t++) {
    for (let j = 0; j < columns; j++) store<f32>(panel + (j << 2), load<f32>(from + (j << 2)));
    panel += width << 2;
    from += wide;
  }
}

/** The sums of such a panel go where they belong. */
export function unpad(sums: usize, width: i32, to: usize, wide: usize, columns: i32, m: i32): void {
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < columns; j++) store<f32>(to + (j << 2), load<f32>(sums + (j << 2)));
    sums += width << 2;
    to += wide;
  }
}

// Transposition of f32 matrices: a part of kernels/dense.ts.

/** to (n × m) = the transpose of from (m × n); `wide` and `tall` are the bytes from row to row. */
export function turn(from: usize, wide: usize, to: usize, tall: usize, m: i32, n: i32): void {
  let i = 0;
  for (; i + 4 <= m; i += 4) {
    const row = from + i * wide;
    const place = to + (i << 2);
    let j = 0;
    for (; j + 4 <= n; j += 4) {
      let f = row + (j << 2);
      const r0 = v128.load(f);
      f += wide;
      const r1 = v128.load(f);
      f += wide;
      const r2 = v128.load(f);
      f += wide;
      const r3 = v128.load(f);
      const low01 = v128.shuffle<i32>(r0, r1, 0, 4, 1, 5);
      const high01 = v128.shuffle<i32>(r0, r1, 2, 6, 3, 7);
      const low23 = v128.shuffle<i32>(r2, r3, 0, 4, 1, 5);
      const high23 = v128.shuffle<i32>(r2, r3, 2, 6, 3, 7);
      let t = place + j * tall;
      v128.store(t, v128.shuffle<i64>(low01, low23, 0, 2));
      t += tall;
      v128.store(t, v128.shuffle<i64>(low01, low23, 1, 3));
      t += tall;
      v128.store(t, v128.shuffle<i64>(high01, high23, 0, 2));
      t += tall;
      v128.store(t, v128.shuffle<i64>(high01, high23, 1, 3));
    }
    turnRest(from, wide, to, tall, i, i + 4, j, n);
  }
  turnRest(from, wide, to, tall, i, m, 0, n);
}

function turnRest(from: usize, wide: usize, to: usize, tall: usize, i0: i32, i1: i32, j0: i32, j1: i32): void {
  for (let i = i0; i < i1; i++)
    for (let j = j0; j < j1; j++) store<f32>(to + j * tall + (i << 2), load<f32>(from + i * wide + (j << 2)));
}

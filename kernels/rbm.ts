// The layers of restricted Boltzmann machines with SIMD, in AssemblyScript: `npm run build:kernels` compiles this into problems/rbm/rbm-wasm.ts. Addresses are in
// bytes, all other numbers in elements. Rows of numbers and of units are padded to multiples of 4. Sums go through their terms in order, and nothing but
// + − × ÷ of f32 is used: the plain functions in problems/rbm/layers.ts give the same bits.

const LOG2E: f32 = 1.44269504;
const LN2_HIGH: f32 = 0.693359375;
const LN2_LOW: f32 = -0.000212194440;

/** out (count × padded): for each particle the bias, and the rows of `matrix` (units × padded) whose unit is on in it. `list` is scratch. */
export function sums(bits: usize, bitStride: i32, count: i32, units: i32, matrix: usize, bias: usize, padded: i32, out: usize, list: usize): void {
  for (let p = 0; p < count; p++) {
    let end = list;
    let i = 0;
    for (; i + 16 <= units; i += 16) {
      let mask = i8x16.bitmask(i8x16.shl(v128.load(bits + i), 7));
      while (mask !== 0) {
        store<i32>(end, (i + ctz(mask)) * padded * 4);
        end += 4;
        mask &= mask - 1;
      }
    }
    for (; i < units; i++) {
      store<i32>(end, i * padded * 4);
      end += (<usize>load<u8>(bits + i)) << 2;
    }
    gather(list, end, matrix, bias, padded, out);
    bits += bitStride;
    out += padded << 2;
  }
}

/** out (units × padded): for each unit the sum of the rows of `rows` (count × padded) of the particles in which it is on; counts: how many these are. */
export function outer(bits: usize, bitStride: i32, count: i32, units: i32, rows: usize, zero: usize, padded: i32, out: usize, counts: usize, list: usize): void {
  const row = <usize>(padded << 2);
  for (let i = 0; i < units; i++) {
    let end = list;
    let bit = bits + i;
    let offset = 0;
    for (let p = 0; p < count; p++) {
      store<i32>(end, offset);
      end += (<usize>load<u8>(bit)) << 2;
      bit += bitStride;
      offset += <i32>row;
    }
    gather(list, end, rows, zero, padded, out);
    store<i32>(counts, <i32>((end - list) >> 2));
    counts += 4;
    out += row;
  }
}

/** out = begin + Σ of the rows at the offsets listed. */
function gather(list: usize, end: usize, matrix: usize, begin: usize, padded: i32, out: usize): void {
  let j = 0;
  for (; j + 32 <= padded; j += 32) {
    const at = <usize>(j << 2);
    const from = begin + at;
    let s0 = v128.load(from);
    let s1 = v128.load(from, 16);
    let s2 = v128.load(from, 32);
    let s3 = v128.load(from, 48);
    let s4 = v128.load(from, 64);
    let s5 = v128.load(from, 80);
    let s6 = v128.load(from, 96);
    let s7 = v128.load(from, 112);
    const base = matrix + at;
    for (let entry = list; entry < end; entry += 4) {
      const row = base + load<u32>(entry);
      s0 = f32x4.add(s0, v128.load(row));
      s1 = f32x4.add(s1, v128.load(row, 16));
      s2 = f32x4.add(s2, v128.load(row, 32));
      s3 = f32x4.add(s3, v128.load(row, 48));
      s4 = f32x4.add(s4, v128.load(row, 64));
      s5 = f32x4.add(s5, v128.load(row, 80));
      s6 = f32x4.add(s6, v128.load(row, 96));
      s7 = f32x4.add(s7, v128.load(row, 112));
    }
    const to = out + at;
    v128.store(to, s0);
    v128.store(to, s1, 16);
    v128.store(to, s2, 32);
    v128.store(to, s3, 48);
    v128.store(to, s4, 64);
    v128.store(to, s5, 80);
    v128.store(to, s6, 96);
    v128.store(to, s7, 112);
  }
  for (; j < padded; j += 4) {
    const at = <usize>(j << 2);
    let s = v128.load(begin + at);
    for (let entry = list; entry < end; entry += 4) s = f32x4.add(s, v128.load(matrix + at + load<u32>(entry)));
    v128.store(out + at, s);
  }
}

/** Σ over count rows of `rows`, column by column: out (padded). */
export function columns(rows: usize, count: i32, padded: i32, out: usize): void {
  for (let j = 0; j < padded; j += 4) {
    let s = f32x4.splat(0);
    let at = rows + (j << 2);
    for (let p = 0; p < count; p++) {
      s = f32x4.add(s, v128.load(at));
      at += padded << 2;
    }
    v128.store(out + (j << 2), s);
  }
}

/** x ← 1 / (1 + e^−x), length a multiple of 4. */
export function logistic(values: usize, length: i32): void {
  const one = f32x4.splat(1);
  const end = values + (length << 2);
  for (let at = values; at < end; at += 16) {
    // ±87: beyond, e^x leaves the normal numbers of f32.
    const x = f32x4.pmin(f32x4.pmax(f32x4.neg(v128.load(at)), f32x4.splat(-87)), f32x4.splat(87));
    // Adding 1.5 · 2²³ rounds to a whole number, which then stands in the lowest bits.
    const shifted = f32x4.add(f32x4.mul(x, f32x4.splat(LOG2E)), f32x4.splat(12582912));
    const k = f32x4.sub(shifted, f32x4.splat(12582912));
    const r = f32x4.sub(f32x4.sub(x, f32x4.mul(k, f32x4.splat(LN2_HIGH))), f32x4.mul(k, f32x4.splat(LN2_LOW)));
    let e = f32x4.splat(0.00138888889);
    e = f32x4.add(f32x4.mul(e, r), f32x4.splat(0.00833333333));
    e = f32x4.add(f32x4.mul(e, r), f32x4.splat(0.0416666667));
    e = f32x4.add(f32x4.mul(e, r), f32x4.splat(0.166666667));
    e = f32x4.add(f32x4.mul(e, r), f32x4.splat(0.5));
    e = f32x4.add(f32x4.mul(e, r), one);
    e = f32x4.add(f32x4.mul(e, r), one);
    const scale = i32x4.shl(i32x4.add(shifted, i32x4.splat(127)), 23);
    v128.store(at, f32x4.div(one, f32x4.add(one, f32x4.mul(e, scale))));
  }
}

/**
 * bits (count × stride, one byte each) = whether a draw is below the probability (count × padded), padded units off. `words`: four sfc32 generators side by side, their words a, b, c and d as four
 * vectors; a draw's upper 24 bits decide.
 */
export function sample(probabilities: usize, count: i32, units: i32, padded: i32, words: usize, bits: usize): void {
  let a = v128.load(words);
  let b = v128.load(words, 16);
  let c = v128.load(words, 32);
  let d = v128.load(words, 48);
  const one = i32x4.splat(1);
  const scale = f32x4.splat(5.9604644775390625e-8); // 2⁻²⁴
  for (let p = 0; p < count; p++) {
    for (let j = 0; j < padded; j += 4) {
      const t = i32x4.add(i32x4.add(a, b), d);
      d = i32x4.add(d, one);
      a = v128.xor(b, i32x4.shr_u(b, 9));
      b = i32x4.add(c, i32x4.shl(c, 3));
      c = i32x4.add(v128.or(i32x4.shl(c, 21), i32x4.shr_u(c, 11)), t);
      const u = f32x4.mul(f32x4.convert_i32x4_s(i32x4.shr_u(t, 8)), scale);
      const on = v128.and(f32x4.lt(u, v128.load(probabilities)), one);
      const packed = i8x16.swizzle(on, i8x16(0, 4, 8, 12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
      store<i32>(bits + j, i32x4.extract_lane(packed, 0));
      probabilities += 16;
    }
    for (let j = units; j < padded; j++) store<u8>(bits + j, 0);
    bits += padded;
  }
  v128.store(words, a);
  v128.store(words, b, 16);
  v128.store(words, c, 32);
  v128.store(words, d, 48);
}

/** to (columns × paddedRows) = the transpose of from (rows × paddedColumns). */
export function transpose(from: usize, rows: i32, cols: i32, paddedCols: i32, paddedRows: i32, to: usize): void {
  const wide = <usize>(paddedCols << 2);
  const tall = <usize>(paddedRows << 2);
  let i = 0;
  for (; i + 4 <= rows; i += 4) {
    let source = from + i * wide;
    let at = to + (i << 2);
    let j = 0;
    for (; j + 4 <= cols; j += 4) {
      const a = v128.load(source);
      const b = v128.load(source + wide);
      const c = v128.load(source + 2 * wide);
      const d = v128.load(source + 3 * wide);
      const ab = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
      const cd = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
      const ef = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
      const gh = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
      v128.store(at, v128.shuffle<i64>(ab, cd, 0, 2));
      v128.store(at + tall, v128.shuffle<i64>(ab, cd, 1, 3));
      v128.store(at + 2 * tall, v128.shuffle<i64>(ef, gh, 0, 2));
      v128.store(at + 3 * tall, v128.shuffle<i64>(ef, gh, 1, 3));
      source += 16;
      at += 4 * tall;
    }
    for (; j < cols; j++) {
      for (let k: usize = 0; k < 4; k++) store<f32>(at + 4 * k, load<f32>(source + k * wide));
      source += 4;
      at += tall;
    }
  }
  for (; i < rows; i++) for (let j = 0; j < cols; j++) store<f32>(to + j * tall + (i << 2), load<f32>(from + i * wide + (j << 2)));
}

/** f64 parameters, rows × cols, to f32, rows × paddedCols. */
export function narrow(from: usize, rows: i32, cols: i32, paddedCols: i32, to: usize): void {
  for (let i = 0; i < rows; i++) {
    let at = to + i * paddedCols * 4;
    let j = 0;
    for (; j + 4 <= cols; j += 4) {
      const low = f32x4.demote_f64x2_zero(v128.load(from));
      const high = f32x4.demote_f64x2_zero(v128.load(from, 16));
      v128.store(at, i64x2.replace_lane(low, 1, i64x2.extract_lane(high, 0)));
      from += 32;
      at += 16;
    }
    for (; j < cols; j++) {
      store<f32>(at, <f32>load<f64>(from));
      from += 8;
      at += 4;
    }
  }
}

/** out (rows × cols, f64) += scale · from (rows × paddedCols, f32). */
export function widen(from: usize, rows: i32, cols: i32, paddedCols: i32, scale: f64, out: usize): void {
  const factor = f64x2.splat(scale);
  for (let i = 0; i < rows; i++) {
    let at = from + i * paddedCols * 4;
    let j = 0;
    for (; j + 4 <= cols; j += 4) {
      const four = v128.load(at);
      const low = f64x2.promote_low_f32x4(four);
      const high = f64x2.promote_low_f32x4(v128.shuffle<i64>(four, four, 1, 1));
      v128.store(out, f64x2.add(v128.load(out), f64x2.mul(factor, low)));
      v128.store(out, f64x2.add(v128.load(out, 16), f64x2.mul(factor, high)), 16);
      out += 32;
      at += 16;
    }
    for (; j < cols; j++) {
      store<f64>(out, load<f64>(out) + scale * <f64>load<f32>(at));
      out += 8;
      at += 4;
    }
  }
}

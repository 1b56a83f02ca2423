/**
 * What the layers of a restricted Boltzmann machine need, on arrays that live in memory of its own. Rows of numbers and of units are padded to multiples of 4. Sums
 * go through their terms in order, and nothing but + − × ÷ of f32 is used, so that both implementations give the same bits.
 */
export interface Layers {
  readonly name: 'wasm' | 'plain';
  floats(count: number): Float32Array;
  doubles(count: number): Float64Array;
  ints(count: number): Int32Array;
  bytes(count: number): Uint8Array;
  /** out (count × padded): for each particle the bias, and the rows of `matrix` (units × padded) whose unit is on in it. `list`: scratch, an entry a unit and one more. */
  sums(
    bits: Uint8Array,
    stride: number,
    count: number,
    units: number,
    matrix: Float32Array,
    bias: Float32Array,
    padded: number,
    out: Float32Array,
    list: Int32Array,
  ): void;
  /**
   * out (units × padded): `begin`, and for each unit the rows of `rows` (count × padded) of the particles in which it is on;
   * `counts`: how many these are. `list`: scratch, an entry a particle and one more.
   */
  outer(
    bits: Uint8Array,
    stride: number,
    count: number,
    units: number,
    rows: Float32Array,
    begin: Float32Array,
    padded: number,
    out: Float32Array,
    counts: Int32Array,
    list: Int32Array,
  ): void;
  /** out (padded): the sum of the rows (count × padded). */
  columns(rows: Float32Array, count: number, padded: number, out: Float32Array): void;
  /** x ← 1 / (1 + e^−x) for the first `length`, a multiple of 4. */
  logistic(values: Float32Array, length: number): void;
  /**
   * bits (count × padded, a byte each): whether a draw is below the probability; padded units are off. `words`: the words a, b, c and d, four of each, of four
   * sfc32 generators side by side, which take turns; a draw's upper 24 bits decide.
   */
  sample(probabilities: Float32Array, count: number, units: number, padded: number, words: Int32Array, bits: Uint8Array): void;
  /** to (columns × paddedRows): the transpose of from (rows × paddedColumns). */
  transpose(from: Float32Array, rows: number, columns: number, paddedColumns: number, paddedRows: number, to: Float32Array): void;
  /** to (rows × paddedColumns): the numbers of `from` (rows × columns) rounded to f32. */
  narrow(from: Float64Array, rows: number, columns: number, paddedColumns: number, to: Float32Array): void;
  /** out (rows × columns) += scale · from (rows × paddedColumns). */
  widen(from: Float32Array, rows: number, columns: number, paddedColumns: number, scale: number, out: Float64Array): void;
}

const { fround, min, max } = Math;

// Cody and Waite's ln 2 in two pieces, the first exact in 10 bits, and the Taylor coefficients of e^r.
const LOG2E = fround(1.44269504);
const LN2_HIGH = fround(0.693359375);
const LN2_LOW = fround(-0.00021219444);
const TERMS = Float32Array.of(0.00138888889, 0.00833333333, 0.0416666667, 0.166666667, 0.5, 1, 1);

/** 2^k for −126 ≤ k ≤ 126, by halving and doubling. */
const POWERS = new Float32Array(253);
POWERS[126] = 1;
for (let k = 1; k <= 126; k++) {
  POWERS[126 + k] = 2 * POWERS[125 + k];
  POWERS[126 - k] = POWERS[127 - k] / 2;
}

/** 1 / (1 + e^−x) in f32; its relative error is below 4e-7 for |x| < 87. */
export function logistic(value: number): number {
  const x = min(max(-value, -87), 87);
  // Adding 1.5 · 2²³ rounds to a whole number, ties to even.
  const k = fround(fround(fround(x * LOG2E) + 12582912) - 12582912);
  const r = fround(fround(x - fround(k * LN2_HIGH)) - fround(k * LN2_LOW));
  let e = TERMS[0];
  for (let i = 1; i < TERMS.length; i++) e = fround(fround(e * r) + TERMS[i]);
  return fround(1 / fround(1 + fround(e * POWERS[126 + k])));
}

/** The layers in plain TypeScript: the kernel's oracle, and what runs where there is no WebAssembly. */
export function plainLayers(): Layers {
  return {
    name: 'plain',
    floats: (count) => new Float32Array(count),
    doubles: (count) => new Float64Array(count),
    ints: (count) => new Int32Array(count),
    bytes: (count) => new Uint8Array(count),
    sums(bits, stride, count, units, matrix, bias, padded, out) {
      for (let p = 0; p < count; p++) {
        const row = out.subarray(p * padded, (p + 1) * padded);
        row.set(bias.subarray(0, padded));
        for (let i = 0; i < units; i++) {
          if (bits[p * stride + i] === 1) for (let j = 0; j < padded; j++) row[j] += matrix[i * padded + j];
        }
      }
    },
    outer(bits, stride, count, units, rows, begin, padded, out, counts) {
      for (let i = 0; i < units; i++) {
        const row = out.subarray(i * padded, (i + 1) * padded);
        row.set(begin.subarray(0, padded));
        counts[i] = 0;
        for (let p = 0; p < count; p++) {
          if (bits[p * stride + i] === 0) continue;
          counts[i]++;
          for (let j = 0; j < padded; j++) row[j] += rows[p * padded + j];
        }
      }
    },
    columns(rows, count, padded, out) {
      out.fill(0, 0, padded);
      for (let p = 0; p < count; p++) for (let j = 0; j < padded; j++) out[j] += rows[p * padded + j];
    },
    logistic(values, length) {
      for (let i = 0; i < length; i++) values[i] = logistic(values[i]);
    },
    sample(probabilities, count, units, padded, words, bits) {
      for (let p = 0; p < count; p++) {
        for (let j = 0; j < padded; j++) {
          const below = (draw(words, j & 3) >>> 8) * 5.9604644775390625e-8 < probabilities[p * padded + j]; // 2⁻²⁴, exact
          bits[p * padded + j] = below && j < units ? 1 : 0;
        }
      }
    },
    transpose(from, rows, columns, paddedColumns, paddedRows, to) {
      for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) to[j * paddedRows + i] = from[i * paddedColumns + j];
    },
    narrow(from, rows, columns, paddedColumns, to) {
      for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) to[i * paddedColumns + j] = from[i * columns + j];
    },
    widen(from, rows, columns, paddedColumns, scale, out) {
      for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) out[i * columns + j] += scale * from[i * paddedColumns + j];
    },
  };
}

/** The next 32 bits of generator `lane`: sfc32, as in src/random/rng.ts. */
function draw(words: Int32Array, lane: number): number {
  const t = (((words[lane] + words[4 + lane]) | 0) + words[12 + lane]) | 0;
  const b = words[4 + lane];
  const c = words[8 + lane];
  words[12 + lane] = (words[12 + lane] + 1) | 0;
  words[lane] = b ^ (b >>> 9);
  words[4 + lane] = (c + (c << 3)) | 0;
  words[8 + lane] = (((c << 21) | (c >>> 11)) + t) | 0;
  return t;
}

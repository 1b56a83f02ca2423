/**
 * The products that a network's training is made of, over Float32Arrays and Int32Arrays that `floats` and `ints` have given. The plain functions here are the oracle of the
 * WebAssembly ones (kernels/dense.ts): every sum begins at +0 and takes its terms in order, each rounded to f32 after the multiplication and after the addition, so both
 * give the same bits. A sum that begins at +0 never is −0, hence leaving out terms whose factor is 0 changes no bit of a finite sum either.
 */
export interface Products {
  readonly name: 'wasm' | 'plain';
  floats(length: number): Float32Array;
  ints(length: number): Int32Array;
  /** C (m × n) = A (m × k) · B (k × n). A's element (i, t) is a[i · aRow + t · aCol]; B and C are row by row. */
  product(a: Float32Array, aRow: number, aCol: number, b: Float32Array, c: Float32Array, m: number, n: number, k: number): void;
  /** C (m × n) = A · B (k × n) for A given by its non-zeros: row i's are begin[i] … end[i] − 1 of `index` (its column) and `value`. */
  sparseProduct(
    begin: Int32Array,
    end: Int32Array,
    index: Int32Array,
    value: Float32Array,
    b: Float32Array,
    c: Float32Array,
    m: number,
    n: number,
    k: number,
  ): void;
  /** The same product, but Cᵀ (n × m) is written. */
  turnedSparseProduct(
    begin: Int32Array,
    end: Int32Array,
    index: Int32Array,
    value: Float32Array,
    b: Float32Array,
    c: Float32Array,
    m: number,
    n: number,
    k: number,
  ): void;
  /** to (n × m) = the transpose of from (m × n). */
  turn(from: Float32Array, to: Float32Array, m: number, n: number): void;
  /**
   * The non-zeros of d (m × n) by column: those of column j are begin[j] … end[j] − 1 of `toIndex` (the row) and `toValue`, rows in order, where begin[j] = j · m. These two
   * have m · n numbers; what is in them elsewhere means nothing. Gives how many non-zeros there are.
   */
  columnsOf(d: Float32Array, m: number, n: number, begin: Int32Array, end: Int32Array, toIndex: Int32Array, toValue: Float32Array): number;
  /** to (m × width): rows `list[0]` … `list[m − 1]` of `from`. */
  gather(from: Float32Array, list: Int32Array, m: number, width: number, to: Float32Array): void;
  /** sums (n) = the sums of the columns of d (m × n). */
  columnSums(d: Float32Array, sums: Float32Array, m: number, n: number): void;
  /**
   * The non-zeros of m rows by column: those of column j are starts[j] … starts[j + 1] − 1 of `toIndex` (the row, from 0) and `toValue`, rows in order. `next` is scratch
   * of `columns` numbers.
   */
  byColumn(
    begin: Int32Array,
    end: Int32Array,
    index: Int32Array,
    value: Float32Array,
    m: number,
    columns: number,
    starts: Int32Array,
    next: Int32Array,
    toIndex: Int32Array,
    toValue: Float32Array,
  ): void;
  /** out (m × n) ← out + b in each row, and then what is not above 0 times `slope`. */
  rectify(out: Float32Array, b: Float32Array, m: number, n: number, slope: number): void;
  /** delta ← delta where out is above 0, elsewhere delta · slope. */
  unrectify(out: Float32Array, delta: Float32Array, length: number, slope: number): void;
}

/** The plain functions. */
export function plainProducts(): Products {
  return {
    name: 'plain',
    floats: (length) => new Float32Array(length),
    ints: (length) => new Int32Array(length),
    product(a, aRow, aCol, b, c, m, n, k) {
      for (let i = 0; i < m; i++) {
        const row = c.subarray(i * n, (i + 1) * n).fill(0);
        for (let t = 0; t < k; t++) addRow(row, a[i * aRow + t * aCol], b, t * n, n);
      }
    },
    sparseProduct(begin, end, index, value, b, c, m, n) {
      for (let i = 0; i < m; i++) {
        const row = c.subarray(i * n, (i + 1) * n).fill(0);
        for (let t = begin[i]; t < end[i]; t++) addRow(row, value[t], b, index[t] * n, n);
      }
    },
    turnedSparseProduct(begin, end, index, value, b, c, m, n, k) {
      const product = new Float32Array(m * n);
      this.sparseProduct(begin, end, index, value, b, product, m, n, k);
      this.turn(product, c, m, n);
    },
    turn(from, to, m, n) {
      for (let i = 0; i < m; i++) for (let j = 0; j < n; j++) to[j * m + i] = from[i * n + j];
    },
    columnsOf(d, m, n, begin, end, toIndex, toValue) {
      let count = 0;
      for (let j = 0; j < n; j++) {
        begin[j] = end[j] = j * m;
        for (let i = 0; i < m; i++) {
          if (d[i * n + j] === 0) continue;
          toIndex[end[j]] = i;
          toValue[end[j]++] = d[i * n + j];
          count++;
        }
      }
      return count;
    },
    gather(from, list, m, width, to) {
      for (let i = 0; i < m; i++) to.set(from.subarray(list[i] * width, (list[i] + 1) * width), i * width);
    },
    columnSums(d, sums, m, n) {
      sums.fill(0);
      for (let i = 0, at = 0; i < m; i++) for (let j = 0; j < n; j++, at++) sums[j] += d[at];
    },
    byColumn(begin, end, index, value, m, columns, starts, next, toIndex, toValue) {
      starts.fill(0, 0, columns + 1);
      for (let i = 0; i < m; i++) for (let t = begin[i]; t < end[i]; t++) starts[index[t] + 1]++;
      for (let j = 0; j < columns; j++) {
        next[j] = starts[j];
        starts[j + 1] += starts[j];
      }
      for (let i = 0; i < m; i++) {
        for (let t = begin[i]; t < end[i]; t++) {
          const place = next[index[t]]++;
          toIndex[place] = i;
          toValue[place] = value[t];
        }
      }
    },
    rectify(out, b, m, n, slope) {
      const steep = Math.fround(slope);
      for (let i = 0, at = 0; i < m; i++) {
        for (let j = 0; j < n; j++, at++) {
          const z = Math.fround(out[at] + b[j]);
          out[at] = z > 0 ? z : steep * z + 0;
        }
      }
    },
    unrectify(out, delta, length, slope) {
      const steep = Math.fround(slope);
      for (let i = 0; i < length; i++) if (!(out[i] > 0)) delta[i] = steep * delta[i] + 0;
    },
  };
}

/** row += x · b[from …]. The array rounds the sum; a product of two f32 is exact before it is rounded. */
function addRow(row: Float32Array, x: number, b: Float32Array, from: number, n: number): void {
  for (let j = 0; j < n; j++) row[j] += Math.fround(x * b[from + j]);
}

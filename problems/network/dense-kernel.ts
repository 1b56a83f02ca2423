import { wasm } from '../../src/dynamics/wasm.ts';
import { DENSE_WASM } from './dense-wasm.ts';
import { plainProducts, type Products } from './dense.ts';

/** Columns of B that a product holds together, at most; their sums may need as much again. */
const PANEL = 16;

/** What the module exports; addresses are in bytes. */
interface Exports {
  product(a: number, aRow: number, aCol: number, b: number, c: number, m: number, n: number, k: number, panel: number): void;
  sparseProduct(...values: number[]): void;
  turnedSparseProduct(...values: number[]): void;
  turn(from: number, wide: number, to: number, tall: number, m: number, n: number): void;
  columnsOf(d: number, m: number, n: number, begin: number, end: number, toIndex: number, toValue: number): number;
  gather(from: number, list: number, m: number, width: number, to: number): void;
  columnSums(d: number, sums: number, m: number, n: number): void;
  byColumn(...values: number[]): void;
  rectify(out: number, b: number, m: number, n: number, slope: number): void;
  unrectify(out: number, delta: number, length: number, slope: number): void;
}

/**
 * Products with SIMD, or the plain ones where the engine has none: the same bits.
 * @param length how many numbers of four bytes all its arrays may have together; its memory does not grow, so that their views stay.
 * @param depth the largest k or m of a product.
 */
export function products(length: number, depth: number): Products {
  const kernel = wasm<Exports>(DENSE_WASM, 4 * (length + 2 * PANEL * depth));
  if (kernel === null) return plainProducts();
  const { exports, floats, ints } = kernel;
  const panel = floats(2 * PANEL * depth).byteOffset;
  const sparse =
    (product: Exports['sparseProduct']): Products['sparseProduct'] =>
    (begin, end, index, value, b, c, m, n, k) =>
      product(begin.byteOffset, end.byteOffset, index.byteOffset, value.byteOffset, b.byteOffset, c.byteOffset, m, n, k, panel);
  return {
    name: 'wasm',
    floats,
    ints,
    product: (a, aRow, aCol, b, c, m, n, k) => exports.product(a.byteOffset, aRow, aCol, b.byteOffset, c.byteOffset, m, n, k, panel),
    sparseProduct: sparse(exports.sparseProduct),
    turnedSparseProduct: sparse(exports.turnedSparseProduct),
    turn: (from, to, m, n) => exports.turn(from.byteOffset, 4 * n, to.byteOffset, 4 * m, m, n),
    columnsOf: (d, m, n, begin, end, toIndex, toValue) =>
      exports.columnsOf(d.byteOffset, m, n, begin.byteOffset, end.byteOffset, toIndex.byteOffset, toValue.byteOffset),
    gather: (from, list, m, width, to) => exports.gather(from.byteOffset, list.byteOffset, m, width, to.byteOffset),
    columnSums: (d, sums, m, n) => exports.columnSums(d.byteOffset, sums.byteOffset, m, n),
    byColumn: (begin, end, index, value, m, columns, starts, next, toIndex, toValue) =>
      exports.byColumn(
        begin.byteOffset,
        end.byteOffset,
        index.byteOffset,
        value.byteOffset,
        m,
        columns,
        starts.byteOffset,
        next.byteOffset,
        toIndex.byteOffset,
        toValue.byteOffset,
      ),
    rectify: (out, b, m, n, slope) => exports.rectify(out.byteOffset, b.byteOffset, m, n, slope),
    unrectify: (out, delta, length, slope) => exports.unrectify(out.byteOffset, delta.byteOffset, length, slope),
  };
}

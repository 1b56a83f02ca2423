import { wasm } from '../../src/dynamics/wasm.ts';
import { DENSE_WASM } from './dense-wasm.ts';
import { plainProducts, type Products } from './dense.ts';

/** Columns of B that a product holds together, at most. */
const PANEL = 16;

/** What the module exports; addresses are in bytes. */
interface Exports {
  product(a: number, aRow: number, aCol: number, b: number, c: number, m: number, n: number, k: number, panel: number): void;
  sparseProduct(...values: number[]): void;
  byColumn(...values: number[]): void;
  rectify(out: number, b: number, m: number, n: number, slope: number): void;
  unrectify(out: number, delta: number, length: number, slope: number): void;
}

/**
 * Products with SIMD, or the plain ones where the engine has none: the same bits.
 * @param length how many numbers of four bytes all its arrays may have together; its memory does not grow, so that their views stay.
 * @param depth the largest k of a product.
 */
export function products(length: number, depth: number): Products {
  const kernel = wasm<Exports>(DENSE_WASM, 4 * (length + PANEL * depth));
  if (kernel === null) return plainProducts();
  const { exports, floats, ints } = kernel;
  const panel = floats(PANEL * depth).byteOffset;
  return {
    name: 'wasm',
    floats,
    ints,
    product: (a, aRow, aCol, b, c, m, n, k) => exports.product(a.byteOffset, aRow, aCol, b.byteOffset, c.byteOffset, m, n, k, panel),
    sparseProduct: (begin, end, index, value, b, c, m, n, k) =>
      exports.sparseProduct(
        begin.byteOffset,
        end.byteOffset,
        index.byteOffset,
        value.byteOffset,
        b.byteOffset,
        c.byteOffset,
        m,
        n,
        k,
        panel,
      ),
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

import { DENSE_WASM } from './dense-wasm.ts';
import { plainProducts, type Products } from './dense.ts';

/** Where arrays begin: below lies what a compiler may want. */
const BASE = 1024;
const PAGE = 65536;
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

let compiled: WebAssembly.Module | null | undefined;

/** The module, compiled once; null where there is no WebAssembly, or no SIMD in it. */
function moduleOf(): WebAssembly.Module | null {
  if (compiled !== undefined) return compiled;
  try {
    compiled = new WebAssembly.Module(Uint8Array.from(atob(DENSE_WASM), (letter) => letter.charCodeAt(0)));
  } catch {
    compiled = null;
  }
  return compiled;
}

/**
 * Products with SIMD, or the plain ones where the engine has none: the same bits.
 * @param length how many numbers of four bytes all its arrays may have together; its memory does not grow, so that their views stay.
 * @param depth the largest k of a product.
 */
export function products(length: number, depth: number): Products {
  const module = moduleOf();
  if (module === null) return plainProducts();
  // Each array begins at a multiple of 16 bytes; there are some dozens.
  const bytes = BASE + 4 * (length + PANEL * depth) + 64 * 16;
  const memory = new WebAssembly.Memory({ initial: Math.ceil(bytes / PAGE) });
  const wasm = new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as Exports;
  let free = BASE;
  const take = (count: number): number => {
    const at = free;
    free = Math.ceil((free + 4 * count) / 16) * 16;
    return at;
  };
  const panel = take(PANEL * depth);
  return {
    name: 'wasm',
    floats: (count) => new Float32Array(memory.buffer, take(count), count),
    ints: (count) => new Int32Array(memory.buffer, take(count), count),
    product: (a, aRow, aCol, b, c, m, n, k) => wasm.product(a.byteOffset, aRow, aCol, b.byteOffset, c.byteOffset, m, n, k, panel),
    sparseProduct: (begin, end, index, value, b, c, m, n, k) =>
      wasm.sparseProduct(begin.byteOffset, end.byteOffset, index.byteOffset, value.byteOffset, b.byteOffset, c.byteOffset, m, n, k, panel),
    byColumn: (begin, end, index, value, m, columns, starts, next, toIndex, toValue) =>
      wasm.byColumn(
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
    rectify: (out, b, m, n, slope) => wasm.rectify(out.byteOffset, b.byteOffset, m, n, slope),
    unrectify: (out, delta, length, slope) => wasm.unrectify(out.byteOffset, delta.byteOffset, length, slope),
  };
}

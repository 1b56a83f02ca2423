/** Where arrays begin: below lies what a compiler may want. */
const BASE = 1024;
const PAGE = 65536;

const compiled = new Map<string, WebAssembly.Module | null>();

/** The module of base64 text, compiled once; null where there is no WebAssembly, or no SIMD in it. */
function moduleOf(text: string): WebAssembly.Module | null {
  let module = compiled.get(text);
  if (module === undefined) {
    try {
      module = new WebAssembly.Module(Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)));
    } catch {
      module = null;
    }
    compiled.set(text, module);
  }
  return module;
}

/** A kernel's exports, and arrays in its memory, each at a multiple of 16 bytes. */
export interface Room<E> {
  readonly exports: E;
  floats(count: number): Float32Array;
  doubles(count: number): Float64Array;
  ints(count: number): Int32Array;
}

/**
 * A kernel with memory of its own, which does not grow, so that views of it stay; null where the engine cannot run it.
 * @param bytes how many all its arrays may have together; there are some dozens of them.
 */
export function roomFor<E>(text: string, bytes: number): Room<E> | null {
  const module = moduleOf(text);
  if (module === null) return null;
  const memory = new WebAssembly.Memory({ initial: Math.ceil((BASE + bytes + 64 * 16) / PAGE) });
  const exports = new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as E;
  let free = BASE;
  const take = (length: number): number => {
    const at = free;
    free = Math.ceil((free + length) / 16) * 16;
    return at;
  };
  return {
    exports,
    floats: (count) => new Float32Array(memory.buffer, take(4 * count), count),
    doubles: (count) => new Float64Array(memory.buffer, take(8 * count), count),
    ints: (count) => new Int32Array(memory.buffer, take(4 * count), count),
  };
}

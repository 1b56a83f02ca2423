/** Where arrays begin: below lies what a compiler may want. */
const BASE = 1024;
const PAGE = 65536;
/** Each array begins at a multiple of this; a kernel has at most some dozens of them, a deep network more. */
const ALIGNED = 16;
const ARRAYS = 256;

/** A kernel in WebAssembly with a memory of its own, and arrays in that. They live as long as the kernel does. */
export interface Wasm<E> {
  readonly exports: E;
  floats(count: number): Float32Array;
  doubles(count: number): Float64Array;
  ints(count: number): Int32Array;
  bytes(count: number): Uint8Array;
}

const compiled = new Map<string, WebAssembly.Module | null>();

/** The memories of kernels by their buffers, and what else runs in each. */
const memories = new WeakMap<ArrayBufferLike, { readonly memory: WebAssembly.Memory; readonly guests: Map<string, unknown> }>();

/** The module, compiled once; null where there is no WebAssembly, or not all of what it needs, such as SIMD. */
function moduleOf(base64: string): WebAssembly.Module | null {
  let module = compiled.get(base64);
  if (module === undefined) {
    try {
      module = new WebAssembly.Module(Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0)));
    } catch {
      module = null;
    }
    compiled.set(base64, module);
  }
  return module;
}

/**
 * A kernel with room for arrays; null where the engine cannot run it: then the plain twin is taken. Without anything of Node.
 * @param base64 a module that imports its memory as `env.memory`. @param bytes how many all its arrays may have together; the memory does not grow, so that
 * their views stay.
 */
export function wasm<E>(base64: string, bytes: number): Wasm<E> | null {
  const module = moduleOf(base64);
  if (module === null) return null;
  const memory = new WebAssembly.Memory({ initial: Math.ceil((BASE + bytes + ARRAYS * ALIGNED) / PAGE) });
  memories.set(memory.buffer, { memory, guests: new Map() });
  const exports = new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as E;
  let free = BASE;
  const take = (length: number): number => {
    const at = free;
    free = Math.ceil((free + length) / ALIGNED) * ALIGNED;
    return at;
  };
  return {
    exports,
    floats: (count) => new Float32Array(memory.buffer, take(4 * count), count),
    doubles: (count) => new Float64Array(memory.buffer, take(8 * count), count),
    ints: (count) => new Int32Array(memory.buffer, take(4 * count), count),
    bytes: (count) => new Uint8Array(memory.buffer, take(count), count),
  };
}

/**
 * Another kernel's exports over the memory that an array lies in, so that they work on what one kernel has left without copying; null where the array lies in no kernel's
 * memory, or the engine cannot run this one.
 */
export function wasmOver<E>(base64: string, { buffer }: ArrayBufferView): E | null {
  const found = memories.get(buffer);
  if (found === undefined) return null;
  const { memory, guests } = found;
  let exports = guests.get(base64);
  if (exports === undefined) {
    const module = moduleOf(base64);
    exports = module === null ? null : new WebAssembly.Instance(module, { env: { memory } }).exports;
    guests.set(base64, exports);
  }
  return exports as E | null;
}

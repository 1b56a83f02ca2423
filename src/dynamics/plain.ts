import { LehrError, show } from '../error.ts';

/**
 * A detached deep copy of plain data: numbers, strings, booleans, null, undefined, typed arrays, arrays and plain objects of these, with the
 * order of keys kept (states stay of one hidden class). Anything else, a class instance or a function, could not be saved and loaded again.
 * @param name what the data is, for the message of the `contract` error.
 */
export function plainCopy<T>(value: T, name: string): T {
  return copyOf(value, name) as T;
}

function copyOf(value: unknown, path: string): unknown {
  if (typeof value !== 'object' || value === null) {
    if (typeof value === 'function' || typeof value === 'symbol') throw notPlain(value, path);
    return value;
  }
  if (ArrayBuffer.isView(value)) {
    if (value instanceof DataView) throw notPlain(value, path);
    return (value as Uint8Array).slice();
  }
  if (Array.isArray(value)) return value.map((item, i) => copyOf(item, `${path}[${i}]`));
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) throw notPlain(value, path);
  const copy: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(value)) copy[key] = copyOf(item, `${path}.${key}`);
  return copy;
}

function notPlain(value: unknown, path: string): LehrError {
  const kind = typeof value === 'object' ? (value as object).constructor?.name : typeof value;
  return new LehrError(
    'contract',
    `${path} is ${kind === 'function' ? 'a function' : `a ${kind}`} (${show(value)}), expected plain data: numbers, strings, typed arrays, arrays and plain objects. Maybe keep it in the problem, outside the state.`,
  );
}

/** Whether two pieces of plain data are the same, bit for bit (NaN equals NaN, 0 differs from −0). */
export function plainEqual(a: unknown, b: unknown): boolean {
  return difference(a, b, '') === null;
}

/** The path of the first difference between two pieces of plain data (`.tour[3]`), or null if they are the same bit for bit. */
export function difference(a: unknown, b: unknown, path = ''): string | null {
  if (Object.is(a, b)) return null;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return path || '(root)';
  if (ArrayBuffer.isView(a) || ArrayBuffer.isView(b)) {
    if (!ArrayBuffer.isView(a) || !ArrayBuffer.isView(b) || a.constructor !== b.constructor || a.byteLength !== b.byteLength)
      return path || '(root)';
    const x = a as Float64Array;
    const y = b as Float64Array;
    for (let i = 0; i < x.length; i++) if (!Object.is(x[i], y[i])) return `${path}[${i}]`;
    return null;
  }
  if (Array.isArray(a) !== Array.isArray(b)) return path || '(root)';
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  for (const key of keys) {
    const inner = difference(
      (a as Record<string, unknown>)[key],
      (b as Record<string, unknown>)[key],
      Array.isArray(a) ? `${path}[${key}]` : `${path}.${key}`,
    );
    if (inner !== null) return inner;
  }
  return null;
}

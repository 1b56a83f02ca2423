import { distance, type Distance, type TspInstance } from './instance.ts';

/** Up to this many cities distances come from a table of n² 32-bit numbers (36 MB); beyond, from coordinates. */
const TABLE_CITIES = 3000;

/** An instance made ready for a kernel: cities renumbered along a curve, so that near cities are near in memory, and a fast distance. */
export interface Space {
  readonly n: number;
  /** `order[k]` is the instance's number of the kernel's city k. */
  readonly order: Int32Array;
  readonly dist: Distance;
  /** Coordinates of the kernel's cities, for searching neighbours; null where there are none. */
  readonly x: Float64Array | null;
  readonly y: Float64Array | null;
  /** All distances are whole numbers. */
  readonly integer: boolean;
}

/** Prepares an instance: Hilbert order where there are coordinates, and a distance table where it fits. */
export function prepare(instance: TspInstance): Space {
  const { n, metric } = instance;
  const plane = planar(instance);
  const order = plane === null ? Int32Array.from({ length: n }, (_, i) => i) : hilbertOrder(plane.x, plane.y);
  const d = distance(instance);
  const pick = (values: Float64Array): Float64Array => Float64Array.from(order, (city) => values[city]);
  const x = plane === null ? null : pick(plane.x);
  const y = plane === null ? null : pick(plane.y);
  if (n > TABLE_CITIES) {
    const renumbered =
      metric === 'EXPLICIT' ? explicit(instance, order) : distance({ ...instance, x: pick(instance.x!), y: pick(instance.y!) });
    return { n, order, dist: renumbered, x, y, integer: metric !== 'EXPLICIT' };
  }
  let integer = true;
  let largest = 0;
  const exact = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      const value = d(order[i], order[j]);
      exact[i * n + j] = exact[j * n + i] = value;
      integer &&= Number.isInteger(value);
      largest = Math.max(largest, value);
    }
  }
  const table = integer && largest < 2 ** 29 ? Int32Array.from(exact) : exact;
  return { n, order, dist: (i, j) => table[i * n + j], x, y, integer };
}

function explicit(instance: TspInstance, order: Int32Array): Distance {
  const matrix = instance.matrix!;
  return (i, j) => matrix[order[i] * order.length + order[j]];
}

/** Coordinates in a plane where near means near: GEO's longitudes shrink with latitude; EXPLICIT has none that can be trusted. */
function planar({ metric, x, y }: TspInstance): { x: Float64Array; y: Float64Array } | null {
  if (metric === 'EXPLICIT') return null;
  if (metric !== 'GEO') return { x: x!, y: y! };
  const middle = x!.reduce((sum, latitude) => sum + latitude, 0) / x!.length;
  const shrink = Math.cos((middle * Math.PI) / 180);
  return { x: x!, y: y!.map((longitude) => longitude * shrink) };
}

/** Cities in the order of Hilbert's curve (order 16) over their bounding square. */
export function hilbertOrder(x: Float64Array, y: Float64Array): Int32Array {
  const n = x.length;
  let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < n; i++) {
    if (x[i] < minX) minX = x[i];
    if (x[i] > maxX) maxX = x[i];
    if (y[i] < minY) minY = y[i];
    if (y[i] > maxY) maxY = y[i];
  }
  const side = Math.max(maxX - minX, maxY - minY);
  const scale = side > 0 ? 65535 / side : 0;
  // Key and index in one double: 2³² · 2²¹ is still exact.
  const keys = new Float64Array(n);
  for (let i = 0; i < n; i++) keys[i] = hilbert(((x[i] - minX) * scale) | 0, ((y[i] - minY) * scale) | 0);
  const order = Int32Array.from({ length: n }, (_, i) => i);
  return order.sort((a, b) => keys[a] - keys[b] || a - b);
}

/** Position of a point of the 2¹⁶ × 2¹⁶ grid on Hilbert's curve. */
function hilbert(x: number, y: number): number {
  let d = 0;
  for (let s = 32768; s > 0; s >>= 1) {
    const rx = (x & s) > 0 ? 1 : 0;
    const ry = (y & s) > 0 ? 1 : 0;
    d = d * 4 + ((3 * rx) ^ ry);
    if (ry === 0) {
      if (rx === 1) {
        x = 65535 - x;
        y = 65535 - y;
      }
      const swap = x;
      x = y;
      y = swap;
    }
  }
  return d;
}

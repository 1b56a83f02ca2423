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
  /** Distances grow with the distance in the plane. */
  readonly euclidean: boolean;
  /** All distances are whole numbers. */
  readonly integer: boolean;
}

/** Prepares an instance: Hilbert order where there are coordinates, and a distance table where it fits. */
export function prepare(instance: TspInstance): Space {
  const { n, metric } = instance;
  const plane = planar(instance);
  const order = plane === null ? Int32Array.from({ length: n }, (_, i) => i) : hilbertOrder(plane.x, plane.y);
  const d = distance(instance);
  const euclidean = metric === 'EUC_2D' || metric === 'CEIL_2D' || metric === 'ATT';
  const x = plane === null ? null : picked(plane.x, order);
  const y = plane === null ? null : picked(plane.y, order);
  if (n > TABLE_CITIES) {
    const renumbered =
      metric === 'EXPLICIT'
        ? explicit(instance, order)
        : distance({ ...instance, x: picked(instance.x!, order), y: picked(instance.y!, order) });
    return { n, order, dist: renumbered, x, y, euclidean, integer: metric !== 'EXPLICIT' };
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
  return { n, order, dist: (i, j) => table[i * n + j], x, y, euclidean, integer };
}

function picked(values: Float64Array, order: Int32Array): Float64Array {
  const chosen = new Float64Array(order.length);
  for (let i = 0; i < order.length; i++) chosen[i] = values[order[i]];
  return chosen;
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
  // Place on the curve and index share one double, so that the engine's own sort of numbers does it (a comparison function takes ten times as
  // long). Above 2²¹ cities the last bits of the place give way: ties are in the order of the file.
  const coarse = n > 2097152 ? 8 : 1;
  const keys = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    keys[i] = Math.floor(hilbert(((x[i] - minX) * scale) | 0, ((y[i] - minY) * scale) | 0) / coarse) * n + i;
  }
  keys.sort();
  const order = new Int32Array(n);
  for (let i = 0; i < n; i++) order[i] = keys[i] % n;
  return order;
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

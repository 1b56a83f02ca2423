import KDBush from 'kdbush';

/** More nodes than are ever waiting: the tree is balanced, and each level leaves one behind. */
const DEEPEST = 64;

/** A box of the plane: least x and y, greatest x and y. */
export type Box = readonly [number, number, number, number];

/**
 * Different places in a kd-tree, of which the nearest in each quadrant around a city can be asked for. Quadrants are numbered 0 to 3: bit 0 is set where x is smaller than the city's, bit 1 where y is.
 */
export class QuadrantIndex {
  private readonly x: Float64Array;
  private readonly y: Float64Array;
  private readonly cities: Int32Array;
  private readonly index: KDBush;
  private readonly whole: Box;
  /** Scratch: the nearest city of each quadrant, −1 for none, and its squared distance. */
  private readonly nearest = new Int32Array(4);
  private readonly least = new Float64Array(4);
  /** Scratch: nodes still to be searched, the axis each splits on, and how far they are from the city along either axis at least. */
  private readonly lefts = new Int32Array(DEEPEST);
  private readonly rights = new Int32Array(DEEPEST);
  private readonly axes = new Int8Array(DEEPEST);
  private readonly gapX = new Float64Array(DEEPEST);
  private readonly gapY = new Float64Array(DEEPEST);

  constructor(x: Float64Array, y: Float64Array, cities: Int32Array) {
    this.x = x;
    this.y = y;
    this.cities = cities;
    this.index = new KDBush(cities.length);
    for (const city of cities) this.index.add(x[city], y[city]);
    this.index.finish();
    this.whole = this.around(0, cities.length);
  }

  /** The bounding box of places `from` to `to` − 1. */
  around(from: number, to: number): Box {
    const { x, y, cities } = this;
    let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity];
    for (let p = from; p < to; p++) {
      minX = Math.min(minX, x[cities[p]]);
      minY = Math.min(minY, y[cities[p]]);
      maxX = Math.max(maxX, x[cities[p]]);
      maxY = Math.max(maxY, y[cities[p]]);
    }
    return [minX, minY, maxX, maxY];
  }

  /** The places in a box and up to `margin` around it. */
  within([minX, minY, maxX, maxY]: Box, margin: number): number[] {
    return this.index.range(minX - margin, minY - margin, maxX + margin, maxY + margin);
  }

  /**
   * Adds to a pool, behind `size`, a city's nearest of each quadrant where the pool, which holds all of a box and up to `margin` around it, may not have
   * it. Returns the new size.
   */
  complete(city: number, box: Box, margin: number, pool: Int32Array, size: number): number {
    const { x, y, nearest, least, whole } = this;
    const [cx, cy] = [x[city], y[city]];
    nearest.fill(-1);
    least.fill(Infinity);
    for (let i = 0; i < size; i++) this.consider(pool[i], city, cx, cy, -1);
    let total = size;
    for (let q = 0; q < 4; q++) {
      const across = (q & 1) === 0 ? box[2] - cx : cx - box[0];
      const along = (q & 2) === 0 ? box[3] - cy : cy - box[1];
      const known = Math.min(across, along) + margin;
      if (known > 0 && least[q] <= known * known) continue;
      // At the edge of all places there is nothing to find; in places on one line the search would find that out the hard way.
      if (((q & 1) !== 0 && cx <= whole[0]) || ((q & 2) !== 0 && cy <= whole[1])) continue;
      const inPool = nearest[q];
      this.search(city, q);
      if (nearest[q] !== inPool) pool[total++] = nearest[q];
    }
    return total;
  }

  /** Takes note of a city if it is the nearest of its quadrant so far (ties: the lower number); of quadrant `only` alone unless that is −1. */
  private consider(other: number, city: number, cx: number, cy: number, only: number): void {
    if (other === city) return;
    const { x, y, nearest, least } = this;
    const dx = x[other] - cx;
    const dy = y[other] - cy;
    const q = (dx < 0 ? 1 : 0) | (dy < 0 ? 2 : 0);
    if (only >= 0 && q !== only) return;
    const d = dx * dx + dy * dy;
    if (d < least[q] || (d === least[q] && other < nearest[q])) {
      nearest[q] = other;
      least[q] = d;
    }
  }

  /**
   * Looks for a quadrant's nearest through the tree, the nearer half of each node first, leaving out halves that cannot hold a nearer one. The tree is
   * kdbush's: node [left, right] of `coords` has its middle for a splitting point, on x and y by turns.
   */
  private search(city: number, q: number): void {
    const { x, y, cities, least, index, lefts, rights, axes, gapX, gapY } = this;
    const { coords, ids, nodeSize } = index;
    const [cx, cy] = [x[city], y[city]];
    lefts[0] = 0;
    rights[0] = cities.length - 1;
    gapX[0] = gapY[0] = 0;
    let top = 1;
    axes[0] = 0;
    while (top > 0) {
      top--;
      const left = lefts[top];
      const right = rights[top];
      const axis = axes[top];
      const gx = gapX[top];
      const gy = gapY[top];
      if (gx * gx + gy * gy > least[q]) continue;
      if (right - left <= nodeSize) {
        for (let i = left; i <= right; i++) this.consider(cities[ids[i]], city, cx, cy, q);
        continue;
      }
      const middle = (left + right) >> 1;
      this.consider(cities[ids[middle]], city, cx, cy, q);
      const at = coords[2 * middle + axis] - (axis === 0 ? cx : cy);
      const upwards = (q & (1 << axis)) === 0;
      // How far each half is from the city along the axis, within the quadrant: NaN if it has nothing there.
      const low = upwards ? (at >= 0 ? 0 : NaN) : at < 0 ? -at : 0;
      const high = upwards ? (at > 0 ? at : 0) : at < 0 ? 0 : NaN;
      // The half beyond the splitting point as seen from the city comes last, so that it is looked at after the other.
      for (let half = 0; half < 2; half++) {
        const upper = (half === 0) === upwards;
        const gap = upper ? high : low;
        if (gap !== gap) continue;
        lefts[top] = upper ? middle + 1 : left;
        rights[top] = upper ? right : middle - 1;
        axes[top] = 1 - axis;
        gapX[top] = axis === 0 ? Math.max(gap, gx) : gx;
        gapY[top] = axis === 0 ? gy : Math.max(gap, gy);
        top++;
      }
    }
  }
}

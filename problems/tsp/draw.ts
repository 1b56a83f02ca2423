import type { Scene, SceneItem } from '../../src/report/scene.ts';
import { geoRadians, tourLength, type TspInstance } from './instance.ts';

/** The longer side of the picture, and the margin round it. */
const SIDE = 1000;
const MARGIN = 20;
/** Above this many cities dots would only blacken the tour. */
const MOST_DOTS = 5000;
/** Up to this many cities are numbered where the instance has no places of its own, as else nothing tells them apart. */
const MOST_NUMBERS = 60;

/**
 * A tour as a picture, in true proportions: the path, and dots for the cities up to 5,000. Coordinates grow to the right and upwards; GEO is drawn as a
 * map, longitude to the right and latitude upwards, a degree as long either way. Without coordinates the cities stand on a circle, clockwise from the top.
 */
export function drawTour(instance: TspInstance, tour: ArrayLike<number>): Scene {
  const { name, n } = instance;
  const { x, y, width, height } = place(instance);
  const points: number[] = [];
  for (let k = 0; k < tour.length; k++) {
    const px = x[tour[k]];
    const py = y[tour[k]];
    // Cities that fall on one spot of the picture need one point.
    const last = points.length - 2;
    if (last < 0 || points[last] !== px || points[last + 1] !== py) points.push(px, py);
  }
  const stroke = n <= 1000 ? 2 : n <= 20_000 ? 1 : 0.5;
  const items: SceneItem[] = [{ kind: 'path', points, closed: true, width: stroke }];
  if (n <= MOST_DOTS) {
    const dots: number[] = [];
    for (let i = 0; i < n; i++) dots.push(x[i], y[i]);
    items.push({ kind: 'dots', points: dots, radius: n <= 200 ? 4 : n <= 1000 ? 3 : 1.5 });
  }
  if (instance.x === undefined && n <= MOST_NUMBERS) {
    for (let i = 0; i < n; i++) items.push({ kind: 'text', x: x[i], y: y[i] - 6, text: String(i + 1), size: 14, anchor: 'middle' });
  }
  return { width, height, items, caption: `${name}: ${n} ${n === 1 ? 'city' : 'cities'}, tour length ${tourLength(instance, tour)}` };
}

interface Picture {
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly width: number;
  readonly height: number;
}

function place({ n, metric, x, y }: TspInstance): Picture {
  if (x === undefined || y === undefined) {
    const angle = (i: number): number => (2 * Math.PI * i) / n;
    return fit(
      n,
      (i) => Math.sin(angle(i)),
      (i) => Math.cos(angle(i)),
    );
  }
  if (metric === 'GEO')
    return fit(
      n,
      (i) => degrees(y[i]),
      (i) => degrees(x[i]),
    );
  return fit(
    n,
    (i) => x[i],
    (i) => y[i],
  );
}

function degrees(value: number): number {
  return (geoRadians(value) * 180) / Math.PI;
}

/** Scales and turns coordinates (up is more) into the picture (up is less), to a tenth of a unit. */
function fit(n: number, right: (i: number) => number, up: (i: number) => number): Picture {
  let [left, low, most, high] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < n; i++) {
    left = Math.min(left, right(i));
    most = Math.max(most, right(i));
    low = Math.min(low, up(i));
    high = Math.max(high, up(i));
  }
  const side = Math.max(most - left, high - low);
  const scale = side > 0 ? (SIDE - 2 * MARGIN) / side : 0;
  const tenth = (value: number): number => Math.round(value * 10) / 10;
  const x: number[] = [];
  const y: number[] = [];
  for (let i = 0; i < n; i++) {
    x.push(tenth(MARGIN + (right(i) - left) * scale));
    y.push(tenth(MARGIN + (high - up(i)) * scale));
  }
  return { x, y, width: tenth(2 * MARGIN + (most - left) * scale), height: tenth(2 * MARGIN + (high - low) * scale) };
}

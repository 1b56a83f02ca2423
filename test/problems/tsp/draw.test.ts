import { stream } from 'lehr';
import { drawTour, generateInstance, readInstance, type TspInstance } from 'lehr/problems/tsp';
import { describe, expect, it } from 'vitest';

type Drawn = ReturnType<typeof drawTour>;
type Item = Drawn['items'][number];

function item<K extends Item['kind']>(scene: Drawn, kind: K): Extract<Item, { kind: K }> {
  return scene.items.find((each) => each.kind === kind) as Extract<Item, { kind: K }>;
}

function plane(x: number[], y: number[], metric: TspInstance['metric'] = 'EUC_2D'): TspInstance {
  return { name: 'some', n: x.length, metric, x: Float64Array.from(x), y: Float64Array.from(y) };
}

describe('drawTour', () => {
  it('draws the path and the cities, y upwards, in true proportions', () => {
    // Twice as wide as high.
    const scene = drawTour(plane([0, 200, 200, 0], [0, 0, 100, 100]), [0, 1, 2, 3]);
    expect([scene.width, scene.height]).toEqual([1000, 520]);
    expect(item(scene, 'path')).toEqual({ kind: 'path', points: [20, 500, 980, 500, 980, 20, 20, 20], closed: true, width: 2 });
    expect(item(scene, 'dots').points).toEqual([20, 500, 980, 500, 980, 20, 20, 20]);
    expect(scene.caption).toBe('some: 4 cities, tour length 600');
    expect(item(scene, 'text')).toBeUndefined();
  });

  it('follows the tour, not the numbers', () => {
    const scene = drawTour(plane([0, 10, 0, 10], [0, 0, 10, 10]), [0, 3, 1, 2]);
    expect(item(scene, 'path').points).toEqual([20, 980, 980, 20, 980, 980, 20, 20]);
  });

  it('is plain data', () => {
    const scene = drawTour(plane([0, 5, 1], [0, 2, 3]), [2, 1, 0]);
    expect(JSON.parse(JSON.stringify(scene))).toEqual(scene);
  });

  it('GEO is a map: east right, north up, minutes sixty to the degree', () => {
    // Latitude first in the file: 50.30 N 10 E, 50 N 10.30 E, 50 N 10 E.
    const scene = drawTour(plane([50.3, 50, 50], [10, 10.3, 10], 'GEO'), [0, 1, 2]);
    expect([scene.width, scene.height]).toEqual([1000, 1000]);
    expect(item(scene, 'path').points).toEqual([20, 20, 980, 980, 20, 980]);
  });

  it('puts cities without places on a circle, clockwise from the top, with their numbers', () => {
    const scene = drawTour({ name: 'm', n: 4, metric: 'EXPLICIT', matrix: new Float64Array(16).fill(1) }, [0, 2, 1, 3]);
    expect(item(scene, 'dots').points).toEqual([500, 20, 980, 500, 500, 980, 20, 500]);
    expect(item(scene, 'path').points).toEqual([500, 20, 500, 980, 980, 500, 20, 500]);
    expect(scene.items.flatMap((each) => (each.kind === 'text' ? [each.text] : []))).toEqual(['1', '2', '3', '4']);
  });

  it('uses display data of a matrix', () => {
    const scene = drawTour({ ...plane([0, 4], [0, 3]), metric: 'EXPLICIT', matrix: Float64Array.of(0, 7, 7, 0) }, [0, 1]);
    expect([scene.width, scene.height]).toEqual([1000, 760]);
    expect(scene.caption).toBe('some: 2 cities, tour length 14');
  });

  it('draws one city, cities on one spot, and cities in a line', () => {
    const one = drawTour(plane([7], [7]), [0]);
    expect([one.width, one.height, item(one, 'path').points]).toEqual([40, 40, [20, 20]]);
    expect(one.caption).toBe('some: 1 city, tour length 0');
    expect(item(drawTour(plane([7, 7, 7], [1, 1, 1]), [0, 1, 2]), 'path').points).toEqual([20, 20]);
    const line = drawTour(plane([5, 5], [0, 9]), [0, 1]);
    expect([line.width, line.height]).toEqual([40, 1000]);
  });

  it('of very many cities draws no dots, a thin line, and short numbers', () => {
    const instance = readInstance(generateInstance(200_000, 'uniform', stream(1)), 'x');
    const scene = drawTour(
      instance,
      Int32Array.from({ length: instance.n }, (_, i) => i),
    );
    expect(scene.items.map((each) => each.kind)).toEqual(['path']);
    const { points, width } = item(scene, 'path');
    expect(width).toBe(0.5);
    expect(points.length).toBeLessThanOrEqual(400_000);
    expect(JSON.stringify(points).length).toBeLessThan(2_600_000);
    for (let i = 0; i < 1000; i++) expect(points[i] >= 20 && points[i] <= 980).toBe(true);
  });
});

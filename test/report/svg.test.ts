import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LehrError } from 'lehr';
import { renderScene, type Scene, type SceneItem } from '#src/report/index';
import { all, parse, textOf } from './well-formed.ts';

const scene = (...items: SceneItem[]): Scene => ({ width: 10, height: 5, items });
const only = (item: SceneItem): Readonly<Record<string, string>> =>
  all(parse(renderScene(scene(item)))).filter(({ name }) => ['path', 'rect', 'text'].includes(name))[0].attributes;

/** The absolute points of a path that begins with `m` and goes on relative, read as the SVG standard says. */
function pointsOf(d: string): number[] {
  const numbers = d
    .replaceAll(/h0|[a-z]/g, ' ')
    .match(/-?\d+/g)!
    .map(Number);
  const points: number[] = [];
  for (let i = 0; i < numbers.length; i += 2) points.push((points[i - 2] ?? 0) + numbers[i], (points[i - 1] ?? 0) + numbers[i + 1]);
  return points;
}

describe('renderScene', () => {
  test('gives an image with a name and a description, in a box with a margin', () => {
    const svg = parse(
      renderScene({ ...scene({ kind: 'path', points: [0, 0, 10, 5] }), caption: 'A <line> & more' }, { title: 'My "scene"' }),
    );
    expect(svg.name).toBe('svg');
    expect(svg.attributes).toMatchObject({
      role: 'img',
      'aria-label': 'My "scene"',
      viewBox: '-150 -150 10300 5780',
      xmlns: 'http://www.w3.org/2000/svg',
    });
    expect(svg.children[0]).toMatchObject({ name: 'title', text: 'My "scene"' });
    expect(svg.children[1]).toMatchObject({ name: 'desc', text: 'A <line> & more' });
    expect(svg.children.at(-1)).toMatchObject({ name: 'text', text: 'A <line> & more' });
  });

  test('without a caption describes what is drawn, and leaves the caption to the page if told to', () => {
    const plain = parse(renderScene(scene({ kind: 'dots', points: [1, 1, 2, 2], radius: 1 }, { kind: 'text', x: 0, y: 0, text: 'hi' })));
    expect(plain.attributes.viewBox).toBe('-150 -150 10300 5300');
    expect(plain.children[1].text).toBe('A drawing of 3 points, boxes and words.');
    const bare = renderScene({ ...scene(), caption: 'below' }, { caption: false });
    expect(all(parse(bare)).filter(({ name }) => name === 'text')).toEqual([]);
  });

  test('writes one relative path per item', () => {
    expect(only({ kind: 'path', points: [0, 0, 10, 0, 10, 5, 0, 5], closed: true })).toEqual({
      d: 'm0 0 10000 0 0 5000-10000 0z',
      fill: 'none',
      stroke: '#2a66a8',
      'stroke-width': '30',
      'stroke-linejoin': 'round',
      'stroke-linecap': 'round',
    });
    expect(
      only({ kind: 'path', points: Float64Array.of(1, 1, 1.00001, 1, 2, 0.5), stroke: 'teal', fill: 'rgb(1, 2, 3)', width: 0.1 }),
    ).toMatchObject({
      d: 'm1000 1000 1000-500',
      stroke: 'teal',
      fill: 'rgb(1, 2, 3)',
      'stroke-width': '100',
    });
    expect(only({ kind: 'path', points: [3, 3] }).d).toBe('m3000 3000h0');
    expect(only({ kind: 'path', points: [], closed: true }).d).toBe('');
    expect(only({ kind: 'path', points: [0, 0, 1, 1], fill: 'red' })).toMatchObject({ fill: 'red', stroke: 'none' });
  });

  test('draws dots as round strokes of no length', () => {
    expect(only({ kind: 'dots', points: [1, 1, 2, 0], radius: 0.25 })).toEqual({
      d: 'm1000 1000h0m1000-1000h0',
      fill: 'none',
      stroke: '#bf4f24',
      'stroke-width': '500',
      'stroke-linecap': 'round',
    });
  });

  test('draws boxes that touch when theirs do, with titles, and text with anchors', () => {
    const svg = parse(
      renderScene({
        width: 3,
        height: 3,
        items: [
          { kind: 'box', x: 0, y: 0, width: 1, height: 1, title: 'a < b' },
          { kind: 'box', x: 1, y: 0, width: 1, height: 1, fill: '#123456', stroke: 'black' },
          { kind: 'text', x: 1.5, y: 2, text: 'x & y', size: 0.3, anchor: 'middle' },
        ],
      }),
    );
    const [first, second] = all(svg).filter(({ name }) => name === 'rect');
    expect(first.attributes).toEqual({ x: '0', y: '0', width: '3333', height: '3333', fill: '#dce8f5' });
    expect(first.children[0]).toMatchObject({ name: 'title', text: 'a < b' });
    expect(second.attributes).toEqual({
      x: '3333',
      y: '0',
      width: '3334',
      height: '3333',
      fill: '#123456',
      stroke: 'black',
      'stroke-width': '10',
    });
    const text = svg.children.at(-1)!;
    expect(text.attributes).toMatchObject({ x: '5000', y: '6667', 'font-size': '1000', 'text-anchor': 'middle' });
    expect(textOf(text)).toBe('x & y');
  });

  test('keeps every point within half a unit: relative steps do not drift', () => {
    const points = fc.array(fc.tuple(fc.double({ min: -10, max: 20, noNaN: true }), fc.double({ min: -10, max: 20, noNaN: true })), {
      minLength: 1,
      maxLength: 200,
    });
    fc.assert(
      fc.property(points, (pairs) => {
        const drawn = pointsOf(only({ kind: 'dots', points: pairs.flat(), radius: 1 }).d);
        expect(drawn.length).toBe(2 * pairs.length);
        pairs.flat().forEach((value, i) => expect(Math.abs(drawn[i] - 1000 * value)).toBeLessThanOrEqual(0.5));
      }),
      { seed: 20260101, numRuns: 100 },
    );
  });

  test('any text stays well-formed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const svg = parse(renderScene({ ...scene({ kind: 'text', x: 0, y: 0, text }), caption: text }, { title: text }));
        expect(all(svg).every(({ name }) => ['svg', 'title', 'desc', 'style', 'text'].includes(name))).toBe(true);
      }),
      { seed: 20260102, numRuns: 300 },
    );
  });

  test('200,000 points stay below 2 MB, the same bytes each time', () => {
    const points = Float64Array.from({ length: 400_000 }, (_, i) => ((i * 7919) % 9973) / 9973 + i / 400_000);
    const large: Scene = {
      width: 2,
      height: 2,
      items: [
        { kind: 'path', points },
        { kind: 'dots', points, radius: 0.001 },
      ],
    };
    const svg = renderScene({ ...large, items: [large.items[0]] });
    expect(svg.length).toBeGreaterThan(400_000);
    expect(svg.length).toBeLessThan(2_500_000);
    expect(renderScene(large)).toBe(renderScene(large));
  });

  test('has rules for readers who prefer dark', () => {
    expect(renderScene(scene())).toContain('@media (prefers-color-scheme:dark){');
    expect(renderScene(scene())).toContain('.lehr-scene [stroke="#2a66a8"]{stroke:#78aee8}');
  });

  test.each<[string, Scene, string]>([
    ['a size of 0', { width: 0, height: 1, items: [] }, 'scene.width is 0, expected a positive number'],
    ['an infinite size', { width: 1, height: Infinity, items: [] }, 'scene.height is Infinity, expected a positive number'],
    ['NaN', scene({ kind: 'path', points: [0, 0, 1, NaN] }), 'scene.items[0].points[3] is NaN, expected a finite number'],
    ['half a point', scene({ kind: 'dots', points: [0, 0, 1], radius: 1 }), 'scene.items[0].points has 3 numbers, expected pairs x, y'],
    ['a negative radius', scene({ kind: 'dots', points: [0, 0], radius: -1 }), 'scene.items[0].radius is -1, expected a number from 0'],
    [
      'a negative box',
      scene({ kind: 'box', x: 1, y: 1, width: -1, height: 1 }),
      'scene.items[0] is -1 wide and 1 high, expected no negative size',
    ],
    [
      'a colour that loads',
      scene({ kind: 'path', points: [], fill: 'url(http://a.b/c)' }),
      'scene.items[0].fill is "url(http://a.b/c)", expected a colour',
    ],
    ['a colour that breaks out', scene({ kind: 'path', points: [], stroke: 'red"><script>' }), 'scene.items[0].stroke is'],
    ['an unknown kind', scene({ kind: 'disc' } as never), 'scene.items[0].kind is "disc", expected path, dots, box or text'],
  ])('refuses %s', (_, bad, message) => {
    expect(() => renderScene(bad)).toThrow(LehrError);
    expect(() => renderScene(bad)).toThrow(message);
  });
});

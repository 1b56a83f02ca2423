import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { renderFigure, thinReport, traceFields, traceFigure, type SolveReport, type Figure } from '#src/report/index';
import { thin } from '#src/report/thin';
import { cooling, progress, sample } from './sample.ts';
import { all, parse, textOf, type Element } from './well-formed.ts';

const report = (...traces: SolveReport['chains'][number]['trace'][]): SolveReport => ({
  ...sample,
  chains: traces.map((trace, chain) => ({ chain, value: null, stopped: 'budget', trace })),
});

const small = report(
  [
    progress({ steps: 0, seconds: 0, energy: 9, best: 9, acceptance: NaN, controls: { temperature: 8, 'field strength': 1 } }),
    progress({ steps: 10, seconds: 0.5, energy: 12, best: 7, acceptance: 0.5, controls: { temperature: 4, 'field strength': 0 } }),
    progress({ steps: 20, seconds: 1, energy: 7, best: 7, acceptance: 0.25, controls: { temperature: 2, 'field strength': 1 } }),
  ],
  [progress({ steps: 5, seconds: 0.25, energy: 3, best: 3, acceptance: 0.001, controls: { temperature: 0.01, 'field strength': 1 } })],
);

describe('traceFigure', () => {
  test('lists what there is to show', () => {
    expect(traceFields(small)).toEqual(['energy', 'control:temperature', 'control:field strength', 'acceptance']);
    expect(traceFields(report([]))).toEqual([]);
    expect(traceFields(report([progress({ energy: 1 })]))).toEqual(['energy']);
  });

  test('gives energy, current and best of each chain, against steps', () => {
    expect(traceFigure(small, 'energy')).toEqual({
      id: 'energy',
      title: 'Energy',
      x: { label: 'steps', scale: 'linear' },
      y: { label: 'energy', scale: 'linear' },
      series: [
        {
          name: 'chain 0, current',
          group: 0,
          role: 'current',
          points: [
            [0, 9],
            [10, 12],
            [20, 7],
          ],
        },
        { name: 'chain 1, current', group: 1, role: 'current', points: [[5, 3]] },
        {
          name: 'chain 0, best so far',
          group: 0,
          role: 'best',
          points: [
            [0, 9],
            [10, 7],
            [20, 7],
          ],
        },
        { name: 'chain 1, best so far', group: 1, role: 'best', points: [[5, 3]] },
      ],
    } satisfies Figure);
  });

  test('gives a control against seconds, on a log scale when positive over more than two decades', () => {
    expect(traceFigure(small, 'control:temperature', 'seconds')).toEqual({
      id: 'control-temperature',
      title: 'Temperature',
      x: { label: 'seconds', scale: 'linear' },
      y: { label: 'temperature', scale: 'log' },
      series: [
        {
          name: 'chain 0',
          group: 0,
          role: 'value',
          points: [
            [0, 8],
            [0.5, 4],
            [1, 2],
          ],
        },
        { name: 'chain 1', group: 1, role: 'value', points: [[0.25, 0.01]] },
      ],
    } satisfies Figure);
    expect(traceFigure(small, 'control:field strength')).toMatchObject({ id: 'control-field-strength', y: { scale: 'linear' } });
  });

  test('the scale turns at exactly two decades', () => {
    const scale = (low: number, high: number): string =>
      traceFigure(report([progress({ energy: low, best: low }), progress({ energy: high, best: low })]), 'energy').y.scale;
    expect(scale(1, 100)).toBe('linear');
    expect(scale(1, 100.1)).toBe('log');
    expect(scale(0, 1000)).toBe('linear');
    expect(scale(-5, 1000)).toBe('linear');
  });

  test('leaves out what is not finite', () => {
    expect(traceFigure(small, 'acceptance')).toMatchObject({
      title: 'Acceptance',
      y: { label: 'share of proposals accepted', scale: 'log' },
      series: [
        {
          points: [
            [10, 0.5],
            [20, 0.25],
          ],
        },
        { points: [[5, 0.001]] },
      ],
    });
  });

  test('refuses an unknown control with a guess', () => {
    expect(() => traceFigure(small, 'control:temprature')).toThrow(
      'no chain has the control "temprature", expected one of: temperature, field strength. Maybe temperature?',
    );
  });
});

describe('thin', () => {
  test('keeps everything up to the limit', () => {
    expect(thin([(row) => row], 5, 5)).toEqual([0, 1, 2, 3, 4]);
    expect(thin([], 0, 4)).toEqual([]);
  });

  test('keeps the ends and the extremes of every column, in order, within the limit', () => {
    const value = fc.oneof(fc.double({ min: -100, max: 100 }), fc.constant(NaN), fc.constant(Infinity));
    const rows = fc.array(fc.tuple(value, value), { minLength: 41, maxLength: 2000 });
    fc.assert(
      fc.property(rows, (pairs) => {
        const columns = [0, 1].map((k) => (row: number) => pairs[row][k]);
        const kept = thin(columns, pairs.length, 40);
        expect(kept.length).toBeLessThanOrEqual(40);
        expect(kept).toEqual([...new Set(kept)].sort((a, b) => a - b));
        expect([kept[0], kept.at(-1)]).toEqual([0, pairs.length - 1]);
        for (const column of columns) {
          const finite = (indices: number[]): number[] => indices.map(column).filter((y) => Number.isFinite(y));
          const whole = finite([...pairs.keys()]);
          expect(Math.min(...finite(kept))).toBe(Math.min(...whole));
          expect(Math.max(...finite(kept))).toBe(Math.max(...whole));
        }
      }),
      { seed: 20260103, numRuns: 60 },
    );
  });

  test('a long trace gives at most 400 points and keeps its one spike', () => {
    const trace = cooling(20_000);
    trace[12_345] = { ...trace[12_345], energy: 5000 };
    const [current] = traceFigure(report(trace), 'energy').series;
    expect(current.points.length).toBeLessThanOrEqual(400);
    expect(current.points.length).toBeGreaterThan(200);
    expect(current.points).toContainEqual([12_345_000, 5000]);
    expect(current.points[0]).toEqual([0, trace[0].energy]);
    expect(current.points.at(-1)).toEqual([19_999_000, trace[19_999].energy]);
  });

  test('many chains share 12,000 reports, none below 40', () => {
    const trace = cooling(1000);
    const of = (chains: number): number[] =>
      thinReport(report(...Array.from({ length: chains }, () => trace))).chains.map((chain) => chain.trace.length);
    for (const length of of(60)) expect(length).toBeLessThanOrEqual(200);
    for (const length of of(500)) expect(length).toBeLessThanOrEqual(40);
    expect(thinReport(sample)).toEqual(sample);
  });

  test('a large scene stays out of the data', () => {
    const scene = (points: number): SolveReport['scene'] => ({
      width: 1,
      height: 1,
      items: [{ kind: 'dots', points: new Float64Array(2 * points), radius: 1 }],
    });
    expect(thinReport({ ...sample, scene: scene(20_000) }).scene).not.toBeNull();
    expect(thinReport({ ...sample, scene: scene(20_001) }).scene).toBeNull();
  });
});

describe('renderFigure', () => {
  test('draws one path per series in an accessible, self-contained image', async () => {
    const svg = parse(await renderFigure(traceFigure(sample, 'energy')));
    expect(svg.attributes).toMatchObject({
      role: 'img',
      'aria-label': 'Energy over steps',
      viewBox: '0 0 440 278',
      xmlns: 'http://www.w3.org/2000/svg',
    });
    expect(svg.children.slice(0, 2).map(({ name }) => name)).toEqual(['title', 'desc']);
    expect(svg.children[1].text).toMatch(/^chain 0, best so far: from 1,005 to 15; chain 1, best so far: from 1,000 to 10\.$/);
    const curves = all(svg).filter(({ name, attributes }) => name === 'path' && (attributes.d?.length ?? 0) > 300);
    expect(curves.map(({ attributes }) => [attributes.stroke, attributes['stroke-opacity']])).toEqual([
      ['#2a66a8', '0.45'],
      ['#bf4f24', '0.45'],
      ['#2a66a8', undefined],
      ['#bf4f24', undefined],
    ]);
    const words = textOf(svg);
    for (const word of ['chain 0', 'chain 1', 'energy', 'steps']) expect(words).toContain(word);
    for (const { attributes } of all(svg))
      expect(Object.keys(attributes).filter((name) => /^on|href|src|class/.test(name) && attributes.class !== 'lehr-figure')).toEqual([]);
  });

  test('the same figure gives the same bytes, however many were drawn before', async () => {
    const figure = traceFigure(sample, 'control:temperature');
    const first = await renderFigure(figure);
    await renderFigure(traceFigure(sample, 'acceptance'));
    expect(await renderFigure(figure)).toBe(first);
    expect(await Promise.all([renderFigure(figure), renderFigure(figure)])).toEqual([first, first]);
    expect(first).not.toMatch(/zr\d/);
  });

  test('puts the points where the axis says', async () => {
    const figure: Figure = {
      id: 'f',
      title: 'F',
      x: { label: 'steps', scale: 'linear' },
      y: { label: 'f', scale: 'log' },
      series: [
        {
          name: 'chain 0',
          group: 0,
          role: 'value',
          points: [
            [0, 1],
            [50, 10],
            [100, 100],
          ],
        },
      ],
    };
    const curve = all(parse(await renderFigure(figure))).find(
      ({ name, attributes }) => name === 'path' && attributes.stroke === '#2a66a8',
    )!;
    const [x0, y0, x1, y1, x2, y2] = curve.attributes.d.match(/[\d.]+/g)!.map(Number);
    expect(x1 - x0).toBeCloseTo(x2 - x1, 0);
    expect(y0 - y1).toBeCloseTo(y1 - y2, 0);
    expect(y0 - y2).toBeGreaterThan(100);
  });

  const axes = { x: { label: 'x', scale: 'linear' }, y: { label: 'y', scale: 'linear' } } as const;
  const filled = (svg: Element, colour: string): Element[] => all(svg).filter(({ attributes }) => attributes.fill === colour);

  test('a band is a curve in one area between its lows and highs', async () => {
    const points = [0, 1, 2, 3].map((x) => [x, x * x, x * x - 1, x * x + 2] as const);
    const figure: Figure = { id: 'b', title: 'B', ...axes, series: [{ name: 'b', group: 1, role: 'band', points }] };
    const svg = parse(await renderFigure(figure));
    const areas = filled(svg, '#bf4f24');
    expect(areas.length).toBe(1);
    expect(areas[0].attributes['fill-opacity']).toBe('0.15');
    const corners = areas[0].attributes.points.match(/-?[\d.]+/g)!.map(Number);
    expect(corners.length).toBe(16);
    // The last corner is above the first: x the same, the high over the low (y grows downwards).
    expect(corners[14]).toBeCloseTo(corners[0], 1);
    expect(corners[15]).toBeLessThan(corners[1]);
    expect(all(svg).filter(({ attributes }) => attributes.stroke === '#bf4f24').length).toBe(1);
    expect(textOf(svg.children[1])).toBe('b: from 0 to 9.');
  });

  test('rows: dots and intervals stand where their values say, in the rows of their names', async () => {
    const figure: Figure = {
      id: 'r',
      title: 'R',
      x: axes.x,
      y: { ...axes.y, rows: ['first', 'a name that is much too long to stand beside a figure'] },
      series: [
        {
          name: 'limit',
          group: -1,
          role: 'limit',
          points: [
            [4, -0.5],
            [4, 1.5],
          ],
        },
        {
          name: 'dots',
          group: 0,
          role: 'dots',
          points: [
            [1, 0],
            [2, 0],
            [4, 0],
          ],
        },
        { name: 'intervals', group: 1, role: 'interval', points: [[2, 1, 1, 4]] },
      ],
    };
    const svg = parse(await renderFigure(figure));
    expect(svg.attributes).toMatchObject({ viewBox: '0 0 440 132', 'aria-label': 'R' });
    expect(textOf(svg)).toContain('a name that is much too long …');
    expect(textOf(svg.children[1])).toBe('limit: the line at 4; dots: 3 from 1 to 4; intervals: 2 (1 to 4).');
    const centres = filled(svg, '#2a66a8').map(({ attributes }) => [attributes.cx, attributes.cy].map(Number));
    expect(centres.length).toBe(3);
    const [[x1, y1], [x2, y2], [x4, y4]] = centres;
    expect([y2, y4]).toEqual([y1, y1]);
    expect((x4 - x2) / (x2 - x1)).toBeCloseTo(2, 1);
    const [bar, mark] = filled(svg, '#bf4f24');
    const place = bar.attributes.d.match(/-?[\d.]+/g)!.map(Number);
    expect(place[0]).toBeCloseTo(x1, 0);
    expect(Number(mark.attributes.cx)).toBeCloseTo(x2, 0);
    expect(Number(mark.attributes.cy)).toBeGreaterThan(y1 + 20);
    const [line] = all(svg).filter(({ attributes }) => 'stroke-dasharray' in attributes);
    expect(Number(line.attributes.d.match(/-?[\d.]+/g)![0])).toBeCloseTo(x4, 0);
  });

  test('long names in the legend take as many lines as they need', async () => {
    const series = [0, 1, 2, 3].map((group) => ({
      name: `a schedule of a long name, ${group}`,
      group,
      role: 'value' as const,
      points: [
        [0, 1],
        [1, group],
      ] as const,
    }));
    const svg = parse(await renderFigure({ id: 'l', title: 'L', ...axes, series }));
    expect(svg.attributes.viewBox).toBe('0 0 440 362');
    for (const { name } of series) expect(textOf(svg)).toContain(name);
  });

  test('holds with one point, with hostile names and with more chains than colours', async () => {
    const one = traceFigure(report([progress({ energy: 1, best: 1 })]), 'energy');
    expect(parse(await renderFigure(one)).name).toBe('svg');
    const hostile = report([
      progress({ controls: { '<script>"&\u0000': 1 } }),
      progress({ steps: 1, controls: { '<script>"&\u0000': 2 } }),
    ]);
    const svg = parse(await renderFigure(traceFigure(hostile, 'control:<script>"&\u0000')));
    expect(all(svg).map(({ name }) => name)).not.toContain('script');
    const many = report(...Array.from({ length: 20 }, (_, k) => cooling(5, k)));
    const drawn = parse(await renderFigure(traceFigure(many, 'energy')));
    expect(textOf(drawn)).not.toContain('chain 19');
    expect(textOf(drawn.children[1])).toMatch(/; and 12 more\.$/);
  });
});

import { describe, expect, test } from 'vitest';
import { renderInference } from '#src/report/inference-page';
import type { InferenceReport } from '#src/report/inference-record';
import { inflateSync } from 'node:zlib';
import { renderMatrices, renderMatrix } from '#src/report/matrix-drawing';
import { matrixPng } from '#src/report/matrix-pixels';
import type { Matrix } from '#src/report/matrix';
import { all, parse, textOf, type Element } from './well-formed.ts';

const matrix: Matrix = {
  id: 'rows-1',
  title: 'Rows & <together>',
  caption: 'Dark: together.',
  rows: 4,
  columns: 4,
  values: [1, 1, 0, 0, 1, 1, 0, 0.5, 0, 0, 1, NaN, 0, 0.5, NaN, 1],
  per: 1,
  down: [
    { name: 'group 1', cells: 2 },
    { name: 'a name that is far too long', cells: 2 },
  ],
  across: [],
};

const named = (root: Element, name: string): Element[] => all(root).filter((element) => element.name === name);

describe('a matrix', () => {
  const root = parse(renderMatrix(matrix));

  test('is one path for each shade, equal neighbours one rectangle, nothing where there is nothing', () => {
    const shades = named(root, 'path').filter(({ attributes }) => attributes['fill-opacity'] !== undefined);
    expect(shades.map(({ attributes }) => [attributes['fill-opacity'], attributes.d])).toEqual([
      ['0.5', 'M3 1h1v1h-1zM1 3h1v1h-1z'],
      ['1', 'M0 0h2v1h-2zM0 1h2v1h-2zM2 2h1v1h-1zM3 3h1v1h-1z'],
    ]);
  });

  test('names its blocks, and draws a line between them', () => {
    expect(named(root, 'text').map((element) => element.text)).toEqual(['group 1', 'a name that is …']);
    expect(named(root, 'title')[0].text).toBe('Rows & <together>');
    expect(named(root, 'path').at(-1)!.attributes.d).toMatch(/^M\d+ \d+h1000v1000h-1000zM\d+ 5\d\dh1000$/);
  });

  test('is refused if its values are none', () => {
    expect(() => renderMatrix({ ...matrix, values: [1] })).toThrow(/there are 1 values, expected 4 × 4/);
    expect(() => renderMatrix({ ...matrix, values: matrix.values.map(() => 2) })).toThrow(/a value is 2, expected a share/);
  });

  test('several are under each other', () => {
    const both = parse(renderMatrices([matrix, { ...matrix, id: 'other', title: 'Others' }]));
    expect(named(both, 'text').map((element) => element.text)).toEqual([
      'Rows & <together>',
      'group 1',
      'a name that is …',
      'Others',
      'group 1',
      'a name that is …',
    ]);
  });

  test('is an image, too: white is 0, a line between blocks', () => {
    const png = Buffer.from(matrixPng([matrix]));
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([800, 800]);
    const from = png.indexOf('IDAT');
    const rows = inflateSync(png.subarray(from + 4, from + 4 + png.readUInt32BE(from - 4)));
    const at = (x: number, y: number): number[] => [...rows.subarray(y * 2401 + 1 + 3 * x, y * 2401 + 4 + 3 * x)];
    expect(at(10, 10)).toEqual([0x2a, 0x66, 0xa8]);
    expect(at(700, 10)).toEqual([255, 255, 255]);
    // Halfway to blue, and nothing where there is no number.
    expect(at(700, 250)).toEqual([149, 179, 212]);
    expect(at(700, 500)).toEqual([255, 255, 255]);
    expect(at(10, 400)).toEqual([0x56, 0x61, 0x72]);
  });

  test('of 200 × 200 cells stays small where blocks are clear', () => {
    const values = Array.from({ length: 40_000 }, (_, i) => (Math.floor(i / 200 / 20) === Math.floor((i % 200) / 20) ? 1 : 0));
    expect(renderMatrix({ ...matrix, rows: 200, columns: 200, values, down: [], across: [] }).length).toBeLessThan(12_000);
  });
});

const report: InferenceReport = {
  comparable: { when: 'all rows are in', from: [50, 60] },
  model: 'Dirichlet-process mixture',
  data: 'birds & <bees>.csv',
  objective: 'log joint',
  value: -2991.7,
  facts: [{ label: 'groups', value: '4', note: '4 to 6 in the samples' }],
  matrices: [matrix],
  tables: [
    {
      id: 'groups-1',
      heading: 'Groups',
      heads: [{ text: 'column' }, { text: 'all rows' }],
      rows: [{ head: 'wing', cells: [{ text: '20 ± 3' }] }],
      note: 'n',
    },
  ],
  agreement: {
    id: 'agreement',
    heading: 'Whether chains agree',
    heads: [{ text: 'what' }, { text: 'value' }],
    rows: [{ head: 'split-R̂', cells: [{ text: '1.003' }] }],
    note: '',
  },
  stopped: 'budget',
  seconds: 2,
  steps: 200,
  best: 2,
  chains: [1, 2].map((chain) => ({
    chain,
    value: -3000 + chain,
    stopped: 'budget',
    trace: Array.from({ length: 11 }, (_, i) => ({
      leg: 0,
      t: i / 10,
      steps: 10 * i,
      evaluations: 10 * i,
      seconds: i / 10,
      energy: 3000 - i,
      best: 3000 - i,
      acceptance: NaN,
      controls: { fraction: i / 10 },
      signals: { groups: 1 + i, window: 10 * i },
      stopped: i === 10 ? ('budget' as const) : null,
    })),
  })),
  notices: ['column "n" looks as if it counted the rows.'],
  digest: 'ab'.repeat(32),
  command: 'lehr infer "birds & <bees>.csv" --seed 1',
  reproducible: true,
  settings: [['seed', '1']],
  version: '0.1.0',
};

test('curves of the objective begin where it can be compared, and say so', async () => {
  const figureOf = async (comparable: InferenceReport['comparable']): Promise<string> => {
    const page = await renderInference({ ...report, comparable });
    return page.slice(page.indexOf('<h2>Log joint'), page.indexOf('<h2>Fraction'));
  };
  expect(await figureOf(report.comparable)).toContain('The log joint once all rows are in; 2 chains. Higher is better.');
  // 2,990 to 2,995 from step 50 on.
  const ticks = (figure: string): string[] => [...figure.matchAll(/>−?-?(2,?9\d\d|3,?000)</g)].map(([, tick]) => tick.replace(',', ''));
  expect(ticks(await figureOf(null))).toContain('3000');
  expect(ticks(await figureOf(report.comparable))).not.toContain('3000');
  const never = await figureOf({ when: 'all rows are in', from: [null, null] });
  expect(never).toContain('not yet comparable, as it never came so far that all rows are in.');
  expect(ticks(never)).toContain('3000');
});

test('the page has all of it, in well-formed HTML with the data inside', async () => {
  const page = await renderInference(report);
  const root = parse(page, true);
  const headings = named(root, 'h2').map((element) => textOf(element));
  expect(headings).toEqual([
    'Rows & <together>',
    'Groups',
    'Log joint',
    'Fraction',
    'Groups',
    'Window',
    'Whether chains agree',
    'Chains',
    'To know about the data',
    'Settings',
    'Repeat it',
  ]);
  const text = textOf(root);
  for (const part of ['20 ± 3', '1.003', '★ the answer', '4 to 6 in the samples', 'bit for bit', 'ab'.repeat(32)])
    expect(text).toContain(part);
  expect(page).not.toMatch(/<script(?! type="application\/json")/);
  const inside = JSON.parse(/<script type="application\/json" id="lehr-inference">(.*)<\/script>/.exec(page)![1]) as InferenceReport;
  expect(inside.chains[0].trace).toHaveLength(11);
  expect(inside.matrices[0].title).toBe('Rows & <together>');
});

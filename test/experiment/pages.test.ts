import { describe, expect, test } from 'vitest';
import { LehrError } from 'lehr';
import { renderComparison, renderReproduction, type ComparisonPage, type Reproduced } from 'lehr/experiment';
import { pageData } from '#src/report/page';
import { all, parse, textOf, type Element } from '../report/well-formed.ts';
import { failure, reportOf, row } from './rows.ts';

const evil = '</script><script>alert(1)</script>"&\'';
const named = (root: Element, name: string): Element[] => all(root).filter((element) => element.name === name);

const rows = ['plain', evil].flatMap((cell, c) => [1, 2, 3, 4, 5, 6].map((seed) => row(cell, seed, seed + c * (seed % 3))));
const curves = rows.map(({ cell, seed, score }) => ({ cell, seed, used: [0, 50, 100], best: [20, 10, score!] }));
const report = reportOf([...rows, failure('plain', 7), failure(evil, 7)], { curves, target: 3 });
const page: ComparisonPage = {
  problem: 'a problem',
  instance: 'an instance',
  known: 2,
  seconds: 1.5,
  settings: [['seed', '1']],
  command: 'lehr compare x --seed 1',
  reproducible: true,
  version: '0.1.0',
};

describe('the page of a comparison', async () => {
  const html = await renderComparison(report, page);
  const root = parse(html, true);

  test('shows the table, a figure each, the settings and the command', () => {
    expect(named(root, 'title')[0].text).toBe('an instance (a problem): 2 cells compared');
    expect(named(root, 'h2').map(textOf)).toEqual([
      'Cells',
      'Best so far',
      'Scores',
      'Difference to plain',
      'Target reached',
      'Settings',
      'Repeat it',
    ]);
    const [table] = named(root, 'table');
    expect(named(named(table, 'thead')[0], 'th').map(textOf).slice(0, 4)).toEqual(['cell', 'runs', 'median', 'gap']);
    const body = named(named(table, 'tbody')[0], 'tr').map((line) => line.children.map(textOf));
    expect(body.map(([head, runs]) => [head, runs])).toEqual([
      ['plain (baseline)', '6, 1 failed'],
      [evil, '6, 1 failed'],
    ]);
    expect(named(root, 'pre').map(textOf)).toEqual([page.command]);
    expect(textOf(root)).toContain('It repeats the comparison bit for bit:');
  });

  test('says so where the clock had a say', async () => {
    const clocked = parse(await renderComparison(report, { ...page, reproducible: false }), true);
    expect(textOf(clocked)).toContain('It does not repeat the comparison bit for bit:');
  });

  test('runs nothing, and is the same bytes each time', async () => {
    expect(named(root, 'script').map(({ attributes }) => attributes.type)).toEqual(['application/json']);
    const ids = all(root).flatMap(({ attributes }) => (attributes.id === undefined ? [] : [attributes.id]));
    expect(new Set(ids).size).toBe(ids.length);
    expect(await renderComparison(report, page)).toBe(html);
    expect(html).not.toMatch(/NaN|undefined|https?:\/\//);
  });

  test('carries its rows', () => {
    const data = JSON.parse(pageData(html, 'lehr-comparison')!) as { data: { rows: unknown }; table: unknown };
    expect(data.data.rows).toEqual(report.rows);
    expect(data.table).toEqual(report.table());
    expect(pageData(html, 'lehr-report')).toBeNull();
  });
});

const judgement = { measured: 2, low: 1, high: 3, verdict: 'holds' } as const;
const claim = { id: 'a claim', source: evil, statement: 'it is so', expected: 'x: above 0', ...judgement };
const reproduced: Reproduced = {
  reproduction: {
    paper: '0000.00000',
    title: 'A paper',
    seconds: 3,
    claims: [
      { ...claim, control: { statement: 'nothing', measured: 0, low: 0, high: 0, verdict: 'undecided' } },
      {
        ...claim,
        id: 'exact',
        low: 2,
        high: 2,
        verdict: 'fails',
        control: { statement: 'none', measured: 1, low: 1, high: 1, verdict: 'fails' },
      },
    ],
  },
  failures: [{ id: 'broken', error: new LehrError('worker', evil) }],
  interrupted: true,
  figures: [{ figure: report.figures()[1], caption: 'scores of it' }],
  margins: { 'a claim': [0], exact: [0] },
};

describe('the page of a reproduction', async () => {
  const html = await renderReproduction(reproduced, { settings: [['seed', '1']], command: 'lehr reproduce 0000.00000', version: '0.1.0' });
  const root = parse(html, true);

  test('shows each claim, its interval over the control’s, and what could not run', () => {
    expect(named(root, 'h1').map(textOf)).toEqual(['A paper']);
    expect(named(root, 'h2').map(textOf)).toEqual([
      'Claims',
      'a claim: holds',
      'exact: does not hold',
      'a claim',
      'Scores',
      'Could not run',
      'Settings',
      'Repeat it',
    ]);
    const [table] = named(root, 'table');
    expect(named(named(table, 'tbody')[0], 'tr').map((line) => line.children.map(textOf))).toEqual([
      ['a claim', 'x: above 0', '2 (95 %: 1 to 3)', 'holds', '0, the same in every pair', 'cannot tell at this size'],
      ['exact', 'x: above 0', '2, exact', 'does not hold', '1, exact', 'does not hold'],
    ]);
    const facts = Object.fromEntries(named(named(root, 'dl')[0], 'div').map((fact) => fact.children.map(textOf)));
    expect(facts).toMatchObject({ 'claims that hold': '1 of 2', 'that do not': '1', time: '3.0 sinterrupted' });
    expect(textOf(root)).toContain(evil);
    expect(named(root, 'script').length).toBe(1);
    expect(JSON.parse(pageData(html, 'lehr-reproduction')!)).toEqual(reproduced.reproduction);
  });

  test('draws the margin as a dashed line between the marks', () => {
    const figure = named(root, 'figure').find((each) => textOf(named(each, 'h2')[0]) === 'a claim')!;
    const [svg] = named(figure, 'svg');
    expect(svg.attributes['aria-label']).toBe('a claim');
    expect(textOf(named(svg, 'desc')[0])).toBe('0: the line at 0; measured: 2 (1 to 3); control: 0 (0 to 0).');
    const dashed = all(svg).filter(({ attributes }) => 'stroke-dasharray' in attributes);
    expect(dashed.length).toBe(1);
    expect(all(svg).filter(({ attributes }) => attributes.fill === '#2a66a8').length).toBe(2);
  });
});

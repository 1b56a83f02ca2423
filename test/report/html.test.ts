import { describe, expect, test } from 'vitest';
import { readReport, renderReport, thinReport, type SolveReport } from '#src/report/index';
import { cooling, sample } from './sample.ts';
import { all, parse, textOf, type Element } from './well-formed.ts';

const page = await renderReport(sample);
const root = parse(page, true);
const named = (name: string, within: Element = root): Element[] => all(within).filter((element) => element.name === name);

describe('renderReport', () => {
  test('is one page with a language, a title and one heading', () => {
    expect(root).toMatchObject({ name: 'html', attributes: { lang: 'en' } });
    expect(named('title')[0].text).toBe('square4 (tsp): tour length 1,234,567');
    expect(named('h1').map(textOf)).toEqual(['square4']);
    expect(named('meta').some(({ attributes }) => attributes.name === 'viewport')).toBe(true);
  });

  test('leads with what was found', () => {
    const facts = Object.fromEntries(
      named('div', named('dl')[0]).map((fact) => [textOf(named('dt', fact)[0]), textOf(named('dd', fact)[0])]),
    );
    expect(facts).toEqual({
      'tour length': '1,234,567smaller is better',
      'gap to the best known': '+2.88 %best known 1,200,000',
      'size n': '4',
      time: '500 msbudget spent',
      steps: '100,000200 k/s',
    });
  });

  test('draws the solution and every curve, each an image with a name', () => {
    const figures = named('figure');
    expect(figures.map((figure) => textOf(named('h2', figure)[0]))).toEqual(['The solution', 'Energy', 'Temperature', 'Acceptance']);
    for (const figure of figures) {
      const [svg] = named('svg', figure);
      expect(svg.attributes.role).toBe('img');
      expect(svg.attributes['aria-label']).toMatch(/\w/);
      expect(named('figcaption', figure).length).toBe(1);
    }
  });

  test('tables name their columns and rows; the best chain is marked', () => {
    const [chains, settings] = named('table');
    expect(named('th', named('thead', chains)[0]).map(textOf)).toEqual([
      'chain',
      'tour length',
      'steps',
      'time',
      'acceptance at the end',
      'ended by',
    ]);
    expect(named('tr', named('tbody', chains)[0]).map((row) => row.children.map(textOf))).toEqual([
      ['0', '1,234,600', '49,000', '490 ms', '0.223 %', 'budget spent'],
      ['1 ★ best', '1,234,567', '49,000', '490 ms', '0.223 %', 'budget spent'],
    ]);
    expect(named('tr', named('tbody', settings)[0]).map((row) => row.children.map(textOf))).toEqual(sample.settings);
    for (const heading of named('th')) expect(heading.attributes.scope).toMatch(/^(?:row|col)$/);
  });

  test('the best chain follows the sense; the first of equals; none if none has a value', async () => {
    const best = async (sense: 'min' | 'max', ...values: (number | null)[]): Promise<string[]> => {
      const chains = values.map((value, chain) => ({ chain, value, stopped: 'budget', trace: [] }));
      const html = parse(await renderReport({ ...sample, sense, chains }), true);
      return all(html)
        .filter(({ attributes }) => attributes.class === 'best')
        .map((row) => textOf(row.children[0]));
    };
    expect(await best('max', 1, 3, 3, null)).toEqual(['1 ★ best']);
    expect(await best('min', null, 3, 2, 2)).toEqual(['2 ★ best']);
    expect(await best('min', null, null)).toEqual([]);
  });

  test('gives the command, the digest and an honest word on repeating', async () => {
    expect(named('pre').map(textOf)).toEqual([sample.command]);
    expect(textOf(root)).toContain(sample.digest);
    expect(textOf(root)).toContain('It repeats the run bit for bit:');
    const clocked = textOf(parse(await renderReport({ ...sample, reproducible: false }), true));
    expect(clocked).toContain('It does not repeat the run bit for bit:');
    expect(clocked).not.toContain('It repeats the run bit for bit:');
  });

  test('loads nothing and runs nothing', () => {
    expect(page).not.toMatch(/https?:\/\//);
    expect(page).not.toMatch(/@import|url\((?!#)/);
    const policy = named('meta').find(({ attributes }) => attributes['http-equiv'] === 'Content-Security-Policy')!;
    expect(policy.attributes.content).toBe("default-src 'none'; style-src 'unsafe-inline'; img-src data:");
    for (const { name, attributes } of all(root)) {
      expect(['iframe', 'object', 'embed', 'form', 'base', 'img', 'image', 'use', 'foreignObject', 'a']).not.toContain(name);
      for (const [attribute, value] of Object.entries(attributes)) {
        expect(attribute).not.toMatch(/^on|^src$|^srcset$/);
        expect(!attribute.endsWith('href') || value.startsWith('data:')).toBe(true);
      }
    }
    expect(named('script').map(({ attributes }) => attributes.type)).toEqual(['application/json']);
  });

  test('has a dark mode and identifiers that are its own', () => {
    const [style] = named('style', named('head')[0]);
    expect(style.text).toContain('@media (prefers-color-scheme:dark){:root{');
    for (const svg of named('svg')) expect(named('style', svg)[0].text).toContain('@media (prefers-color-scheme:dark){');
    const ids = all(root).flatMap(({ attributes }) => (attributes.id === undefined ? [] : [attributes.id]));
    expect(new Set(ids).size).toBe(ids.length);
    const references = all(root).flatMap(({ attributes }) => ('aria-labelledby' in attributes ? [attributes['aria-labelledby']] : []));
    expect(references.length).toBe(2);
    expect(ids).toEqual(expect.arrayContaining(references));
  });

  test('carries its data, which reads back equal, NaN included', () => {
    expect(readReport(page, 'r.html')).toEqual(thinReport(sample));
    expect(thinReport(sample)).toEqual(sample);
  });

  test('escapes whatever the names are', async () => {
    const evil = '</script><script>alert(1)</script><!-- "\'&amp;\u2028\u0000';
    const hostile: SolveReport = {
      ...sample,
      problem: evil,
      instance: evil,
      objective: evil,
      stopped: evil,
      command: evil,
      digest: evil,
      version: evil,
      settings: [[evil, evil]],
      chains: [{ chain: 0, value: 1, stopped: evil, trace: cooling(3).map((p) => ({ ...p, controls: { [evil]: p.t } })) }],
      scene: {
        width: 1,
        height: 1,
        items: [
          { kind: 'text', x: 0, y: 0, text: evil },
          { kind: 'box', x: 0, y: 0, width: 1, height: 1, title: evil },
        ],
        caption: evil,
      },
    };
    const html = await renderReport(hostile);
    const parsed = parse(html, true);
    expect(named('script', parsed).length).toBe(1);
    expect(html.match(/<script/g)!.length).toBe(1);
    expect(textOf(named('h1', parsed)[0])).toBe(evil.replace('\u0000', '\ufffd'));
    expect(readReport(html, 'r.html')).toEqual(hostile);
  });

  test('does without what is not known', async () => {
    const html = await renderReport({ ...sample, n: null, known: null, gap: null, scene: null, chains: [], settings: [], seconds: 0 });
    const parsed = parse(html, true);
    expect(named('dt', parsed).map(textOf)).toEqual(['tour length', 'time', 'steps']);
    expect(named('figure', parsed)).toEqual([]);
    expect(html).not.toMatch(/NaN|Infinity|undefined/);
    expect(textOf(parse(await renderReport({ ...sample, known: 0, gap: null }), true))).toContain('–best known 0');
  });

  test('the same record gives the same bytes', async () => {
    expect(await renderReport(sample)).toBe(page);
    expect(await renderReport(structuredClone(sample))).toBe(page);
  });

  test('a big run stays a few megabytes, and says that the scene is not in the data', async () => {
    const points = Array.from({ length: 400_000 }, (_, i) => (i * 7919) % 9973);
    const trace = cooling(3000);
    const html = await renderReport({
      ...sample,
      chains: Array.from({ length: 16 }, (_, chain) => ({ chain, value: chain, stopped: 'budget', trace })),
      scene: { width: 9973, height: 9973, items: [{ kind: 'path', points }] },
    });
    expect(html.length).toBeLessThan(6_000_000);
    expect(html).toContain('it holds only the picture');
    expect(readReport(html, 'r.html').scene).toBeNull();
  });
});

describe('readReport', () => {
  test('says what is missing or broken', () => {
    expect(() => readReport('<p>no</p>', 'x.html')).toThrow('x.html: no element lehr-report');
    expect(() => readReport('<script type="application/json" id="lehr-report">{"a"</script>', 'x.html')).toThrow(
      'x.html: the data in lehr-report is not JSON',
    );
  });
});

import { readFileSync } from 'node:fs';
import { anneal, stream } from 'lehr';
import { families } from 'lehr/problems';
import { generateWt, generateWtsds, readWt, readWtsds, wtFamily, wtsdsFamily, writeWt, writeWtsds } from 'lehr/problems/scheduling';
import { describe, expect, it } from 'vitest';
import { thrownBy } from '../thrown.ts';
import { leastOfPartials, leastOfSets, random } from './instances.ts';

const shipped = new URL('../../../problems/instances/', import.meta.url);
const WTSDS = { tau: '0.6', range: '0.25', eta: '0.75', beta: '0.3' };
const WT = { tardiness: '0.6', range: '0.4', count: '1' };

const SETUPS = generateWtsds(9, WTSDS, stream(1));
const PLAIN = generateWt(9, { ...WT, count: '3' }, stream(1));

describe('the manifest', () => {
  it('lists both families', () => {
    expect(families.find(({ name }) => name === 'wtsds')).toBe(wtsdsFamily);
    expect(families.find(({ name }) => name === 'wt')).toBe(wtFamily);
    for (const family of [wtsdsFamily, wtFamily]) {
      expect(family.recipe).toMatch(/^file:.*\/problems\/scheduling\/recipe\.js$/);
      expect([family.objective, family.sense]).toEqual(['total weighted tardiness', 'min']);
    }
  });
});

describe('recognise', () => {
  it.each([
    ['a generated instance', SETUPS],
    ['CRLF', SETUPS.replaceAll('\n', '\r\n')],
    ['a specification only', 'Problem Size: 2\nBegin Problem Specification\nProcess Times:\n'],
    ['CR', SETUPS.replaceAll('\n', '\r')],
    ['its first line', `\uFEFF${SETUPS.slice(0, 30)}`],
  ])('with setups: takes %s', (_title, head) => {
    expect(families.filter((family) => family.recognise(head))).toEqual([wtsdsFamily]);
  });

  const broken = (n: number): string => {
    const rows = generateWt(n, { ...WT, count: '125' }, stream(1))
      .trim()
      .split('\n');
    return rows.map((row) => row.replaceAll(/((?:\d+ ){19}\d+) /g, '$1\n')).join('\n');
  };

  it.each([
    ['one instance', generateWt(9, WT, stream(1))],
    ['several', PLAIN],
    ['no final newline', PLAIN.trimEnd()],
    ['CRLF', PLAIN.replaceAll('\n', '\r\n')],
    ['many', generateWt(100, { ...WT, count: '20' }, stream(1)).slice(0, 8192)],
    ['long rows', generateWt(1000, WT, stream(1)).slice(0, 8192)],
    ['OR-Library’s 40', broken(40).slice(0, 8192)],
    ['OR-Library’s 50', broken(50).slice(0, 8192)],
    ['OR-Library’s 100', broken(100).slice(0, 8192)],
  ])('without setups: takes %s', (_title, head) => {
    expect(families.filter((family) => family.recognise(head))).toEqual([wtFamily]);
  });

  it.each([
    ['nothing', ''],
    ['a size first', '9\n1 2 3 4 5 6 7 8 9\n'],
    ['edges', '1 2 5\n1 3 4\n2 3 1\n'],
    ['a distance matrix', '0 5 6 7\n5 0 1 2\n6 1 0 3\n7 2 3 0\n5 0 1 2\n6 1 0 3\n'],
    ['rows of two lengths', '1 2 3 4\n1 1 1 1\n5 5 5\n'],
    ['words', '1 2 3 4\n1 1 1 1\n5 5 5 x\n'],
    ['fractions', '1 2 3 4\n1 1 1 1\n5 5 5 5.5\n'],
    ['four rows', '1 2 3 4\n1 1 1 1\n5 5 5 5\n1 2 3 4\n'],
    ['a grid', '417369825\n632158947\n958724316\n'],
    ['binary', '\u0000\u0001'],
  ])('leaves %s', (_title, head) => {
    expect([wtFamily.recognise(head), wtsdsFamily.recognise(head)]).toEqual([false, false]);
  });
});

describe('read', () => {
  it('says what a file is', () => {
    const [instance] = wtsdsFamily.read(SETUPS, 'x.instance');
    expect([instance.name, instance.n]).toEqual(['x', 9]);
    const details = new Map(instance.details);
    expect([...details.keys()]).toEqual(['instance', 'processing', 'weights', 'due dates', 'setups', 'generator']);
    expect(details.get('generator')).toMatch(/^Tau 0.6, R 0.25, Eta 0.75, .*Beta 0.3, Seed 1 \(lehr generate\)$/);
    const several = wtFamily.read(PLAIN, 'some/y.txt');
    expect(several.map(({ name, n }) => [name, n])).toEqual([
      ['y#1', 9],
      ['y#2', 9],
      ['y#3', 9],
    ]);
    expect(several[0].details.map(([label]) => label)).toEqual(['processing', 'weights', 'due dates']);
    const idle = writeWt([{ ...random(9, false, 1), weights: Int32Array.of(0, 1, 1, 0, 1, 1, 1, 1, 1) }]);
    expect(new Map(wtFamily.read(idle, 'z')[0].details).get('left out')).toBe('2 of weight 0, which can go last');
  });

  it('gives parameters that cross threads', () => {
    for (const { params } of [...wtsdsFamily.read(SETUPS, 'x'), ...wtFamily.read(PLAIN, 'x')])
      expect(structuredClone(params)).toEqual(params);
  });
});

describe.each([
  ['wtsds', wtsdsFamily, SETUPS],
  ['wt', wtFamily, PLAIN],
])('answers of %s', (_title, family, text) => {
  const { params, name } = family.read(text, 'x')[0];
  const order = [8, 7, 6, 5, 4, 3, 2, 1, 0];

  it('are read as they were written', () => {
    const written = family.write(params, Int32Array.from(order), name);
    expect(written).toBe(
      `# ${name}: total weighted tardiness ${family.evaluate(params, Int32Array.from(order), 'f')}; the jobs in order, numbered from 1\n9 8 7 6 5 4 3 2 1\n`,
    );
    expect([...family.readAnswer(params, written, 'f')]).toEqual(order);
  });

  it.each([
    [[0, 1, 2, 3, 4, 5, 6, 7], 'f: the sequence has 8 of 9 jobs, job 9 is missing; expected each job once.'],
    [[0, 1, 2, 3, 4, 5, 6, 7, 1], 'f: the sequence has job 2 twice, at places 2 and 9; expected each job once.'],
    [[0, 1, 2, 3, 4, 5, 6, 7, 9], 'f: the sequence has job 10 at place 9, expected a job from 1 to 9.'],
    [[-1, 1, 2, 3, 4, 5, 6, 7, 8], 'f: the sequence has job 0 at place 1, expected a job from 1 to 9.'],
  ])('%j is refused', (sequence, message) => {
    const { code, message: said } = thrownBy(() => family.evaluate(params, Int32Array.from(sequence), 'f'));
    expect([code, said]).toEqual(['input', message]);
  });

  it('are taken from a run of the recipe, of the tardiness the run reports, and can be begun from', async () => {
    const { default: recipe } = await import(family.recipe);
    const { dynamics } = recipe(params);
    const { result } = anneal({ dynamics, controls: { temperature: 30 }, budget: { steps: 3000 }, seed: 1 });
    const sequence = family.answer(params, result);
    const value = family.evaluate(params, sequence, 'f');
    expect(value).toBe((result as { energy: number }).energy);
    const begun = family.startFrom(params, sequence);
    expect(begun.start).not.toBe(sequence);
    const { result: again } = anneal({ dynamics: recipe(begun).dynamics, controls: { temperature: 0 }, budget: { steps: 1 }, seed: 1 });
    expect(family.evaluate(params, family.answer(params, again), 'f')).toBeLessThanOrEqual(value);
  });

  it('the recipe can run as the paper does: a random start and insertions only', async () => {
    const { default: recipe } = await import(family.recipe);
    const run = (options: object, seed: number): unknown =>
      anneal({ dynamics: recipe({ ...params, ...options }).dynamics, controls: { temperature: 0 }, budget: { steps: 20 }, seed }).result;
    expect(run({ moves: 'insertion', start: 'random' }, 1)).not.toEqual(run({ moves: 'insertion', start: 'random' }, 2));
    expect(run({ moves: 'insertion', start: 'random' }, 1)).toEqual(run({ moves: 'insertion', start: 'random' }, 1));
  });

  it('are drawn', () => {
    expect(family.draw!(params, Int32Array.from(order)).caption).toMatch(new RegExp(`^${name}: 9 jobs, total weighted tardiness \\d+$`));
  });
});

describe('shipped instances', () => {
  const text = (name: string): string => readFileSync(new URL(name, shipped), 'utf8');
  const known = text('best-known.csv')
    .trimEnd()
    .split('\n')
    .map((line) => line.split(','));
  const best = (file: string): number => Number(known.find((row) => row[2] === file)![6]);

  it('are what lehr generate makes', () => {
    expect(text('wt-20.txt')).toBe(generateWt(20, { ...WT, count: '4' }, stream(1, 'generate', 'wt')));
    expect(text('wtsds-12.instance')).toBe(generateWtsds(12, WTSDS, stream(1, 'generate', 'wtsds')));
    expect(text('wtsds-60.instance')).toBe(generateWtsds(60, { ...WTSDS, tau: '0.3', range: '0.75' }, stream(1, 'generate', 'wtsds')));
    const instance = readWtsds(text('wtsds-12.instance'), 'wtsds-12.instance');
    expect(writeWtsds(instance)).toBe(text('wtsds-12.instance'));
  });

  it('have rows in the table of optima', () => {
    const rows = known.filter(([family]) => family === 'wt' || family === 'wtsds');
    expect(rows.length).toBe(6);
    for (const row of rows) expect([row.length, row[4], row[5], row[7]]).toEqual([9, 'total weighted tardiness', 'min', 'yes']);
  });

  it('wt-20: optima by a dynamic programme over sets', () => {
    readWt(text('wt-20.txt'), 'wt-20.txt').forEach((instance, k) => expect(leastOfSets(instance)).toBe(best(`wt-20.txt#${k + 1}`)));
  });

  it('wtsds-12: optimum by a dynamic programme over sets, last jobs and undominated pairs of time and cost', () => {
    expect(leastOfPartials(readWtsds(text('wtsds-12.instance'), 'x'))).toBe(best('wtsds-12.instance'));
  });

  it.each(['wtsds-12.instance', 'wtsds-60.instance', 'wt-20.txt'])('%s: annealing finds the optima', async (file) => {
    const family = file.endsWith('.txt') ? wtFamily : wtsdsFamily;
    const { default: recipe } = await import(family.recipe);
    family.read(text(file), file).forEach(({ params }, k, all) => {
      const goal = best(all.length > 1 ? `${file}#${k + 1}` : file);
      const { energy } = anneal({
        dynamics: recipe(params).dynamics,
        controls: { temperature: 20 },
        budget: { steps: 5_000_000 },
        until: { energy: goal },
        seed: 1,
      });
      expect(energy).toBe(goal);
    });
  });
});

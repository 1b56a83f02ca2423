import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { anneal, stream } from 'lehr';
import { families } from 'lehr/problems';
import { generateInstance, readInstance, tourLength, tspFamily, writeInstance, type TspInstance } from 'lehr/problems/tsp';
import { describe, expect, it } from 'vitest';
import { refused } from '../thrown.ts';

const shared = new URL('../../../../shared/instances/', import.meta.url);
const shipped = new URL('../../../problems/instances/', import.meta.url);

const TEXT =
  'NAME : five\nCOMMENT : one\nCOMMENT : two\nDIMENSION : 5\nEDGE_WEIGHT_TYPE : MAN_2D\nNODE_COORD_SECTION\n1 0 0\n2 4 0\n3 4 2\n4 0 2\n5 -1 1\n';
const [{ params }] = tspFamily.read(TEXT, 'five.tsp');

describe('the manifest', () => {
  it('lists the family', () => {
    expect(families.map(({ name }) => name)).toContain('tsp');
    expect(families.find(({ name }) => name === 'tsp')).toBe(tspFamily);
    expect(tspFamily.recipe).toMatch(/^file:.*\/problems\/tsp\/recipe\.js$/);
    expect([tspFamily.objective, tspFamily.sense]).toEqual(['tour length', 'min']);
  });
});

describe('recognise', () => {
  it.each([
    ['an instance', TEXT],
    ['TYPE alone', 'NAME: x\nTYPE: TSP\n'],
    ['a TYPE with a remark', 'TYPE: TSP (M.~Hofmeister)\n'],
    ['CRLF', 'NAME : x\r\nTYPE : TSP\r\n'],
    ['CR', 'NAME : x\rTYPE : TSP\r'],
    ['BOM', '\uFEFFTYPE : TSP\n'],
    ['lower case, no colon, indented', '  type tsp\n'],
    ['no TYPE', 'EDGE_WEIGHT_TYPE : EUC_2D\n'],
    ['a section only', 'NODE_COORD_SECTION\n1 0 0\n'],
    ['a long comment first', `COMMENT : ${'x'.repeat(5000)}\nTYPE : TSP\n`],
  ])('takes %s', (_title, head) => {
    expect(tspFamily.recognise(head)).toBe(true);
  });

  it.each(['ATSP', 'CVRP', 'HCP', 'SOP', 'TOUR'])('takes TYPE %s, to refuse it by name', (type) => {
    const text = TEXT.replace('DIMENSION', `TYPE : ${type}\nDIMENSION`);
    expect(tspFamily.recognise(text)).toBe(true);
    expect(refused(() => tspFamily.read(text, 'f'))).toMatch(new RegExp(`^f:4: TYPE is "${type}", .*which is not supported, expected TSP`));
  });

  it.each([
    ['nothing', ''],
    ['numbers', '5\n1 2 3\n'],
    ['DIMACS', 'p edge 5 4\ne 1 2\n'],
    ['JSON', '{"TYPE": "TSP"}'],
    ['timetabling', 'Name: Fis0506-1\nCourses: 30\nRooms: 6\n'],
    ['another TYPE', 'NAME : x\nTYPE : JSSP\nDIMENSION : 5\n'],
    ['prose', 'The TYPE : TSP of this\n'],
    ['binary', '\u0000\u0001DIMENSION'],
  ])('leaves %s', (_title, head) => {
    expect(tspFamily.recognise(head)).toBe(false);
  });
});

describe('read', () => {
  it('says what a file is', () => {
    const [instance] = tspFamily.read(TEXT, 'x.tsp');
    expect([instance.name, instance.n]).toEqual(['five', 5]);
    expect(instance.details).toEqual([
      ['metric', 'MAN_2D'],
      ['coordinates', 'x -1 … 4, y 0 … 2'],
      ['comment', 'one'],
      ['comment', 'two'],
    ]);
    const matrix =
      'NAME: m\nDIMENSION: 3\nEDGE_WEIGHT_TYPE: EXPLICIT\nEDGE_WEIGHT_FORMAT: UPPER_ROW\nEDGE_WEIGHT_SECTION\n5 7 6\nDISPLAY_DATA_SECTION\n1 0 0\n2 1 1\n3 0 2\n';
    expect(tspFamily.read(matrix, 'x')[0].details).toEqual([
      ['metric', 'EXPLICIT'],
      ['weights', '5 … 7'],
      ['display', 'x 0 … 1, y 0 … 2'],
    ]);
    expect(tspFamily.read('DIMENSION: 1\nEDGE_WEIGHT_TYPE: GEO\nNODE_COORD_SECTION\n1 48.08 11.34\n', 'x')[0].details[1]).toEqual([
      'coordinates',
      'latitude 48.08 … 48.08, longitude 11.34 … 11.34',
    ]);
  });

  it('gives parameters that cross threads', () => {
    expect(structuredClone(params)).toEqual(params);
  });
});

describe('answers', () => {
  it('are evaluated from the instance alone', () => {
    expect(tspFamily.evaluate(params, Int32Array.of(0, 1, 2, 3, 4), 'f')).toBe(4 + 2 + 4 + 2 + 2);
  });

  it.each([
    [[0, 1, 2, 3], 'f: the tour visits 4 of 5 cities, city 5 is missing; expected each city once.'],
    [[0, 1, 2, 1, 4], 'f: the tour visits city 2 twice, as number 2 and 4; expected each city once.'],
    [[0, 1, 2, 3, 4, 0], 'f: the tour visits city 1 twice, as number 1 and 6; expected each city once.'],
    [[0, 1, 5, 3, 4], 'f: the tour visits city 6 as number 3, expected a city from 1 to 5.'],
    [[-1, 1, 2, 3, 4], 'f: the tour visits city 0 as number 1, expected a city from 1 to 5.'],
    [[], 'f: the tour visits 0 of 5 cities, city 1 is missing; expected each city once.'],
  ])('%j is refused', (tour, message) => {
    expect(refused(() => tspFamily.evaluate(params, Int32Array.from(tour), 'f'))).toBe(message);
  });

  it('that are the same closed tour are the same bytes', () => {
    const text = 'NAME : five.tour\nCOMMENT : Length 14\nTYPE : TOUR\nDIMENSION : 5\nTOUR_SECTION\n1\n2\n3\n4\n5\n-1\nEOF\n';
    for (const tour of [
      [0, 1, 2, 3, 4],
      [2, 3, 4, 0, 1],
      [4, 3, 2, 1, 0],
      [0, 4, 3, 2, 1],
    ]) {
      expect(tspFamily.write(params, Int32Array.from(tour), 'five')).toBe(text);
      expect(tspFamily.write(params, Int32Array.from(tour), 'five.tsp')).toBe(text);
    }
    expect([...tspFamily.readAnswer(params, text, 'f')]).toEqual([0, 1, 2, 3, 4]);
    for (const n of [1, 2, 3]) {
      const [small] = tspFamily.read(generateInstance(n, 'uniform', stream(1)), 'x');
      const tour = Int32Array.from({ length: n }, (_, k) => n - 1 - k);
      expect([...tspFamily.readAnswer(small.params, tspFamily.write(small.params, tour, 'x'), 'f')]).toEqual([0, 1, 2].slice(0, n));
    }
  });

  it('are taken from a run of the recipe, in the numbers of the instance, of the length the run reports', async () => {
    const { default: recipe } = await import(tspFamily.recipe);
    for (const text of [generateInstance(60, 'clustered', stream(3)), TEXT]) {
      const { params } = tspFamily.read(text, 'x')[0];
      const { dynamics } = recipe(params);
      const { result } = anneal({ dynamics, controls: { temperature: 1000 }, budget: { steps: 3000 }, seed: 1 });
      const tour = tspFamily.answer(params, result);
      expect(tspFamily.evaluate(params, tour, 'f')).toBe((result as { energy: number }).energy);
      const begun = recipe(tspFamily.startFrom(params, tour)).dynamics;
      const { result: again } = anneal({ dynamics: begun, controls: { temperature: 0 }, budget: { steps: 1 }, seed: 1 });
      expect(tspFamily.evaluate(params, tspFamily.answer(params, again), 'f')).toBeLessThanOrEqual(tspFamily.evaluate(params, tour, 'f'));
    }
  });

  it('can be begun from', () => {
    const tour = Int32Array.of(0, 2, 1, 3, 4);
    const begun = tspFamily.startFrom(params, tour);
    expect(begun).toEqual({ ...params, start: tour });
    expect(begun.start).not.toBe(tour);
    expect(structuredClone(begun)).toEqual(begun);
  });

  it('are drawn', () => {
    expect(tspFamily.draw!(params, Int32Array.of(0, 1, 2, 3, 4)).caption).toBe('five: 5 cities, tour length 14');
  });

  it.skipIf(!existsSync(new URL('best-known.csv', shared)))('published as optimal have the published length', () => {
    const rows = readFileSync(new URL('best-known.csv', shared), 'utf8')
      .split('\n')
      .map((line) => line.split(','));
    let tours = 0;
    for (const [, , file, , , , best] of rows.filter((row) => row[0] === 'tsp')) {
      const text = readFileSync(new URL(file, shared), 'utf8');
      expect([file, tspFamily.recognise(text.slice(0, 1000))]).toEqual([file, true]);
      const path = file.replace('.tsp', '.opt.tour');
      if (!existsSync(new URL(path, shared))) continue;
      tours++;
      const [{ params }] = tspFamily.read(text, file);
      const tour = tspFamily.readAnswer(params, readFileSync(new URL(path, shared), 'utf8'), path);
      expect([file, tspFamily.evaluate(params, tour, path)]).toEqual([file, Number(best)]);
    }
    expect(tours).toBeGreaterThan(20);
  });
});

describe('generate', () => {
  it('makes files of its own', () => {
    const { options, make } = tspFamily.generate!;
    expect(options.map(({ name, default: value }) => [name, value])).toEqual([['kind', 'uniform']]);
    expect(make(7, {}, stream(1))).toBe(generateInstance(7, 'uniform', stream(1)));
    expect(make(7, { kind: 'clustered' }, stream(1))).toBe(generateInstance(7, 'clustered', stream(1)));
    expect(tspFamily.recognise(make(7, {}, stream(1)))).toBe(true);
  });
});

describe('shipped instances', () => {
  const files = readdirSync(shipped).filter((name) => name.endsWith('.tsp'));
  const read = (name: string): TspInstance => readInstance(readFileSync(new URL(`${name}.tsp`, shipped), 'utf8'), name);

  it('are what their comments say', () => {
    const text = (name: string): string => readFileSync(new URL(`${name}.tsp`, shipped), 'utf8');
    expect(text('uniform-1000')).toBe(generateInstance(1000, 'uniform', stream(1)));
    expect(text('clustered-500')).toBe(generateInstance(500, 'clustered', stream(1)));
    for (const file of files) expect(writeInstance(read(file.replace('.tsp', '')))).toBe(readFileSync(new URL(file, shipped), 'utf8'));
    expect(files.reduce((sum, name) => sum + statSync(new URL(name, shipped)).size, 0)).toBeLessThan(40_000);
  });

  const known = readFileSync(new URL('best-known.csv', shipped), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => line.split(','));
  const best = (name: string): number => Number(known.find((row) => row[1] === name)![6]);

  it('have a table of optima with the common columns', () => {
    expect(known[0].join(',')).toBe('family,instance,file,n,objective,sense,best_known,optimal,source');
    for (const row of known.filter(([family]) => family === 'tsp')) {
      expect(row.length).toBe(9);
      expect([row[0], row[4], row[5], row[7]]).toEqual(['tsp', 'tour length', 'min', 'yes']);
      expect([row[1], read(row[1]).n, read(row[1]).name]).toEqual([row[2].replace('.tsp', ''), Number(row[3]), row[1]]);
    }
  });

  it('square-64: no edge is below 100, and there is a tour of 64 edges of 100', () => {
    const instance = read('square-64');
    let shortest = Infinity;
    for (let i = 0; i < 64; i++) for (let j = 0; j < i; j++) shortest = Math.min(shortest, tourLength(instance, [i, j]) / 2);
    expect(shortest).toBe(100);
    // Up the first column, then to and fro through the others.
    const tour = Array.from({ length: 8 }, (_, row) => 8 * row);
    for (let row = 7; row >= 0; row--) for (let k = 1; k < 8; k++) tour.push(8 * row + (row % 2 === 1 ? k : 8 - k));
    expect(new Set(tour).size).toBe(64);
    expect(tourLength(instance, tour)).toBe(6400);
    expect(best('square-64')).toBe(6400);
  });

  it('circle-100: any tour but the polygon has two edges that are no sides, which already make it longer', () => {
    const instance = read('circle-100');
    const order = Array.from({ length: 100 }, (_, i) => i).sort(
      (a, b) => Math.atan2(instance.y![a], instance.x![a]) - Math.atan2(instance.y![b], instance.x![b]),
    );
    let [side, chord] = [Infinity, Infinity];
    for (let i = 0; i < 100; i++) {
      for (let k = 1; k <= 50; k++) {
        const length = tourLength(instance, [order[i], order[(i + k) % 100]]) / 2;
        if (k === 1) side = Math.min(side, length);
        else chord = Math.min(chord, length);
      }
    }
    const polygon = tourLength(instance, order);
    expect(98 * side + 2 * chord).toBeGreaterThan(polygon);
    expect(best('circle-100')).toBe(polygon);
  });
});

import { LehrError } from 'lehr';
import {
  decodeTarget,
  encode,
  encodeInputs,
  encodeTargets,
  readCsv,
  typesOf,
  type EncodeOptions,
  type Encoding,
} from 'lehr/problems/table';
import { describe, expect, test } from 'vitest';
import { refused } from '../thrown.ts';

const PEOPLE = `age,colour,height,sold
20,red,1.5,yes
40,blue,1.7,no
,red,1.9,yes
60,,1.5,no
40,green,1.6,no
`;

function rowsOf({ examples: { rows, features, inputs } }: Encoding): number[][] {
  return Array.from({ length: rows }, (_, row) => [...inputs.subarray(row * features, (row + 1) * features)]);
}

describe('encode', () => {
  test('fills, encodes and names; classes are in the order they first appear', () => {
    const encoding = encode(readCsv(PEOPLE), { target: 'sold', standardise: false });
    expect(encoding.encoder.features).toEqual(['age', 'colour=red', 'colour=blue', 'colour=green', 'height']);
    expect(rowsOf(encoding)).toEqual([
      [20, 1, 0, 0, 1.5],
      [40, 0, 1, 0, 1.7],
      [40, 1, 0, 0, 1.9],
      [60, 1, 0, 0, 1.5],
      [40, 0, 0, 1, 1.6],
    ]);
    expect([...encoding.examples.targets]).toEqual([0, 1, 0, 1, 1]);
    expect(encoding.examples.classes).toBe(2);
    expect(encoding.notices).toEqual([]);
    expect(decodeTarget(encoding.encoder, 1)).toBe('no');
  });

  test('marks missing values with a feature of their own, where there are any', () => {
    const { encoder, ...encoding } = encode(readCsv(PEOPLE), { target: 'sold', standardise: false, missing: 'indicator' });
    expect(encoder.features).toEqual(['age', 'age missing', 'colour=red', 'colour=blue', 'colour=green', 'colour missing', 'height']);
    expect(rowsOf({ encoder, ...encoding }).slice(2, 4)).toEqual([
      [40, 1, 1, 0, 0, 0, 1.9],
      [60, 0, 1, 0, 0, 1, 1.5],
    ]);
  });

  test('standardises by the training rows alone', () => {
    const training = [0, 1, 3];
    const { examples, encoder } = encode(readCsv(PEOPLE), { target: 'sold', training, drop: ['colour', 'height'] });
    const deviation = Math.sqrt((400 + 0 + 400) / 3);
    expect([...examples.inputs]).toEqual([-20 / deviation, 0, 0, 20 / deviation, 0]);
    expect(encoder.columns).toEqual([{ kind: 'number', name: 'age', fill: 40, centre: 40, scale: deviation, indicator: false }]);
    // Rows that are not for training may hold anything: the encoder is the same.
    const other = readCsv(PEOPLE.replace('40,green,1.6', '99,green,7'));
    expect(encode(other, { target: 'sold', training, drop: ['colour', 'height'] }).encoder).toEqual(encoder);
  });

  test('a category no training row has is 0 in all features, and counted', () => {
    const { encoder, notices, examples } = encode(readCsv(PEOPLE), { target: 'sold', training: [0, 1, 2], drop: ['age', 'height'] });
    expect(encoder.features).toEqual(['colour=red', 'colour=blue']);
    expect([...examples.inputs.subarray(8)]).toEqual([0, 0]);
    expect(notices[0]).toBe('column "colour": 1 cells have a category that no training row has; all its features are 0 there.');
  });

  test('an encoder survives JSON and encodes another table’s columns by name, with no target', () => {
    const encoding = encode(readCsv(PEOPLE), { target: 'sold' });
    const encoder = JSON.parse(JSON.stringify(encoding.encoder));
    const same = encodeInputs(encoder, readCsv(PEOPLE));
    expect(same.inputs).toEqual(encoding.examples.inputs);
    expect(same.filled).toEqual({ age: 1, colour: 1 });
    const other = encodeInputs(encoder, readCsv('new,height,colour,age\n1,1.5,violet,20\n', { types: { colour: 'category' } }));
    expect(other.unseen).toEqual({ colour: 1 });
    expect([...other.inputs].filter((_, k) => k !== 1 && k !== 2 && k !== 3)).toEqual([
      encoding.examples.inputs[0],
      encoding.examples.inputs[4],
    ]);
    expect(encodeTargets(encoder, readCsv('sold\nno\nyes\n'))).toEqual(Float64Array.of(1, 0));
  });

  test('types of an encoder read another file as the first was read', () => {
    const first = readCsv('zip,age,y\n01,3,p\n1,4,q\n01,5,p\n', { types: { zip: 'category' } });
    const { encoder } = encode(first, { target: 'y', standardise: false });
    expect(typesOf(encoder)).toEqual({ zip: 'category', age: 'number' });
    const again = readCsv('zip,age\n01,9\n', { types: typesOf(encoder) });
    expect([...encodeInputs(encoder, again).inputs]).toEqual([1, 0, 9]);
    expect(refused(() => readCsv('zip,age\n01,old\n', { path: 'g', types: typesOf(encoder) }))).toContain(
      'g:2: column "age" is "old", expected a number.',
    );
  });

  test('classes that look like numbers are in ascending order; task says otherwise', () => {
    const table = readCsv('a,b\n1,10\n2,9\n4,10\n3,2\n');
    const classes = encode(table, { target: 'b' });
    expect(classes.encoder.target).toEqual({ kind: 'classes', name: 'b', labels: ['2', '9', '10'] });
    expect(classes.notices[0]).toContain('the target "b" has 3 different numbers and is taken for classes');
    const values = encode(table, { target: 'b', task: 'values', standardiseTarget: true });
    expect(values.examples.classes).toBe(0);
    expect(Array.from(values.examples.targets, (y) => decodeTarget(values.encoder, y))).toEqual([10, 9, 10, 2]);
    expect(values.examples.targets.reduce((sum, y) => sum + y, 0)).toBeCloseTo(0, 12);
  });

  test('columns that tell nothing are left out, and said', () => {
    const text = `id,rownames,c,m,a,y\n${Array.from({ length: 30 }, (_, i) => `k${i},${i + 7},5,,${(i * i) % 7},${i % 2}`).join('\n')}\n`;
    const { encoder, notices } = encode(readCsv(text), { target: 'y' });
    expect(encoder.features).toEqual(['a']);
    expect(encoder.dropped).toEqual([
      { name: 'id', why: 'it numbers or names the rows' },
      { name: 'rownames', why: 'it numbers or names the rows' },
      { name: 'c', why: 'it is constant over the training rows' },
      { name: 'm', why: 'it has no value in any training row' },
    ]);
    expect(notices.length).toBe(5);
  });

  test('rows without a target may be left out, and training rows are renumbered', () => {
    const table = readCsv('a,y\n1,p\n2,\n3,q\n4,q\n');
    const { examples, rows, encoder, notices } = encode(table, {
      target: 'y',
      missingTarget: 'drop',
      training: [0, 1, 2],
      standardise: false,
    });
    expect([...rows]).toEqual([0, 2, 3]);
    expect([...examples.inputs]).toEqual([1, 3, 4]);
    expect(encoder.columns[0].fill).toBe(2);
    expect(notices[0]).toBe('1 of 4 rows are left out: their target is missing.');
  });
});

describe('encode refuses', () => {
  const many = (line: (i: number) => string): string => Array.from({ length: 20 }, (_, i) => line(i)).join('\n');
  test.each<[string, string, EncodeOptions, string]>([
    [
      'a target that is not there',
      'alpha,beta\n1,2\n',
      { target: 'betta' },
      'f: there is no column "betta", expected one of "alpha", "beta". Maybe beta?',
    ],
    [
      'a missing target',
      'a,y\n1,p\n2,\n3,\n',
      { target: 'y' },
      `f:3: the target "y" is missing (in 2 of 3 rows), expected a value in each. Maybe leave such rows out`,
    ],
    [
      'a target that is always missing',
      'a,y\n1,\n2,\n',
      { target: 'y', missingTarget: 'drop' },
      'f: the target "y" is missing in every row',
    ],
    ['one class only', 'a,y\n1,p\n2,p\n', { target: 'y' }, 'f: the target "y" is "p" throughout (2 rows), expected at least two classes.'],
    [
      'one class in the training rows',
      'a,y\n1,p\n2,p\n3,q\n',
      { target: 'y', training: [0, 1] },
      'f: the target "y" is "p" in all 2 training rows, expected at least two classes. Maybe another column is meant, or the split should be stratified.',
    ],
    [
      'a class no training row has',
      'a,y\n1,p\n2,q\n3,r\n',
      { target: 'y', training: [0, 1] },
      'f:4: the target "y" is "r", expected one of the classes of the training rows, "p", "q".',
    ],
    [
      'one value only',
      'a,y\n1,5.5\n2,5.5\n',
      { target: 'y' },
      'the target "y" is "5.5" throughout (2 rows), expected at least two values.',
    ],
    [
      'text for values',
      'a,y\n1,p\n2,q\n',
      { target: 'y', task: 'values' },
      `f:2: the target "y" is "p", expected numbers for task: 'values'.`,
    ],
    ['no feature', 'y\np\nq\n', { target: 'y' }, 'f: no column is left to learn from'],
    ['constant features alone', 'a,y\n1,p\n1,q\n', { target: 'y' }, 'f: no column is left to learn from'],
    ['a column to drop that is not there', 'a,y\n1,p\n1,q\n', { target: 'y', drop: ['b'] }, 'there is no column "b"'],
    [
      'a target’s copy by name',
      `x,price,price_log\n${many((i) => `${i % 7},${i % 4},${i % 5}.5`)}\n`,
      { target: 'price' },
      'f: the target "price" leaks into the features: "price_log" (by its name it repeats the target)',
    ],
    [
      'a target’s copy by value',
      `x,y,z\n${many((i) => `${i % 7},${i % 2},${1 - (i % 2)}`)}\n`,
      { target: 'y' },
      '"z" (by its values it repeats the target)',
    ],
    ['numbers that cannot be added up', 'a,y\n1e308,p\n-1e308,q\n1e308,p\n1.7e308,q\n', { target: 'y' }, 'column "a" has mean'],
  ])('%s', (_, text, options, message) => {
    expect(refused(() => encode(readCsv(text, { path: 'f', header: true }), options))).toContain(message);
  });

  test('text where training had numbers, and columns that are not there', () => {
    const { encoder } = encode(readCsv(PEOPLE), { target: 'sold' });
    const bad = PEOPLE.replace(/^(20|40|60|)(?=,)/gm, 'old');
    expect(refused(() => encodeInputs(encoder, readCsv(bad, { path: 'g' })))).toBe(
      'g:2: column "age" is "old", expected a number, as in training.',
    );
    expect(refused(() => encodeInputs(encoder, readCsv('age,heigth,colour\n1,2,red\n', { path: 'g' })))).toContain(
      'g: there is no column "height", expected one of "age", "heigth", "colour". Maybe heigth?',
    );
  });

  test('options it does not know, or of another kind', () => {
    const table = readCsv(PEOPLE);
    expect(refused(() => encode(table, { target: 'sold', standardize: true } as never), 'option')).toContain('Maybe standardise?');
    for (const wrong of [{ missing: 'x' }, { leaks: 'x' }, { missingTarget: 'x' }, { task: 'x' }, { training: [9] }, { training: [] }])
      expect(() => encode(table, { target: 'sold', ...wrong } as never)).toThrow(LehrError);
  });
});

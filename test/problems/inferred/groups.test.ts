import { anneal, subsampleGibbs } from 'lehr';
import { crossCatModel } from 'lehr/problems/crosscat';
import {
  asOneGroup,
  bySize,
  columnMatrix,
  decodeInferred,
  describeKind,
  encodeInferred,
  foundIn,
  likeness,
  meanLogDensity,
  placed,
  predictGroups,
  rowMatrix,
  typesOfFeatures,
  type KindResult,
} from 'lehr/problems/inferred';
import { codesOf, groupingOf, mixtureData, mixtureModel, predict, selectMixtureRows } from 'lehr/problems/mixture';
import { readCsv } from 'lehr/problems/table';
import { linear } from 'lehr/schedules';
import { describe, expect, test } from 'vitest';

/** Two planted groups, of 40 and 20 rows: one of small red things, one of large green ones. */
const lines = Array.from({ length: 60 }, (_, i) =>
  i % 3 === 0 ? `n,green,${20 + (i % 6)},${5 - (i % 9) / 10}` : `${i % 7 === 0 ? '?' : 'y'},red,${i % 5},${1 + (i % 7) / 10}`,
);
const table = readCsv(['vote,colour,visits,size', ...lines].join('\n'), { path: 'things.csv', header: true });
const data = mixtureData(table, { kinds: { visits: 'poisson' } });
const training = selectMixtureRows(
  data,
  Array.from({ length: 54 }, (_, row) => row),
);
const others = selectMixtureRows(data, [54, 55, 56, 57, 58, 59]);
const run = (model: any, options = {}): any =>
  anneal({ dynamics: subsampleGibbs(model, options), controls: { fraction: linear(0, 1) }, budget: { steps: 54 * 19 }, seed: 1 }).result;
const found = foundIn(run(mixtureModel(training), { samples: 8 }), data, 0);
const dealt = {
  rows: 60,
  seen: Int32Array.from({ length: 54 }, (_, row) => row),
  data: training,
  heldOut: Int32Array.of(54, 55, 56, 57, 58, 59),
  others,
};
const [kind] = found.kinds.map(bySize);

describe('groups without their rows', () => {
  test('say of other rows what they say with them, to the bit', () => {
    const fresh = readCsv('vote,colour,visits,size\ny,red,2,1.3\n?,green,22,4.6\n?,?,NA,NA\n', {
      header: true,
      types: typesOfFeatures(codesOf(data)),
    });
    const { kinds, logDensity } = predictGroups({ features: codesOf(data), kinds: [groupingOf(training, kind.features, kind)] }, fresh);
    const whole = predict(training, kind, fresh);
    expect(logDensity).toEqual(whole.logDensity);
    expect(kinds[0].group).toEqual(whole.group);
    expect(kinds[0].group[0]).toBe(0);
    expect(kinds[0].group[1]).toBe(1);
  });

  test('come back from a file the same, which says what is wrong with it', () => {
    const text = encodeInferred({
      lehr: 'inference',
      version: 1,
      release: '0',
      model: 'mixture',
      features: codesOf(data),
      kinds: [groupingOf(training, kind.features, kind)],
      assignments: [kind.assignment],
      inference: { seed: 1 },
    });
    expect(encodeInferred(decodeInferred(text, 'r.json'))).toBe(text);
    const changed = (from: string | RegExp, to: string): (() => unknown) => {
      expect(text).toMatch(from);
      return () => decodeInferred(text.replace(from, to), 'r.json');
    };
    expect(changed('"version":1', '"version":2')).toThrow('r.json: the result has version 2, expected 1');
    expect(changed('"model":"mixture"', '"model":"mix"')).toThrow('the model is "mix"');
    expect(changed('"lehr":"inference"', '"lehr":"model"')).toThrow('it is no result');
    expect(changed('"kind":"poisson"', '"kind":"fish"')).toThrow('a feature is of the kind "fish"');
    expect(changed('"labels":["green","red"]', '"labels":["green","red","blue"]')).toThrow(
      'colour: its statistics are not those of 2 groups',
    );
    expect(() => decodeInferred(text.slice(0, 90), 'r.json')).toThrow('it is not JSON');
  });
});

describe('where rows are', () => {
  const where = placed(kind, dealt);

  test('all have a group, those held out by prediction, and are sure of it', () => {
    expect(kind.sizes.length).toBe(2);
    for (let row = 0; row < 60; row++) {
      expect(where.group[row]).toBe(row % 3 === 0 ? 1 : 0);
      expect(where.probability[row]).toBeGreaterThan(0.9);
      expect(where.probability[row]).toBeLessThanOrEqual(1);
      expect(where.assignment[row]).toBe(row < 54 ? where.group[row] : -1);
    }
  });

  test('rows that a cut run had in no group are put there, too', () => {
    const cut = { ...kind, assignment: kind.assignment.map((group, row) => (row < 9 ? -1 : group)), sizes: Int32Array.of(30, 15) };
    const { group, assignment } = placed(cut, dealt);
    expect(group).toEqual(where.group);
    expect(Array.from(assignment.subarray(0, 10))).toEqual([-1, -1, -1, -1, -1, -1, -1, -1, -1, 1]);
  });

  test('the own probability of a row is that of the law with it taken out', () => {
    const model = mixtureModel(training, { hyper: 'fixed' });
    const [own] = foundIn(run(model), data, 0).kinds;
    const { probability } = placed(own, dealt);
    // By the joint law: the row in each group in turn, hyperparameters held.
    const groups = model.empty();
    for (let row = 0; row < 54; row++) if (row !== 7) model.add(groups, 0, row, own.assignment[row]);
    const joint: number[] = [];
    for (let k = 0; k <= own.sizes.length; k++) {
      model.add(groups, 0, 7, k);
      joint.push(Math.exp(model.logJoint(groups, 1)));
      model.remove(groups, 7);
    }
    expect(probability[7]).toBeCloseTo(joint[own.assignment[7]] / joint.reduce((a, b) => a + b), 10);
  });

  test('held-out rows are likelier by groups than as one', () => {
    const groups = meanLogDensity([[where.grouping]], others);
    expect(groups).toBeGreaterThan(meanLogDensity([asOneGroup([kind], training)], others) + 0.5);
    // Of equal results the mean density is theirs.
    expect(meanLogDensity([[where.grouping], [where.grouping]], others)).toBeCloseTo(groups, 12);
  });
});

test('columns are described as they are, those first that tell groups apart', () => {
  const described = describeKind(groupingOf(training, kind.features, kind), codesOf(data));
  const of = (name: string): any => described.find(({ feature }) => feature.name === name);
  expect(of('colour').groups.map(({ shares }: any) => shares)).toEqual([
    [0, 1],
    [1, 0],
  ]);
  const sizes = lines
    .slice(0, 54)
    .filter((_, i) => i % 3 !== 0)
    .map((line) => Number(line.split(',')[3]));
  const mean = sizes.reduce((a, b) => a + b) / sizes.length;
  expect(of('size').groups[0].mean).toBeCloseTo(mean, 10);
  expect(of('size').groups[0].deviation).toBeCloseTo(Math.sqrt(sizes.reduce((sum, x) => sum + (x - mean) ** 2, 0) / sizes.length), 8);
  expect(of('visits').groups[1].mean).toBeGreaterThan(20);
  // 36 of 54 rows have a vote or lack it.
  expect(of('vote').groups[0].values).toBe(lines.slice(0, 54).filter((line) => line.startsWith('y')).length);
  const gain = described.map(({ distinction }) => distinction[0] * 36 + distinction[1] * 18);
  expect([...gain].sort((a, b) => b - a)).toEqual(gain);
  expect(described.at(-1)!.distinction.every((value) => value >= 0)).toBe(true);
});

describe('several results', () => {
  const split = (features: number[], assignment: number[]): KindResult =>
    bySize({ features, assignment: Int32Array.from(assignment), sizes: Int32Array.of(2, 2), alpha: 1, discount: 0, hyper: {} });
  const [straight, crossed] = [
    [0, 0, 1, 1],
    [0, 1, 0, 1],
  ];

  test('are alike as their columns are, on the mean', () => {
    const one = [split([0, 1], straight), split([2], crossed)];
    expect(likeness(one, one)).toBe(1);
    expect(likeness(one, [split([0, 1, 2], straight)])).toBeCloseTo((1 + 1 - 0.5) / 3, 12);
    expect(likeness(one, [split([0, 1, 2], [-1, -1, -1, -1])])).toBeNaN();
  });

  test('make pictures of rows and of columns', () => {
    const answer = [split([0, 1], straight), split([2], crossed)];
    const samples = [answer, [split([0, 1, 2], straight)]];
    const columns = columnMatrix(answer, samples, ['a', 'b', 'c']);
    expect(columns.values).toEqual([1, 1, 0.5, 1, 1, 0.5, 0.5, 0.5, 1]);
    expect(columns.down).toEqual([
      { name: 'kind 1', cells: 2 },
      { name: 'kind 2', cells: 1 },
    ]);
    const rows = rowMatrix(answer[1], samples, Float64Array.of(1, 0.5, 0.9, 0.8), { id: 'rows-2', title: 'rows' });
    // In the order 0, 2 | 3, 1 of the second kind's groups: in half of the samples by its own partition, in half by the other.
    expect(rows.values.slice(0, 4)).toEqual([1, 0.5, 0, 0.5]);
    expect(rows.down).toEqual([
      { name: 'group 1', cells: 2 },
      { name: 'group 2', cells: 2 },
    ]);
  });

  test('of kinds of columns are found like those of one', () => {
    const { kinds, samples } = foundIn(run(crossCatModel(training), { samples: 4 }), data, 0);
    expect(kinds.flatMap(({ features }) => features).sort()).toEqual([0, 1, 2, 3]);
    expect(samples.every((sample) => sample.kinds.every(({ assignment }) => assignment.length === 54))).toBe(true);
    expect(likeness(kinds, found.kinds)).toBeGreaterThan(0.5);
  });
});

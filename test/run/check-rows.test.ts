import { checkRows, type RowModel } from 'lehr';
import { crossCatModel } from 'lehr/problems/crosscat';
import { mixtureModel, type Partition } from 'lehr/problems/mixture';
import { describe, expect, test } from 'vitest';
import { COLUMNS, dataOf, priorsOf } from '../problems/mixture/rows.ts';

const ALL = Object.keys(COLUMNS);
const DISCRETE = ['bernoulli', 'categorical', 'complete'];

describe('the models keep the contract', () => {
  test.each<[string, RowModel<any>]>([
    ['a mixture of all kinds of columns', mixtureModel(dataOf(ALL, 4))],
    ['a mixture of columns of few values', mixtureModel(dataOf(DISCRETE, 4))],
    ['a Pitman–Yor mixture that is held', mixtureModel(dataOf(ALL), { alpha: 2, discount: 0.3, hyper: 'fixed', priors: priorsOf(ALL) })],
    ['crosscat', crossCatModel(dataOf(ALL, 3), { sweeps: 2 })],
  ])('%s', (_, model) => expect(() => checkRows(model)).not.toThrow());
});

const model: RowModel<Partition, any> = mixtureModel(dataOf(ALL, 3));

describe('the kit finds planted bugs', () => {
  test.each<[string, Partial<RowModel<Partition, any>>, RegExp]>([
    ['a missing method', { logJoint: undefined as never }, /logJoint is undefined, expected a function/],
    [
      'a score that is off',
      {
        score(groups, p, row, power, into) {
          const places = model.score(groups, p, row, power, into);
          into[0] += 1e-4;
          return places;
        },
      },
      /score of row \d+ at power 1 says candidate/,
    ],
    [
      'a power that is ignored',
      { score: (groups, p, row, _, into) => model.score(groups, p, row, 1, into) },
      /score of row \d+ at power 0.3 says/,
    ],
    [
      'a statistic that remove forgets',
      {
        remove(groups, row) {
          model.remove(groups, row);
          groups.alpha += 0.01;
        },
        verify: () => undefined,
      },
      /came and went, and logJoint is|says candidate/,
    ],
    [
      'a count that remove leaves behind',
      {
        remove(groups, row) {
          const k = groups.assignment[row];
          model.remove(groups, row);
          groups.discrete.counts[k] += 1;
        },
      },
      /a count of group \d+ is kept as/,
    ],
    ['an assign that goes elsewhere', { assign: (groups, row, rng) => (rng.uniform(), groups.add(row, groups.vacant)) }, /assign puts row/],
    [
      'an assign that draws too much',
      { assign: (groups, row, rng) => (model.assign!(groups, row, rng), void rng.uniform()) },
      /draws other numbers/,
    ],
    ['an assign without randomness of its own', { assignBlindly: (groups, row) => groups.add(row, groups.vacant) }, /assignBlindly of row/],
    [
      'a save that is the groups’ own',
      { save: (groups) => ({ ...(model.save(groups) as object), assignment: groups.assignment }) },
      /changes/,
    ],
    [
      'a save that forgets a hyperparameter',
      { save: (groups) => ({ ...(model.save(groups) as object), alpha: Math.round(groups.alpha * 3) / 7 }) },
      /differs|says candidate|prior weight|load/,
    ],
    ['a result that is no copy', { result: (groups) => ({ assignment: groups.assignment }) }, /a result changes with the groups/],
    [
      'randomness from elsewhere',
      {
        refresh: (() => {
          let calls = 0;
          return (groups: Partition) => void (groups.alpha = 1 + calls++);
        })(),
      },
      /refresh makes different groups at .alpha/,
    ],
  ])('%s', (_, bug, message) => expect(() => checkRows({ ...model, ...bug })).toThrow(message));
});

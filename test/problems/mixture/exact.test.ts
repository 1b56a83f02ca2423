import { stream, subsampleGibbs, type RowModel } from 'lehr';
import { mixtureModel, type MixtureOptions, type Partition } from 'lehr/problems/mixture';
import { Block } from '#src/dynamics/block';
import { assignOf } from '#src/dynamics/row-model';
import { describe, expect, test } from 'vitest';
import { chiSquare, plausible } from '../../random/statistics.ts';
import { logLikelihood, logProcess, lumped, nameOf, normalised, partitionsOf } from './enumerate.ts';
import { COLUMNS, dataOf, priorsOf } from './rows.ts';

const ALL = ['bernoulli', 'categorical', 'complete', 'poisson', 'normal'];
const KINDS = [['bernoulli'], ['categorical'], ['complete'], ['poisson'], ['normal'], ['complete', 'poisson'], ALL];

/** ln of the joint law of a partition of rows, by definition. */
function logJoint(
  names: readonly string[],
  rows: readonly number[],
  partition: number[],
  alpha: number,
  discount: number,
  power = 1,
): number {
  const columns = names.map((name) => COLUMNS[name]);
  return logProcess(partition, alpha, discount) + power * logLikelihood(columns, rows, partition);
}

function fixed(names: readonly string[], alpha = 2, discount = 0.1): RowModel<Partition> {
  return mixtureModel(dataOf(names), { alpha, discount, hyper: 'fixed', priors: priorsOf(names) });
}

describe('the joint law of every partition of 6 rows is that of the definition', () => {
  test.each(KINDS)('%s %s %s %s %s', (...names) => {
    const model = fixed(names);
    const rows = [0, 1, 2, 3, 4, 5];
    const off: number[] = [];
    for (const partition of partitionsOf(6)) {
      const groups = model.empty();
      // A place is free again after `remove`: put the rows in by their group, wherever that lies.
      const places = new Map<number, number>();
      partition.forEach((k, row) => {
        model.add(groups, 0, row, places.get(k) ?? groups.vacant);
        places.set(k, groups.assignment[row]);
      });
      off.push(model.logJoint(groups, 0.7) - logJoint(names, rows, partition, 2, 0.1, 0.7));
    }
    // Up to a constant; none is left but in tempered densities.
    expect(Math.max(...off.map(Math.abs))).toBeLessThan(1e-9);
  });
});

describe('scores are differences of the joint law', () => {
  test.each(KINDS)('%s %s %s %s %s', (...names) => {
    const model = fixed(names);
    const rng = stream(1, 'scores');
    const groups = model.empty();
    const into = new Float64Array(16);
    for (let row = 0; row < 6; row++) {
      const places = model.score(groups, 0, row, 0.6, into);
      const before = model.logJoint(groups, 0.6);
      const changes: number[] = [];
      const scores = [...into.subarray(0, places)];
      for (let k = 0; k < places; k++) {
        if (scores[k] === -Infinity) continue;
        model.add(groups, 0, row, k);
        changes.push(model.logJoint(groups, 0.6) - before - scores[k]);
        model.remove(groups, row);
        model.verify!(groups);
      }
      expect(changes.length).toBe(groups.groups + 1);
      expect(Math.max(...changes) - Math.min(...changes)).toBeLessThan(1e-9);
      assignOf(model, groups, row, 1, rng, into);
    }
  });
});

/** How often each partition is seen in a chain at fraction 1, every `sweeps` sweeps, and how often it should be. */
function sampled(
  model: RowModel<Partition>,
  probabilities: Map<string, number>,
  options: { samples: number; sweeps?: number; key?: (groups: Partition) => string; temperature?: number; start?: 'prior' },
): { counts: number[]; expected: number[] } {
  const { samples, sweeps = 4, key = (groups) => nameOf(groups.assignment), temperature, start = 'prior' } = options;
  const dynamics = subsampleGibbs(model, { start, tempered: temperature !== undefined });
  const controls = { fraction: 1, ...(temperature === undefined ? {} : { temperature }) };
  const state = dynamics.init(stream(2, 'init'));
  const rng = stream(2, 'run');
  const block = new Block(3);
  const counts = new Map<string, number>();
  for (let s = -20; s < samples; s++) {
    block.clear(Infinity);
    dynamics.advance(state, controls, sweeps * model.rows, rng, block);
    if (s < 0) continue;
    const name = key(state.groups);
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const names = [...probabilities.keys()];
  for (const name of counts.keys()) if (!probabilities.has(name)) throw new Error(`${name} is no partition`);
  return lumped(
    names.map((name) => counts.get(name) ?? 0),
    names.map((name) => probabilities.get(name)! * samples),
  );
}

function posterior(names: readonly string[], power = 1): Map<string, number> {
  const partitions = partitionsOf(6);
  const shares = normalised(partitions.map((partition) => logJoint(names, [0, 1, 2, 3, 4, 5], partition, 2, 0.1, power)));
  return new Map(partitions.map((partition, i) => [nameOf(partition), shares[i]]));
}

const law = ({ counts, expected }: { counts: number[]; expected: number[] }): number => chiSquare(counts, (cell) => expected[cell]);

// Each chi-square has the false-alarm rate ALARM (1e-6) of test/random/statistics.ts.
describe('all 203 partitions of 6 rows are visited as often as they should be', () => {
  test.each(KINDS)('%s %s %s %s %s', (...names) => {
    expect(law(sampled(fixed(names), posterior(names), { samples: 6000 }))).toSatisfy(plausible);
  });

  test('and would not be if the discount were forgotten', () => {
    expect(law(sampled(fixed(['categorical'], 2, 0), posterior(['categorical']), { samples: 6000 }))).not.toSatisfy(plausible);
  });

  test('by the generic kernel, at another temperature', () => {
    const names = ['categorical', 'normal'];
    expect(law(sampled(fixed(names), posterior(names, 0.5), { samples: 6000, temperature: 2 }))).toSatisfy(plausible);
  });

  test('by sequential addition alone, where the data say nothing: the urn is exact', () => {
    const data = { rows: 6, features: [], codes: new Uint8Array(0) };
    const model = mixtureModel(data, { alpha: 2, discount: 0.1, hyper: 'fixed' });
    const dynamics = subsampleGibbs(model);
    const counts = new Map<string, number>();
    const samples = 6000;
    for (let s = 0; s < samples; s++) {
      const state = dynamics.init(stream(3, s));
      const block = new Block(3);
      block.clear(Infinity);
      dynamics.advance(state, { fraction: 1 }, 6, stream(4, s), block);
      const name = nameOf(state.groups.assignment);
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    const shares = posterior([]);
    const names = [...shares.keys()];
    const cells = lumped(
      names.map((name) => counts.get(name) ?? 0),
      names.map((name) => shares.get(name)! * samples),
    );
    expect(law(cells)).toSatisfy(plausible);
  });
});

/**
 * The law of the window's partition after the window has gone round the loop for ever, by its transitions: a row that leaves keeps its say in where the others are, so that this is not
 * quite the posterior of the rows in the window.
 */
function churned(names: readonly string[], order: number[], size: number): Map<string, number> {
  const joints = new Map<string, number>();
  const joint = (rows: number[], partition: number[]): number => {
    const key = `${rows.join()} ${nameOf(partition)}`;
    if (!joints.has(key)) joints.set(key, logJoint(names, rows, [...nameOf(partition)].map(Number), 2, 0.1));
    return joints.get(key)!;
  };
  let window = order.slice(0, size);
  let law = new Map(partitionsOf(size).map((partition, _, { length }) => [nameOf(partition), 1 / length]));
  for (let move = 0; move < 100 * order.length; move++) {
    const next = new Map<string, number>();
    const rest = window.slice(1);
    window = [...rest, order[(move + size) % order.length]];
    for (const [name, share] of law) {
      const partition = [...nameOf([...name].slice(1).map(Number))].map(Number);
      const candidates = Array.from({ length: Math.max(...partition) + 2 }, (_, k) => [...partition, k]);
      normalised(candidates.map((each) => joint(window, each))).forEach((p, k) => {
        const to = nameOf(candidates[k]);
        next.set(to, (next.get(to) ?? 0) + share * p);
      });
    }
    law = next;
  }
  return law;
}

describe('under churn', () => {
  const names = ['categorical', 'normal'];
  const model = fixed(names);
  const dynamics = subsampleGibbs(model);
  const state = dynamics.init(stream(5, 'init'));
  const rng = stream(5, 'run');
  const block = new Block(3);
  const advance = (n: number): void => {
    block.clear(Infinity);
    dynamics.advance(state, { fraction: 4 / 6 }, n, rng, block);
  };
  const window = [...state.order.subarray(0, 4)];
  const partitions = partitionsOf(4).map(nameOf);
  const shares = normalised(partitionsOf(4).map((partition) => logJoint(names, window, partition, 2, 0.1)));
  const exact = churned(names, [...state.order], 4);

  test('a window of 4 of 6 rows has the law that its moves lead to', () => {
    advance(4);
    const samples = 6000;
    const counts = new Map<string, number>();
    for (let s = 0; s < samples; s++) {
      // 6 removals and 6 additions lead the window once round the loop; 4 times round.
      advance(48);
      expect(state.tail).toBe(0);
      const name = nameOf(window.map((row) => state.groups.assignment[row]));
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    const count = partitions.map((name) => counts.get(name) ?? 0);
    const cells = (of: number[]): { counts: number[]; expected: number[] } =>
      lumped(
        count,
        of.map((share) => share * samples),
      );
    expect(law(cells(partitions.map((name) => exact.get(name)!)))).toSatisfy(plausible);
    expect(law(cells(shares))).not.toSatisfy(plausible);
  });

  test('which is near the posterior of these rows, but not it: only at fraction 1 is it exact', () => {
    const off = partitions.reduce((sum, name, i) => sum + Math.abs(exact.get(name)! - shares[i]), 0) / 2;
    expect(off).toBeGreaterThan(0.05);
    expect(off).toBeLessThan(0.15);
  });
});

describe('grid Gibbs: the joint law of partition and hyperparameters', () => {
  const GRIDS: Record<string, number[][]> = {
    categorical: [[0.2, 2]],
    bernoulli: [
      [0.3, 3],
      [0.5, 1],
    ],
    poisson: [
      [0.5, 3],
      [0.2, 1],
    ],
    normal: [
      [-1, 1],
      [0.1, 2],
      [0.3, 1.5],
      [1, 5],
    ],
  };
  const product = (lists: readonly (readonly number[])[]): number[][] =>
    lists.reduce<number[][]>((all, list) => all.flatMap((each) => list.map((value) => [...each, value])), [[]]);

  test.each(Object.keys(GRIDS))('%s', (name) => {
    const pairs: [number, number][] = [
      [0.5, 0],
      [3, 0.3],
    ];
    const options: MixtureOptions = {
      alpha: 0.5,
      grid: pairs,
      priors: { [name]: { start: GRIDS[name].map(([a]) => a), grids: GRIDS[name] } },
    };
    const cells = partitionsOf(6).flatMap((partition) =>
      pairs.flatMap(([alpha, discount]) =>
        product(GRIDS[name]).map((hyper) => ({
          name: `${nameOf(partition)} ${alpha} ${hyper.join(' ')}`,
          log: logProcess(partition, alpha, discount) + logLikelihood([{ ...COLUMNS[name], hyper }], [0, 1, 2, 3, 4, 5], partition),
        })),
      ),
    );
    const shares = normalised(cells.map(({ log }) => log));
    const probabilities = new Map(cells.map((cell, i) => [cell.name, shares[i]]));
    const key = (groups: Partition): string => `${nameOf(groups.assignment)} ${groups.alpha} ${[...groups.hyper[0]].join(' ')}`;
    expect(law(sampled(mixtureModel(dataOf([name]), options), probabilities, { samples: 6000, sweeps: 6, key }))).toSatisfy(plausible);
  });
});

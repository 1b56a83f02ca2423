import { anneal, checkDynamics, stream, subsampleGibbs, type RowModel, type SubsampleState, type Subsampled } from 'lehr';
import { adjustedRand } from 'lehr/experiment';
import { runJobs } from 'lehr/parallel';
import { crossCatModel, crossCatRecipe, type CrossCatResult, type Views } from 'lehr/problems/crosscat';
import type { MixtureData } from 'lehr/problems/mixture';
import { linear } from 'lehr/schedules';
import { Block } from '#src/dynamics/block';
import { difference } from '#src/dynamics/plain';
import { describe, expect, test } from 'vitest';
import { chiSquare, plausible } from '../../random/statistics.ts';
import { logLikelihood, logProcess, lumped, nameOf, normalised, partitionsOf } from '../mixture/enumerate.ts';
import { COLUMNS, dataOf, priorsOf } from '../mixture/rows.ts';

/** The first rows of columns. */
function cut(names: readonly string[], rows: number): MixtureData {
  const { features, codes } = dataOf(names);
  return {
    rows,
    codes: codes.slice(0, (codes.length / 6) * rows),
    features: features.map((feature) => ('values' in feature ? { ...feature, values: feature.values.slice(0, rows) } : feature)),
  };
}

/** What all features are of, and the partitions of their kinds. */
const nameOfViews = (views: Views): string =>
  `${[...views.kindOf()].join('')} ${views.kinds.map((kind) => nameOf(kind.assignment)).join(' ')}`;

/** Every way to deal features into kinds and to partition rows for each, with its probability. */
function enumerated(names: readonly string[], rows: number): Map<string, number> {
  const all = Array.from({ length: rows }, (_, row) => row);
  const partitions = partitionsOf(rows);
  const states: { name: string; log: number }[] = [];
  for (const dealt of partitionsOf(names.length)) {
    const kinds = Math.max(...dealt) + 1;
    const add = (chosen: number[][]): void => {
      if (chosen.length < kinds) {
        for (const partition of partitions) add([...chosen, partition]);
        return;
      }
      let log = logProcess(dealt, 1.5, 0.2);
      chosen.forEach((partition, kind) => {
        const columns = names.filter((_, f) => dealt[f] === kind).map((name) => COLUMNS[name]);
        log += logProcess(partition, 2, 0.1) + logLikelihood(columns, all, partition);
      });
      states.push({ name: `${dealt.join('')} ${chosen.map(nameOf).join(' ')}`, log });
    };
    add([]);
  }
  const shares = normalised(states.map(({ log }) => log));
  return new Map(states.map(({ name }, i) => [name, shares[i]]));
}

function sampled(model: RowModel<Views>, law: Map<string, number>, samples: number): number {
  const dynamics = subsampleGibbs(model, { start: 'prior' });
  const state = dynamics.init(stream(1, 'init'));
  const rng = stream(1, 'run');
  const block = new Block(3);
  const counts = new Map<string, number>();
  for (let s = -20; s < samples; s++) {
    block.clear(Infinity);
    dynamics.advance(state, { fraction: 1 }, 3 * model.rows, rng, block);
    const name = nameOfViews(state.groups);
    if (!law.has(name)) throw new Error(`${name} is no state`);
    if (s >= 0) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const names = [...law.keys()];
  const cells = lumped(
    names.map((name) => counts.get(name) ?? 0),
    names.map((name) => law.get(name)! * samples),
  );
  return chiSquare(cells.counts, (cell) => cells.expected[cell]);
}

// Each chi-square has the false-alarm rate ALARM (1e-6) of test/random/statistics.ts.
describe('all kinds and partitions are visited as often as they should be', () => {
  const options = (names: readonly string[]): any => ({
    alpha: 2,
    discount: 0.1,
    hyper: 'fixed',
    priors: priorsOf(names),
    kinds: { alpha: 1.5, discount: 0.2 },
    sweeps: 2,
  });
  test.each([
    [['complete', 'normal'], 4],
    [['categorical', 'poisson', 'normal'], 3],
  ])('%s of %i rows', (names, rows) => {
    expect(sampled(crossCatModel(cut(names, rows), options(names)), enumerated(names, rows), 2500)).toSatisfy(plausible);
  });

  test('by own kinds alone, of which more than two are of no probability', () => {
    const names = ['complete', 'normal', 'categorical'];
    const law = new Map([...enumerated(names, 3)].filter(([name]) => !name.startsWith('012')));
    const within = [...law.values()].reduce((a, b) => a + b);
    for (const [name, p] of law) law.set(name, p / within);
    const model = crossCatModel(cut(names, 3), { ...options(names), sweeps: 0, places: 2 });
    expect(sampled(model, law, 2500)).toSatisfy(plausible);
  });

  test('by own kinds alone of any number', () => {
    const names = ['complete', 'normal'];
    expect(sampled(crossCatModel(cut(names, 4), { ...options(names), sweeps: 0 }), enumerated(names, 4), 2500)).toSatisfy(plausible);
  });

  test('and would not be if the process of features were another', () => {
    const names = ['complete', 'normal'];
    const wrong = { ...options(names), kinds: { alpha: 0.8, discount: 0 } };
    expect(sampled(crossCatModel(cut(names, 4), wrong), enumerated(names, 4), 2500)).not.toSatisfy(plausible);
  });
});

test('the joint law is that of the definition', () => {
  const names = ['categorical', 'poisson', 'normal'];
  const law = enumerated(names, 3);
  const model = crossCatModel(cut(names, 3), {
    alpha: 2,
    discount: 0.1,
    hyper: 'fixed',
    priors: priorsOf(names),
    kinds: { alpha: 1.5, discount: 0.2 },
  });
  const dynamics = subsampleGibbs(model, { start: 'prior' });
  const state = dynamics.init(stream(2, 'init'));
  const rng = stream(2, 'run');
  const block = new Block(3);
  const constants: number[] = [];
  for (let k = 0; k < 60; k++) {
    block.clear(Infinity);
    dynamics.advance(state, { fraction: 1 }, 3, rng, block);
    constants.push(model.logJoint(state.groups, 1) - Math.log(law.get(nameOfViews(state.groups))!));
  }
  expect(Math.max(...constants) - Math.min(...constants)).toBeLessThan(1e-9);
});

/** Rows with views planted: columns of each view have 4 values, by a partition of the rows of their own. */
function planted(
  rows: number,
  views: readonly number[],
  groups: number,
): { data: MixtureData; kindOf: number[]; partitions: Int32Array[] } {
  const rng = stream(21, 'views');
  const kindOf = views.flatMap((columns, view) => Array<number>(columns).fill(view));
  const partitions = views.map(() => Int32Array.from({ length: rows }, () => rng.below(groups)));
  const columns = kindOf.length;
  const codes = new Uint8Array(rows * columns);
  kindOf.forEach((view, f) => {
    const own = Array.from({ length: groups }, () => rng.below(4));
    for (let row = 0; row < rows; row++) codes[row * columns + f] = rng.uniform() < 0.85 ? own[partitions[view][row]] : rng.below(4);
  });
  const labels = ['a', 'b', 'c', 'd'];
  const features = kindOf.map((_, f) => ({ kind: 'categorical' as const, name: `f${f}`, labels, column: f, gaps: false }));
  return { data: { rows, features, codes }, kindOf, partitions };
}

test('finds planted kinds and their groups', () => {
  const { data, kindOf, partitions } = planted(200, [6, 5, 5], 4);
  const { result } = anneal({
    dynamics: subsampleGibbs(crossCatModel(data)),
    controls: { fraction: linear(0, 1) },
    budget: { steps: 200 * 39 },
    seed: 3,
  });
  expect(adjustedRand(result.groups.kindOf, kindOf)).toBe(1);
  for (let view = 0; view < 3; view++)
    expect(adjustedRand(result.groups.kinds[result.groups.kindOf[kindOf.indexOf(view)]].assignment, partitions[view])).toBeGreaterThan(
      0.75,
    );
  expect(result.groups.kinds.flatMap(({ columns }) => columns).sort()).toEqual(data.features.map(({ name }) => name).sort());
});

describe('keeps the contract', () => {
  const model = crossCatModel(dataOf(['bernoulli', 'categorical', 'poisson', 'normal'], 4), { sweeps: 3 });
  test.each([
    ['a growing window', {}, { fraction: 1 }],
    ['a churning window', {}, { fraction: 0.4 }],
    ['from the prior', { start: 'prior' }, { fraction: 1 }],
    ['tempered', { tempered: true }, { fraction: 0.7, temperature: 3 }],
  ] as const)('%s', (_, options, controls) => {
    expect(() => checkDynamics(subsampleGibbs(model, options), { controls, steps: 7, blocks: 15 })).not.toThrow();
  });

  test('saved and loaded at any step it goes on with the same bits', () => {
    const dynamics = subsampleGibbs(model);
    let [a, b] = [dynamics.init(stream(1, 'init')), dynamics.init(stream(1, 'init'))];
    const [rngA, rngB] = [stream(1, 'run'), stream(1, 'run')];
    const block = new Block(3);
    const kinds = new Set<number>();
    for (let step = 0; step < 150; step++) {
      const controls = { fraction: Math.min(1, step / 100) };
      block.clear(Infinity);
      dynamics.advance(a, controls, 1, rngA, block);
      block.clear(Infinity);
      dynamics.advance(b, controls, 1, rngB, block);
      b = dynamics.load(dynamics.save(b)) as SubsampleState<Views>;
      kinds.add(a.groups.kinds.length);
      if (difference(dynamics.save(a), dynamics.save(b)) !== null)
        throw new Error(`step ${step}: ${difference(dynamics.save(a), dynamics.save(b))}`);
    }
    expect(kinds.size).toBeGreaterThan(1);
  });

  test('statistics are those of the rows after every step', () => {
    const plan = {
      dynamics: subsampleGibbs(model),
      controls: { fraction: linear(0, 1) },
      budget: { steps: 200 },
      seed: 6,
      check: 'step' as const,
    };
    expect(() => anneal(plan)).not.toThrow();
  });

  test('chains run as jobs with the same bits', async () => {
    const { data } = planted(40, [3, 3], 2);
    const jobs = [0, 1].map((chain) => ({ params: { data }, seed: 3, path: ['chain', chain], budget: { steps: 40 * 9 } }));
    const run = async (executor: 'inline' | 'threads'): Promise<Subsampled<CrossCatResult>[]> =>
      (await runJobs(crossCatRecipe, jobs, { executor, workers: 2 })).map((job) => {
        if (job.status !== 'done') throw new Error(job.status);
        return job.outcome.result as Subsampled<CrossCatResult>;
      });
    expect(await run('threads')).toEqual(await run('inline'));
  });
});

test('bad options', () => {
  const data = dataOf(['complete', 'normal']);
  expect(() => crossCatModel(data, { kinds: { alpha: -1 } })).toThrow(/crossCatModel: kinds: alpha is -1/);
  expect(() => crossCatModel(data, { places: 1 })).toThrow(/places is 1, expected a whole number of at least 2/);
  expect(() => crossCatModel(data, { ownKinds: 1 } as object)).toThrow(/ownKinds is 1, expected true or false/);
  expect(() => crossCatModel(data, { kind: {} } as object)).toThrow(/unknown option "kind".*Maybe kinds\?/);
});

import { anneal } from 'lehr';
import { adjustedRand } from 'lehr/experiment';
import { runJobs } from 'lehr/parallel';
import { mixtureData, mixtureModel, mixtureRecipe, type MixtureResult } from 'lehr/problems/mixture';
import { readCsv } from 'lehr/problems/table';
import { linear } from 'lehr/schedules';
import { assignOf } from '#src/dynamics/row-model';
import { stream, subsampleGibbs, type Subsampled } from 'lehr';
import { describe, expect, test } from 'vitest';

const text = `name,vote,colour,visits,size
a,y,red,0,1.5
b,n,green,3,2.5
c,?,blue,1,NA
d,y,red,7,-0.5
`;
const table = readCsv(text, { path: 'people.csv' });

describe('a table as data of a mixture', () => {
  test('columns of all kinds, with what is missing', () => {
    const data = mixtureData(table, { drop: ['name'], kinds: { visits: 'poisson' } });
    expect(data.features.map(({ kind }) => kind)).toEqual(['bernoulli', 'categorical', 'poisson', 'normal']);
    expect([...data.codes]).toEqual([0, 0, 1, 1, 2, 2, 0, 0]);
    const [vote, , visits, size] = data.features as any[];
    expect([vote.labels, vote.gaps]).toEqual([['y', 'n'], true]);
    expect([...visits.values]).toEqual([0, 3, 1, 7]);
    expect(size.values.reduce((sum: number, x: number) => sum + (x === x ? x * x : 0), 0)).toBeCloseTo(3, 12);
    expect(size.values[2]).toBeNaN();
  });

  const bad = (rows: string, options = {}): unknown => mixtureData(readCsv(`p,q\n${rows}`, { path: 'bad.csv' }), options);
  test.each([
    ['no value at all', 'y,\nn,\n', {}, /bad\.csv: column "q" has no value in any of 2 rows/],
    ['a constant', 'y,1\nn,\ny,1\n', {}, /bad\.csv:2: column "q" is "1" here and in every row that has it \(1 have none\)/],
    ['a negative count', 'y,1\nn,-2\n', { kinds: { q: 'poisson' } }, /bad\.csv:3: column "q" is -2, expected a count/],
    ['half a count', 'y,1.5\nn,2\n', { kinds: { q: 'poisson' } }, /bad\.csv:2: column "q" is 1\.5, expected a count/],
    ['text for a number', 'y,1\nn,2\n', { kinds: { p: 'normal' } }, /bad\.csv:2: column "p" is "y", expected a number/],
    ['three for two', 'y,1\nn,2\nm,3\n', { kinds: { p: 'bernoulli' } }, /column "p" has 3 different values, expected two/],
    ['an unknown kind', 'y,1\nn,2\n', { kinds: { p: 'categoric' } }, /kinds\.p is "categoric".*Maybe categorical\?/],
    ['an unknown column', 'y,1\nn,2\n', { drop: ['r'] }, /there is no column "r"/],
    ['nothing left', 'y,1\nn,2\n', { drop: ['p', 'q'] }, /2 rows and 0 columns/],
  ])('%s', (_, rows, options, message) => expect(() => bad(rows, options)).toThrow(message));

  test('options of the model', () => {
    const data = mixtureData(table, { drop: ['name'] });
    expect(() => mixtureModel(data, { alpha: 0 })).toThrow(/alpha is 0, expected a finite number above 0/);
    expect(() => mixtureModel(data, { discount: 1 })).toThrow(/discount is 1/);
    expect(() => mixtureModel(data, { priors: { vot: {} } })).toThrow(/priors has "vot".*Maybe vote\?/);
    expect(() => mixtureModel(data, { priors: { size: { start: [0, 1] } } })).toThrow(/priors\.size begins at/);
    expect(() => mixtureModel(data, { hypr: 'fixed' } as object)).toThrow(/unknown option "hypr".*Maybe hyper\?/);
  });
});

/** Planted groups: rows of 12 columns of 4 values, each of its group's own with probability 0.85. */
function planted(rows: number, groups: number, columns = 12): { data: ReturnType<typeof mixtureData>; truth: Int32Array } {
  const rng = stream(11, 'planted');
  const own = Array.from({ length: groups * columns }, () => rng.below(4));
  const truth = Int32Array.from({ length: rows }, () => rng.below(groups));
  const codes = Uint8Array.from({ length: rows * columns }, (_, i) => {
    const k = truth[Math.floor(i / columns)];
    return rng.uniform() < 0.85 ? own[k * columns + (i % columns)] : rng.below(4);
  });
  const labels = ['a', 'b', 'c', 'd'];
  const features = Array.from({ length: columns }, (_, f) => ({
    kind: 'categorical' as const,
    name: `f${f}`,
    labels,
    column: f,
    gaps: false,
  }));
  return { data: { rows, features, codes }, truth };
}

test('finds planted groups', () => {
  const { data, truth } = planted(600, 6);
  const { result } = anneal({
    dynamics: subsampleGibbs(mixtureModel(data)),
    controls: { fraction: linear(0, 1) },
    budget: { steps: 600 * 19 },
    seed: 1,
  });
  expect(adjustedRand(result.groups.assignment, truth)).toBeGreaterThan(0.95);
  expect(result.groups.sizes.reduce((a, b) => a + b)).toBe(600);
});

test('with so many columns that products leave the range of doubles, it scores by logarithms', () => {
  const { data } = planted(200, 3, 120);
  const model = mixtureModel(data, { hyper: 'fixed' });
  const groups = model.empty();
  expect(groups.plain).toBe(false);
  const rng = stream(1, 'rows');
  const into = new Float64Array(64);
  for (let row = 0; row < 199; row++) assignOf(model, groups, row, 1, rng, into);
  const places = model.score(groups, 0, 199, 1, into);
  const before = model.logJoint(groups, 1);
  const off: number[] = [];
  for (let k = 0; k < places; k++) {
    if (into[k] === -Infinity) continue;
    const score = into[k];
    model.add(groups, 0, 199, k);
    off.push(model.logJoint(groups, 1) - before - score);
    model.remove(groups, 199);
  }
  expect(Math.max(...off) - Math.min(...off)).toBeLessThan(1e-8);
});

test('chains run as jobs, inline and on threads, with the same bits', async () => {
  const { data } = planted(120, 4);
  const jobs = [0, 1].map((chain) => ({ params: { data }, seed: 3, path: ['chain', chain], budget: { steps: 120 * 9 } }));
  const run = async (executor: 'inline' | 'threads'): Promise<Subsampled<MixtureResult>[]> =>
    (await runJobs(mixtureRecipe, jobs, { executor, workers: 2 })).map((job) => {
      if (job.status !== 'done') throw new Error(job.status);
      return job.outcome.result as Subsampled<MixtureResult>;
    });
  const [inline, threads] = [await run('inline'), await run('threads')];
  expect(threads).toEqual(inline);
  expect(inline[0].window).toBe(120);
  expect(inline[0].groups.assignment).not.toEqual(inline[1].groups.assignment);
});

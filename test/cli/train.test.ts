import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { decodeModel } from '#problems/trained/index';
import { folder, lehr, trained, words } from './lehr.ts';

const cwd = folder();
const MOONS = ['moons.csv', '--target', 'label', '--seed', '1'];
const FLATS = ['flats.csv', '--target', 'price', '--seed', '1'];

beforeAll(async () => {
  await lehr(cwd, 'generate', 'moons', '--n', '300', '--noise', '0.1', '--output', 'moons.csv');
  await lehr(cwd, 'generate', 'blobs', '--n', '300', '--spread', '0.5', '--output', 'blobs.csv');
  await lehr(cwd, 'generate', 'flats', '--n', '400', '--output', 'flats.csv');
  await lehr(cwd, 'generate', 'digits', '--n', '300', '--output', 'digits.csv');
  await lehr(cwd, 'generate', 'ratings', '--n', '1200', '--rank', '2', '--output', 'ratings.csv');
});

describe('models', () => {
  test('the target decides where nothing is said, and what was chosen is told', async () => {
    for (const [file, target, model, why] of [
      ['moons.csv', 'label', 'logistic', 'is of two classes: the model is logistic'],
      ['blobs.csv', 'label', 'softmax', 'is of 3 classes: the model is softmax'],
      ['flats.csv', 'price', 'linear', 'is of numbers: the model is linear'],
    ] as const) {
      const { code, stdout, stderr } = await lehr(cwd, 'train', file, '--target', target, '--epochs', '5', '--seed', '1');
      expect(code).toBe(0);
      expect(stderr).toContain(why);
      expect(stderr).toMatch(/rate warmup\(0\.05\) > cosine\([\d.]+, 0\) \(chosen/);
      expect(stdout).toContain(`${model} regression`);
    }
  });

  test('a network parts what a line does not', async () => {
    const line = await trained(cwd, ...MOONS);
    const network = await trained(cwd, ...MOONS, '--model', 'mlp', '--hidden', '16', '--optimizer', 'adam');
    // With noise 0.1 hardly a row is on the wrong side; a line errs on a tenth.
    expect(line.accuracy).toBeLessThan(0.95);
    expect(network.accuracy).toBeGreaterThan(0.97);
    expect(network.test).toBeLessThan(line.test as number);
    expect(network.examples).toEqual({ training: 180, validation: 60, test: 60 });
  });

  test('a linear rule is found to its noise, and ridge is linear with a penalty', async () => {
    const linear = await trained(cwd, ...FLATS);
    // The noise is 15; the root of the mean of 80 squares of it lies within 4 standard errors, 4 × 15 / √160.
    expect(linear.figures.test.rmse).toBeGreaterThan(10);
    expect(linear.figures.test.rmse).toBeLessThan(20);
    const same = await trained(cwd, ...FLATS, '--model', 'linear', '--ridge', '0.5');
    const ridge = await trained(cwd, ...FLATS, '--model', 'ridge', '--ridge', '0.5');
    expect(ridge.loss).toBe(same.loss);
    expect(ridge.loss).toBeGreaterThan(linear.loss as number);
    expect(ridge.model).toBe('ridge');
  });

  test('ratings are factorised: better than their mean, columns found by their names', async () => {
    const args = [
      'ratings.csv',
      '--target',
      'rating',
      '--model',
      'factorisation',
      '--rank',
      '2',
      '--seed',
      '1',
      '--rate',
      'cosine(0.01, 0)',
    ];
    const json = await trained(cwd, ...args);
    expect(json.title).toContain('60 users (user) and 40 items (item)');
    expect(json.figures.test.r2).toBeGreaterThan(0.8);
  });

  test('a machine learns without a target', async () => {
    const args = ['digits.csv', '--model', 'rbm', '--hidden', '8', '--drop', 'digit', '--seed', '1'];
    const none = await trained(cwd, ...args, '--epochs', '0');
    const some = await trained(cwd, ...args, '--epochs', '60');
    expect(some.features).toBe(64);
    expect(some.test).toBeLessThan(0.75 * none.test);
    // Before anything is learned all 2^64 pictures are nearly alike.
    expect(Math.abs(none.figures.test['log-likelihood'] + 64 * Math.LN2)).toBeLessThan(1);
    expect(some.figures.test['log-likelihood']).toBeGreaterThan(none.figures.test['log-likelihood'] + 5);
    expect(some.test).toBe(-some.figures.test['log-likelihood']);
  });

  test('a machine keeps what is best on the validation rows, and stops early', async () => {
    const args = ['digits.csv', '--model', 'rbm', '--hidden', '8', '--drop', 'digit', '--seed', '1', '--rate', '1', '--epochs', '200'];
    const best = await trained(cwd, ...args);
    const last = await trained(cwd, ...args, '--keep', 'last');
    expect([best.keep, last.keep]).toEqual(['best', 'last']);
    expect(best.validation).toBeLessThan(last.validation);
    const early = await trained(cwd, ...args, '--stalled', '600');
    expect(early.stopped).toBe('stalled');
    expect(early.steps).toBeLessThan(best.steps);
  });

  test('a module of somebody’s own is trained, with controls of its own', async () => {
    writeFileSync(
      join(cwd, 'line.ts'),
      `import type { Model } from 'lehr';
const x = Float64Array.from({ length: 50 }, (_, i) => i / 25 - 1);
const y = x.map((each) => 3 * each - 1);
export default (params: { slope?: number }): Model<Float64Array, 'noise'> => ({
  name: 'line', rows: 50, size: 2, controls: ['noise'], stochastic: true,
  init: () => Float64Array.of(0, params.slope ?? 0),
  gradient(w, rows, from, to, into, here) {
    into.fill(0);
    let loss = 0;
    for (let r = from; r < to; r++) {
      const noise = here === undefined ? 0 : here.controls.noise * here.rng.normal();
      const off = w[0] + w[1] * x[rows[r]] - y[rows[r]] + noise;
      loss += 0.5 * off * off;
      into[0] += off / (to - from);
      into[1] += (off * x[rows[r]]) / (to - from);
    }
    return loss / (to - from);
  },
});
`,
    );
    const quiet = await trained(cwd, './line.ts', '--steps', '500', '--rate', '0.5', '--seed', '1', '--output', 'line.json');
    expect(quiet.loss).toBeLessThan(1e-6);
    const checked = await lehr(cwd, 'check', './line.ts');
    expect(checked.stdout).toContain('line keeps the contract\n  model, 2 weights and 50 rows');
    const noisy = await trained(cwd, './line.ts', '--steps', '500', '--rate', '0.5', '--noise', '1', '--seed', '1');
    expect(noisy.loss).toBeGreaterThan(1e-4);
    expect(noisy.controls.noise).toBe('1');
    const model = decodeModel(readFileSync(join(cwd, 'line.json'), 'utf8'), 'line.json');
    expect(model.parameters[0]).toBeCloseTo(-1, 2);
    expect((await lehr(cwd, 'predict', 'line.json', 'flats.csv')).stderr).toContain('a module of your own');
  });
});

describe('what is told', () => {
  test('the JSON has what a machine asks for, and the printed command repeats it bit for bit', async () => {
    const json = await trained(
      cwd,
      ...MOONS,
      '--model',
      'mlp',
      '--hidden',
      '8',
      '--split',
      '0.7,0.15,0.15',
      '--epochs',
      '20',
      '--chains',
      '2',
    );
    expect(json).toMatchObject({
      model: 'mlp',
      target: 'label',
      examples: { training: 210, validation: 45, test: 45 },
      features: 2,
      classes: 2,
      epochs: 20,
      chains: 2,
      stopped: 'budget',
      resumedAt: 0,
      reproducible: true,
      failures: [],
    });
    expect(json.steps).toBe(2 * 20 * 7);
    for (const name of ['loss', 'validation', 'test', 'accuracy', 'seconds', 'stepsPerSecond']) expect(json[name]).toBeGreaterThan(0);
    expect(json.digest).toMatch(/^[0-9a-f]{64}$/);
    expect(json.test).toBe(json.figures.test.loss);
    const again = await trained(cwd, ...words(json.command as string).slice(2), '--workers', '1');
    expect(again).toMatchObject({ digest: json.digest, command: json.command, best: json.best, figures: json.figures });
  });

  test('the best chain is the one with the least validation loss', async () => {
    const { runs } = await trained(cwd, ...MOONS.slice(0, 3), '--model', 'mlp', '--epochs', '3', '--seeds', '1..4');
    expect(runs).toHaveLength(4);
    const together = await trained(cwd, ...MOONS, '--model', 'mlp', '--epochs', '3', '--chains', '3', '--trace', 'chains.jsonl');
    const ends = readFileSync(join(cwd, 'chains.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { chain: number; best: number; stopped: string | null; signals: Record<string, number> })
      .filter(({ stopped }) => stopped === 'budget');
    const least = ends.reduce((one, other) => (other.best < one.best ? other : one));
    expect(together.best).toBe(least.chain);
    expect(together.validation).toBeCloseTo(least.best, 6);
    expect(Object.keys(ends[0].signals)).toEqual(['loss', 'validation', 'accuracy']);
  });

  test('several seeds make a table; the best of them is saved', async () => {
    const args = ['train', ...MOONS.slice(0, 3), '--epochs', '5', '--seeds', '1..3', '--output', 'seeds.json', '--quiet'];
    const { code, stdout } = await lehr(cwd, ...args);
    expect(code).toBe(0);
    expect(stdout).toMatch(/seed +validation +test +accuracy +steps +time/);
    expect(stdout).toMatch(/median/);
    const json = await trained(cwd, ...MOONS.slice(0, 3), '--epochs', '5', '--seeds', '1..3');
    expect(json.validation).toBe(Math.min(...(json.runs as { validation: number }[]).map(({ validation }) => validation)));
    const file = readFileSync(join(cwd, 'seeds.json'), 'utf8');
    expect(createHash('sha256').update(file).digest('hex')).toBe(json.digest);
  });

  test('the report has curves, what is taken for what, and the command', async () => {
    await trained(cwd, 'blobs.csv', '--target', 'label', '--epochs', '10', '--seed', '1', '--report', 'r.html', '--chains', '2');
    const page = readFileSync(join(cwd, 'r.html'), 'utf8');
    for (const text of [
      '<h2>Loss</h2>',
      '<h2>Accuracy</h2>',
      '<h2>Rate</h2>',
      'What is taken for what',
      'lehr train blobs.csv',
      'lehr-training',
    ])
      expect(page).toContain(text);
    await trained(cwd, ...FLATS, '--epochs', '10', '--report', 'p.html');
    expect(readFileSync(join(cwd, 'p.html'), 'utf8')).toContain('Predictions and truth');
  });

  test('the model goes to standard output alone', async () => {
    const { code, stdout } = await lehr(cwd, 'train', ...FLATS, '--epochs', '2', '--output', '-');
    expect(code).toBe(0);
    expect(decodeModel(stdout, 'stdout').model).toBe('linear');
  });

  test('weights are kept as asked', async () => {
    const args = [...MOONS, '--model', 'mlp', '--epochs', '10', '--rate', '0.5'];
    const digests = await Promise.all(
      ['best', 'last', 'average'].map(async (keep) => (await trained(cwd, ...args, '--keep', keep)).digest as string),
    );
    expect(new Set(digests).size).toBe(3);
  });
});

import { allRows } from '../dynamics/model.ts';
import { evidenceBound } from '../dynamics/svi.ts';
import type { VariationalModel, Visit } from '../dynamics/variational-model.ts';
import { LehrError } from '../error.ts';
import { stream } from '../random/rng.ts';
import type { Seed } from '../random/seed.ts';

/** `steps` of coordinate ascent that are looked at (10); relative errors: of sums and the bound's rise (1e-9), of finite differences (1e-4). */
export interface CheckVariationalOptions {
  readonly seed?: Seed;
  readonly steps?: number;
  readonly exact?: number;
  readonly near?: number;
}

/**
 * Tries a model against the contract of `VariationalModel` and throws a `contract` error that names the first breach. Along some steps of coordinate ascent: E[t(θ)] is the gradient of A, by finite
 * differences; the bound's slope towards the best λ is what conjugacy says, ⟨dE[t(θ)], λ* − λ⟩; local steps add up over rows; a plain step never lowers the bound; tempering, noise and
 * `perturb`, however strong, leave parameters valid and the bound no higher than with the best local laws.
 */
export function checkVariational(model: VariationalModel, options: CheckVariationalOptions = {}): void {
  const { seed = 1, steps = 10, exact = 1e-9, near = 1e-4 } = options;
  const { prior, rows } = model;
  const size = prior.length;
  const fail = (message: string): never => {
    throw new LehrError('contract', `${model.name}: ${message}`);
  };
  const apart = (a: number, b: number, by: number, scale = 1): boolean =>
    !(Math.abs(a - b) <= by * Math.max(scale, Math.abs(a), Math.abs(b)));
  const rng = stream(seed, 'check-variational');
  const all = allRows(rows);
  const expected = new Float64Array(size);
  const [ahead, behind] = [new Float64Array(size), new Float64Array(size)];
  const visitOf = (change: Partial<Visit> = {}): Visit => ({
    temperature: 1,
    all: false,
    noiseScale: 0,
    noise: rng.child('noise'),
    told: true,
    memory: null,
    ...change,
  });
  const along = (lambda: Float64Array, by: number, towards: Float64Array): Float64Array =>
    lambda.map((value, i) => value + by * (towards[i] - value));

  if (model.base.length !== size) fail(`base has ${model.base.length} numbers, expected ${size}, as prior.`);
  let lambda = model.init(stream(seed, 'check-variational', 'init'));
  if (lambda.length !== size) fail(`init gives ${lambda.length} parameters, expected ${size}, as prior.`);
  if (model.init(stream(seed, 'check-variational', 'init')).some((value, i) => value !== lambda[i]))
    fail('two starts from one stream differ. Maybe init draws from elsewhere than rng.');

  const memory = model.memory === undefined ? null : new Float64Array(rows * model.memory).fill(NaN);
  let last = -Infinity;
  for (let step = 1; step <= steps; step++) {
    // The value of all rows, and of two parts.
    const statistics = new Float64Array(size);
    model.prepare(lambda);
    const value = model.local(all, 0, rows, statistics, visitOf({ memory }));
    if (memory === null && rows > 1) {
      const parts = new Float64Array(size);
      const middle = rows >> 1;
      const sum = model.local(all, middle, rows, parts, visitOf()) + model.local(all, 0, middle, parts, visitOf());
      if (apart(value, sum, exact)) fail(`step ${step}: local tells ${value} of all rows, but ${sum} of them in two parts.`);
      for (let i = 0; i < size; i++)
        if (apart(statistics[i], parts[i], exact))
          fail(`step ${step}: statistic ${i} is ${statistics[i]} in all, but ${parts[i]} in two parts.`);
    }
    const best = statistics.map((statistic, i) => prior[i] + statistic);

    // E[t] = ∇A towards the best λ and, one by one, in a few coordinates.
    model.expect(lambda, expected);
    const slope = (A: (at: Float64Array) => number, towards: Float64Array, by: number): number =>
      (A(along(lambda, by, towards)) - A(along(lambda, -by, towards))) / (2 * by);
    for (let probe = 0; probe < 6; probe++) {
      const towards = probe === 0 ? best : lambda.slice();
      if (probe > 0) {
        const i = rng.below(size);
        towards[i] += 0.1 * Math.abs(towards[i]) + 1e-3;
      }
      let slopeOf = 0;
      for (let i = 0; i < size; i++) slopeOf += expected[i] * (towards[i] - lambda[i]);
      const found = slope((at) => model.logNormaliser(at), towards, 1e-5);
      if (Number.isFinite(found) && apart(found, slopeOf, near, 1e-3))
        fail(`step ${step}: logNormaliser rises by ${found} where expect says ${slopeOf}. Maybe expect is not its gradient.`);
    }
    if (memory === null) {
      const by = 1e-4;
      model.expect(along(lambda, by, best), ahead);
      model.expect(along(lambda, -by, best), behind);
      let slopeOf = 0;
      for (let i = 0; i < size; i++) slopeOf += ((ahead[i] - behind[i]) / (2 * by)) * (best[i] - lambda[i]);
      const found = slope((at) => evidenceBound(model, at), best, by);
      if (Number.isFinite(found) && apart(found, slopeOf, near, 1e-3 * Math.abs(value)))
        fail(`step ${step}: the bound rises by ${found} towards the best parameters where conjugacy says ${slopeOf}.`);
    }

    const bound = boundOf(model, lambda, expected, value);
    if (bound < last - exact * Math.max(1, Math.abs(last)))
      fail(`step ${step}: coordinate ascent lowers the bound from ${last} to ${bound}.`);
    last = bound;

    for (const [temperature, noiseScale] of [
      [3, 0],
      [1, 2],
      [1, 100],
      [50, 0],
    ]) {
      const what = `step ${step}: at temperature ${temperature} and noise scale ${noiseScale}`;
      const heated = new Float64Array(size);
      model.prepare(lambda);
      const visit = visitOf({ temperature, noiseScale, all: true, memory: memory?.slice() ?? null });
      const worse = model.local(all, 0, rows, heated, visit);
      if (worse > value + exact * Math.abs(value)) fail(`${what} local laws have the value ${worse}, above the best ones’ ${value}.`);
      if (!Number.isFinite(model.logNormaliser(heated.map((statistic, i) => prior[i] + statistic))))
        fail(`${what} the parameters are not valid.`);
    }
    if (model.perturb !== undefined)
      for (const scale of [0.1, 1, 100]) {
        const moved = best.slice();
        model.perturb(moved, scale, rng);
        if (!Number.isFinite(model.logNormaliser(moved))) fail(`step ${step}: perturb by ${scale} deviations leaves the valid parameters.`);
      }
    lambda = best;
  }
}

function boundOf(model: VariationalModel, lambda: Float64Array, expected: Float64Array, value: number): number {
  let bound = value + model.logNormaliser(lambda) - model.logNormaliser(model.prior);
  for (let i = 0; i < lambda.length; i++) bound += expected[i] * (model.prior[i] - lambda[i]);
  return bound;
}

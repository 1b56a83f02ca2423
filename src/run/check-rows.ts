import { maybe } from '../closest.ts';
import { difference, plainCopy } from '../dynamics/plain.ts';
import { assignOf, type RowModel } from '../dynamics/row-model.ts';
import { LehrError, show } from '../error.ts';
import { sample } from '../random/distributions.ts';
import { stream } from '../random/rng.ts';
import type { Seed } from '../random/seed.ts';
import { checkAssign, checkBlindly, checkChurn, checkScores, copyOf, put, type Fail, type Trial } from './row-trials.ts';

/** `rows`: how many rows are put in, at most (40). `tolerance`: relative error of logarithms that is borne (1e-8). */
export interface CheckRowsOptions {
  readonly seed?: Seed;
  readonly rows?: number;
  readonly tolerance?: number;
}

/**
 * Tries a model against the contract of `RowModel` and throws a `contract` error that names the first breach. While rows are put in one by one and taken out again: scores are the differences that
 * candidates make to `logJoint`, at several powers, and asking for them changes nothing; who comes and goes leaves the statistics as they were; `assign` puts rows where the generic `assignOf` puts
 * them, with the same random numbers; `assignBlindly` draws from the scores at power 0; `save` and `load` keep every bit, and neither they nor `result` share memory; `refresh` draws from its stream
 * alone; and `verify` finds nothing amiss.
 */
export function checkRows<G>(model: RowModel<G, any>, options: CheckRowsOptions = {}): void {
  const { seed = 1, tolerance = 1e-8 } = options;
  const fail: Fail = (message) => {
    throw new LehrError('contract', `${nameOf(model)}: ${message}`);
  };
  checkShape(model, fail);
  const trial: Trial<G> = {
    model,
    rng: stream(seed, 'check-rows'),
    scores: (groups) => new Float64Array(model.width(groups)),
    apart: (a, b) => !(Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(a), Math.abs(b))),
    fail,
  };
  const count = Math.min(model.rows, options.rows ?? 40);
  const chosen = sample(trial.rng, model.rows, count);
  const groups = model.empty();
  checkEmpty(trial, groups);
  // First, as all other checks work on copies.
  put(trial, groups, chosen[0]);
  checkCopies(trial, groups, [chosen[0]]);
  model.remove(groups, chosen[0]);
  const inside: number[] = [];
  for (const row of chosen) {
    const few = inside.length < 8 || inside.length === count - 1;
    if (few) checkScores(trial, groups, row);
    if (inside.length < 4) checkBlindly(trial, groups, row);
    checkAssign(trial, groups, row);
    put(trial, groups, row);
    inside.push(row);
    if (inside.length > 1 && (few || trial.rng.below(8) === 0)) checkChurn(trial, groups, inside);
    model.verify?.(groups);
  }
  checkCopies(trial, groups, inside);
  for (const power of [1, 0.4]) checkRefresh(trial, groups, inside, power);
  checkScores(trial, groups, takeOut(trial, groups, inside));
  while (inside.length > 0) takeOut(trial, groups, inside);
  model.verify?.(groups);
  if (model.count(groups) !== 0) fail(`there are ${model.count(groups)} groups after the last row was removed, expected none.`);
}

function nameOf(model: unknown): string {
  const name = (model as { name?: unknown } | null)?.name;
  return typeof name === 'string' ? name : 'the model';
}

function checkShape(model: RowModel<any, any>, fail: Fail): void {
  if (typeof model !== 'object' || model === null) fail(`it is ${show(model)}, expected an object.`);
  const methods = [
    'empty',
    'partitions',
    'width',
    'score',
    'add',
    'remove',
    'logJoint',
    'count',
    'assignBlindly',
    'result',
    'save',
    'load',
  ];
  for (const method of methods) {
    const value = (model as unknown as Record<string, unknown>)[method];
    if (typeof value === 'function') continue;
    const others = Object.keys(model).filter((key) => !methods.includes(key));
    fail(`${method} is ${show(value)}, expected a function.${maybe(method, others)}`);
  }
  if (!Number.isSafeInteger(model.rows) || model.rows < 1) fail(`rows is ${show(model.rows)}, expected a whole number of at least 1.`);
}

function takeOut<G>({ model, rng }: Trial<G>, groups: G, inside: number[]): number {
  const [row] = inside.splice(rng.below(inside.length), 1);
  model.remove(groups, row);
  return row;
}

function checkEmpty<G>({ model, fail }: Trial<G>, groups: G): void {
  if (model.count(groups) !== 0) fail(`empty has ${model.count(groups)} groups, expected none.`);
  const [log, again] = [model.logJoint(groups, 1), model.logJoint(model.empty(), 1)];
  if (!Number.isFinite(log)) fail(`logJoint of no rows is ${show(log)}, expected a finite number.`);
  if (log !== again)
    fail(`logJoint of no rows is ${log} and then ${again}. Maybe empty hands out the same groups twice, or draws from somewhere.`);
}

/** What is saved is plain, detached, and comes back with every bit. */
function checkCopies<G>(trial: Trial<G>, groups: G, inside: readonly number[]): void {
  const { model, rng, fail } = trial;
  const saved = model.save(groups);
  const kept = plainCopy(saved, `${model.name}: save`);
  const result = model.result(groups);
  const told = structuredClone(result);
  const [one, other] = [copyOf(trial, groups), model.load(structuredClone(kept))];
  const path = difference(model.save(one), kept);
  if (path !== null) fail(`load(save(groups)) differs at ${path}.`);
  const seed = rng.child('copies');
  for (const groupsOf of [one, other]) {
    const draws = seed.child(0);
    for (const row of inside.slice(0, 5)) {
      model.remove(groupsOf, row);
      assignOf(model, groupsOf, row, 0.5, draws, trial.scores(groupsOf));
    }
  }
  const apart = difference(model.save(one), model.save(other));
  if (apart !== null) fail(`two copies go different ways with the same random numbers: they differ at ${apart}.`);
  if (difference(saved, kept) !== null || difference(model.save(groups), kept) !== null)
    fail('what was saved changes with its copies, expected save to detach and load to share nothing with it.');
  model.remove(groups, inside[0]);
  if (difference(saved, kept) !== null) fail('what was saved changes with the groups. Maybe save hands out their arrays.');
  if (difference(result, told) !== null) fail('a result changes with the groups, expected a copy.');
  put(trial, groups, inside[0]);
}

function checkRefresh<G>(trial: Trial<G>, groups: G, inside: readonly number[], power: number): void {
  const { model, rng, fail } = trial;
  if (model.refresh === undefined) return;
  const order = Int32Array.from(inside);
  const from = rng.below(order.length);
  const draws = rng.child('refresh');
  const [one, other] = [copyOf(trial, groups), copyOf(trial, groups)];
  for (const copy of [one, other]) model.refresh(copy, order, from, order.length, power, draws.child(0));
  const path = difference(model.save(one), model.save(other));
  if (path !== null) fail(`refresh makes different groups at ${path} from the same stream. Maybe it draws from elsewhere than rng.`);
  model.verify?.(one);
  const log = model.logJoint(one, power);
  if (!Number.isFinite(log)) fail(`after refresh at power ${power} logJoint is ${show(log)}, expected a finite number.`);
}

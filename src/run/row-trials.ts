import { difference } from '../dynamics/plain.ts';
import { assignOf, pickLog, type RowModel } from '../dynamics/row-model.ts';
import { show } from '../error.ts';
import { sample } from '../random/distributions.ts';
import type { Rng } from '../random/rng.ts';

export type Fail = (message: string) => never;

/** What each check works on. */
export interface Trial<G> {
  readonly model: RowModel<G>;
  readonly rng: Rng;
  readonly scores: (groups: G) => Float64Array;
  /** Whether two logarithms differ by more than rounding. */
  apart(a: number, b: number): boolean;
  readonly fail: Fail;
}

export const copyOf = <G>({ model }: Trial<G>, groups: G): G => model.load(model.save(groups));

/** Puts a row in by the generic rule, at a high temperature, so that groups of all kinds come about. */
export function put<G>(trial: Trial<G>, groups: G, row: number): void {
  assignOf(trial.model, groups, row, trial.rng.below(2) === 0 ? 0.2 : 1, trial.rng, trial.scores(groups));
}

/** The scores of a row in each partition, each against what the candidate makes of the joint law. */
export function checkScores<G>(trial: Trial<G>, groups: G, row: number): void {
  const { model, fail, apart } = trial;
  const partitions = model.partitions(groups);
  /** A candidate of each partition that goes with what is tried in another. */
  const chosen = Array.from({ length: partitions }, (_, p) => candidates(trial, groups, p, row, 1)[0][0]);
  for (const power of [1, 0.3, 0])
    for (let p = 0; p < partitions; p++) {
      const before = model.save(groups);
      const found = candidates(trial, groups, p, row, power);
      const path = difference(before, model.save(groups));
      if (path !== null) fail(`score of row ${row} changes the groups at ${path}, expected it to change nothing.`);
      const logs = found.map(([candidate]) => {
        const copy = copyOf(trial, groups);
        for (let q = 0; q < partitions; q++) model.add(copy, q, row, q === p ? candidate : chosen[q]);
        return model.logJoint(copy, power);
      });
      found.forEach(([candidate, score], k) => {
        const [told, made] = [score - found[0][1], logs[k] - logs[0]];
        if (apart(logs[0] + told, logs[k]))
          fail(
            `score of row ${row} at power ${power} says candidate ${candidate} of partition ${p} is worth ${told} more than candidate ${found[0][0]}, but logJoint rises by ${made}.`,
          );
      });
    }
}

/** The candidates of a row that are any, with their scores. */
function candidates<G>(trial: Trial<G>, groups: G, partition: number, row: number, power: number): [number, number][] {
  const { model, fail } = trial;
  const into = trial.scores(groups);
  const places = model.score(groups, partition, row, power, into);
  if (!(Number.isSafeInteger(places) && places >= 1 && places <= into.length))
    fail(`score of row ${row} wrote ${show(places)} places, expected from 1 to width = ${into.length}.`);
  const found: [number, number][] = [];
  for (let k = 0; k < places; k++) {
    if (into[k] === -Infinity) continue;
    if (!Number.isFinite(into[k])) fail(`score of row ${row} in place ${k} is ${into[k]}, expected a number or −Infinity.`);
    found.push([k, into[k]]);
  }
  if (found.length === 0) fail(`score of row ${row} has no candidate in partition ${partition}, expected at least one.`);
  return found;
}

/** The model's own `assign` from the numbers that the generic one takes. */
export function checkAssign<G>(trial: Trial<G>, groups: G, row: number): void {
  const { model, rng, fail } = trial;
  if (model.assign === undefined) return;
  const draws = rng.child('assign', row);
  const [own, generic] = [copyOf(trial, groups), copyOf(trial, groups)];
  const [one, other] = [draws.child(0), draws.child(0)];
  model.assign(own, row, one);
  assignOf(model, generic, row, 1, other, trial.scores(generic));
  const path = difference(model.save(own), model.save(generic));
  if (path !== null) fail(`assign puts row ${row} elsewhere than the generic rule with the same numbers: the groups differ at ${path}.`);
  if (difference(one.save(), other.save()) !== null) fail(`assign of row ${row} draws other numbers than rng.uniform() once a partition.`);
}

/** What `assignBlindly` makes of the prior on average, against the scores at power 0: within 5 standard errors. */
export function checkBlindly<G>(trial: Trial<G>, groups: G, row: number): void {
  const { model, rng, fail } = trial;
  const draws = 400;
  const sums = { own: 0, generic: 0, squares: 0 };
  for (let i = 0; i < draws; i++) {
    const [own, generic] = [copyOf(trial, groups), copyOf(trial, groups)];
    model.assignBlindly(own, row, rng);
    const scores = trial.scores(generic);
    for (let p = 0; p < model.partitions(generic); p++)
      model.add(generic, p, row, pickLog(scores, model.score(generic, p, row, 0, scores), rng));
    const [a, b] = [model.logJoint(own, 0), model.logJoint(generic, 0)];
    sums.own += a;
    sums.generic += b;
    sums.squares += (a - b) * (a - b);
  }
  const off = (sums.own - sums.generic) / draws;
  if (!(Math.abs(off) <= 5 * Math.sqrt(sums.squares / draws / draws) + 1e-9))
    fail(
      `assignBlindly of row ${row} leads to a prior of ${sums.own / draws} on average, expected ${sums.generic / draws}, as the scores at power 0 say.`,
    );
}

/** Rows that come and go leave the statistics as they were. */
export function checkChurn<G>(trial: Trial<G>, groups: G, inside: readonly number[]): void {
  const { model, rng, fail, apart } = trial;
  const copy = copyOf(trial, groups);
  const rest = Array.from({ length: model.rows }, (_, row) => row).filter((row) => !inside.includes(row));
  const guests = Array.from(sample(rng, rest.length, Math.min(3, rest.length)), (i) => rest[i]);
  for (const row of guests) put(trial, copy, row);
  for (const row of guests) model.remove(copy, row);
  model.verify?.(copy);
  if (model.count(copy) !== model.count(groups))
    fail(`rows ${guests.join(', ')} came and went, and there are ${model.count(copy)} groups, expected ${model.count(groups)}.`);
  for (const power of [1, 0]) {
    const [before, after] = [model.logJoint(groups, power), model.logJoint(copy, power)];
    if (apart(before, after))
      fail(`rows ${guests.join(', ')} came and went, and logJoint is ${after}, expected ${before}. Maybe remove forgets a statistic.`);
  }
}

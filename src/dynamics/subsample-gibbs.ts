import { LehrError, show } from '../error.ts';
import { permutation } from '../random/distributions.ts';
import type { Rng } from '../random/rng.ts';
import type { Dynamics } from './dynamics.ts';
import { checkFraction, targetOf } from './fraction.ts';
import { plainCopy } from './plain.ts';
import { assignOf, type RowModel } from './row-model.ts';
import { noSamples, seeSample } from './samples.ts';
import { checkSubsample, type SubsampleOptions } from './subsample-options.ts';
import type { Subsampled, SubsampleState } from './subsample-state.ts';

/**
 * Subsample annealing (Obermeyer, Glidden and Jonas, arXiv 1402.5473): collapsed Gibbs sampling on a window of rows that grows with the control `fraction` and is renewed all the
 * time. The rows are shuffled once into a loop; one head adds the next row, the other removes the oldest. A step is one row move: while the window has fewer rows than the
 * fraction asks for (the next whole number, at least 2) a row is added, else the oldest is removed; with all rows in, a step does both, which is a Gibbs move of that row.
 * Slow moves of the model are made at batch events, when every row has been put anew since the last.
 *
 * Under `linear(0, 1)` and (2P − 1) N steps each of N rows is added P times on average, with block 1 as by the authors' own counters (adds P, removes P − 1). The other methods the
 * paper compares are the same driver: `fraction` 1 for N steps is sequential initialisation, for more it goes on as Gibbs sampling, with `start: 'prior'` it is Gibbs sampling from the
 * prior, and with `tempered` and a falling `temperature` simulated annealing of the posterior.
 *
 * An evaluation is one row put into groups; removing is free. Energies are −`logJoint` at temperature 1 of the rows in the window, so they move with it. Signals: rows in the `window`,
 * `groups`, `batches`.
 */
export function subsampleGibbs<G, R = unknown>(
  model: RowModel<G, R>,
  options: SubsampleOptions = {},
): Dynamics<SubsampleState<G, R>, string, Subsampled<R>> {
  const { rows } = model;
  if (!(Number.isSafeInteger(rows) && rows >= 1))
    throw new LehrError('contract', `${model.name}: rows is ${show(rows)}, expected a whole number of at least 1.`);
  const checked = checkSubsample(rows, options);
  const { start, tempered, tell, samples, burnIn } = checked;
  const scratch = { scores: new Float64Array(0) };
  const energyOf = (groups: G): number => -model.logJoint(groups, 1);
  const signalOf = (state: SubsampleState<G>, signal: number): number =>
    signal === 0 ? state.window : signal === 1 ? model.count(state.groups) : state.batches;

  return {
    name: 'subsample-gibbs',
    controls: tempered ? ['fraction', 'temperature'] : ['fraction'],
    // A block's fraction is that of its first step: blocks are so short that the window lags by a thousandth of the rows at most.
    maxBlock: Math.max(1, Math.min(100, Math.floor(rows / 1000))),
    energies: 'moving',
    kept: 'last',
    signals: ['window', 'groups', 'batches'],
    signalOf,
    size: rows,
    fingerprint: {
      model: model.name,
      ...(model.fingerprint === undefined ? {} : { data: model.fingerprint }),
      start,
      tempered,
      tell,
      ...(samples === 0 ? {} : { samples, burnIn }),
    },

    checkControls: ({ fraction }, last, steps) => checkFraction(fraction, last, steps),

    init(rng) {
      const groups = model.empty();
      const order = permutation(rng, rows);
      const window = start === 'prior' ? rows : 0;
      for (let k = 0; k < window; k++) model.assignBlindly(groups, order[k], rng);
      const energy = energyOf(groups);
      return {
        groups,
        order,
        tail: 0,
        window,
        stale: window,
        fresh: 0,
        steps: 0,
        added: window,
        batches: 0,
        energy,
        due: tell,
        samples: noSamples(),
      };
    },

    advance(state, controls, n, rng, block) {
      const target = targetOf(controls.fraction, rows, state.window);
      const power = tempered ? powerOf(controls.temperature) : 1;
      const { added, window } = state;
      let steps = 0;
      if (!block.checked) steps = moves(model, state, target, power, n, block.allowance, rng, scratch, checked);
      else {
        while (steps < n && state.added - added < block.allowance) {
          steps += moves(model, state, target, power, 1, 1, rng, scratch, checked);
          model.verify?.(state.groups);
        }
      }
      // Of the whole for the first time: what was told before was of fewer rows.
      if (state.steps >= state.due || (state.window === rows && window < rows)) {
        state.energy = energyOf(state.groups);
        state.due = state.steps + tell;
      }
      if (block.listening) for (let i = 0; i < 3; i++) if (block.wanted[i] === 1) block.signals[i] = signalOf(state, i);
      block.steps += steps;
      block.evaluations += state.added - added;
      block.energy = block.best = state.energy;
    },

    energy: (state) => energyOf(state.groups),
    logDensity: (state, controls) => model.logJoint(state.groups, tempered ? powerOf(controls.temperature) : 1),
    verify: (state) => model.verify?.(state.groups),

    result: ({ groups, window, added, batches, samples: kept }) => ({
      groups: model.result(groups),
      logJoint: model.logJoint(groups, 1),
      window,
      added,
      batches,
      samples: plainCopy(kept.groups.kept, model.name),
      logJoints: plainCopy(kept.joints.kept, model.name),
    }),

    save: ({ groups, ...rest }) => ({ ...plainCopy(rest, model.name), groups: model.save(groups) }),
    load(saved) {
      const { groups, ...rest } = saved as SubsampleState<unknown>;
      return { groups: model.load(groups), ...rest };
    },
  };
}

/** Up to `n` row moves, until `allowance` rows have been put into groups; returns how many were made. */
function moves<G, R>(
  model: RowModel<G, R>,
  state: SubsampleState<G, R>,
  target: number,
  power: number,
  n: number,
  allowance: number,
  rng: Rng,
  scratch: { scores: Float64Array },
  { samples, burnIn }: Required<SubsampleOptions>,
): number {
  const { groups, order } = state;
  const { rows } = model;
  const own = model.assign !== undefined && power === 1;
  let { tail, window, stale, fresh } = state;
  let added = 0;
  let step = 0;
  for (; step < n && added < allowance; step++) {
    const removes = window >= target;
    const adds = !removes || window === rows;
    if (removes) {
      model.remove(groups, order[tail]);
      if (++tail === rows) tail = 0;
      window--;
      stale--;
    }
    if (adds) {
      const head = tail + window;
      const row = order[head < rows ? head : head - rows];
      if (own) model.assign!(groups, row, rng);
      else {
        const width = model.width(groups);
        if (scratch.scores.length < width) scratch.scores = new Float64Array(2 * width);
        assignOf(model, groups, row, power, rng, scratch.scores);
      }
      window++;
      fresh++;
      added++;
    }
    if (stale === 0 && fresh > 0) {
      stale = fresh;
      fresh = 0;
      state.batches++;
      model.refresh?.(groups, order, tail, window, power, rng);
      const at = state.steps + step + 1;
      if (samples > 0 && window === rows && power === 1 && at > burnIn)
        seeSample(state.samples, samples, at, model.logJoint(groups, 1), () => model.result(groups));
    }
  }
  state.tail = tail;
  state.window = window;
  state.stale = stale;
  state.fresh = fresh;
  state.steps += step;
  state.added += added;
  return step;
}

function powerOf(temperature: number): number {
  if (temperature > 0) return 1 / temperature;
  throw new LehrError(
    'option',
    `temperature is ${show(temperature)}, expected a number above 0. Maybe the schedule goes to 0; the posterior itself is at 1.`,
  );
}

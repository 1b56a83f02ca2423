import type { Rng } from '../random/rng.ts';
import { LehrError, show } from '../error.ts';
import { accepts, HOPELESS } from './acceptance.ts';
import type { Block } from './block.ts';
import type { Dynamics } from './dynamics.ts';
import { plainCopy } from './plain.ts';
import { Chain, nanChange, type Problem } from './problem.ts';
import { Tally, TOLD } from './tally.ts';

/** What a Metropolis run returns: the kept solution and its energy, recomputed in full. */
export interface Solution<S> {
  readonly state: S;
  readonly energy: number;
}

/** `keep`: `best` (the best state visited), `swept` (the best at block ends: cheaper for large states), `last` (a sampler's read). */
export interface MetropolisOptions {
  readonly keep?: 'best' | 'swept' | 'last';
}

/**
 * Metropolis sampling of a problem at the control `temperature` (Metropolis et al. 1953; annealed: Kirkpatrick, Gelatt, Vecchi 1983). A step
 * is one proposal: ΔE ≤ 0 is accepted, otherwise with probability e^(−ΔE / temperature). Temperature 0 is greedy descent, Infinity a random
 * walk. Each step draws what `propose` draws and then one 32-bit number, so that its law does not depend on how the test is computed. Its
 * signals (`TOLD` in tally.ts: mean change, counts, mean energy and variance) are counted by a generic kernel of the same bits, only in blocks of which
 * somebody wants one; a problem's own sweep does not run in those.
 */
export function metropolis<S>(problem: Problem<S>, options: MetropolisOptions = {}): Dynamics<Chain<S>, 'temperature', Solution<S>> {
  const { keep = 'best', ...unknown } = options;
  for (const name of Object.keys(unknown)) throw new LehrError('option', `metropolis: unknown option ${show(name)}, expected keep.`);
  if (keep !== 'best' && keep !== 'swept' && keep !== 'last') {
    throw new LehrError('option', `metropolis: keep is ${show(keep)}, expected 'best', 'swept' or 'last'.`);
  }
  const every = keep === 'best';
  const own = problem.sweep?.bind(problem);
  const run = own ?? kernel(problem);
  const tally = new Tally();
  /** As plain steps, but counting what somebody listens to, or checking each step. */
  const watched: typeof run = (chain, temperature, n, rng, block) => {
    const { listening, checked } = block;
    if (listening) tally.clear(chain.energy);
    const steps = checked ? 1 : n;
    for (let k = 0; k < n; k += steps) {
      if (listening) tally.sweep(problem, chain, temperature, steps, rng, block);
      else run(chain, temperature, steps, rng, block);
      if (checked) verify(problem, chain);
    }
    if (listening) tally.tell(block);
  };
  return {
    name: 'metropolis',
    controls: ['temperature'],
    energies: 'exact',
    kept: keep,
    cost: 1,
    proposes: true,
    signals: TOLD,
    fingerprint: { problem: problem.name, ...(problem.fingerprint === undefined ? {} : { instance: problem.fingerprint }), keep },
    ...(problem.size === undefined ? {} : { size: problem.size }),

    init(rng) {
      const state = problem.init(rng);
      const energy = problem.energy(state);
      if (!Number.isFinite(energy)) {
        throw new LehrError('contract', `${problem.name}: the start state has energy ${energy}, expected a finite number.`);
      }
      return new Chain(state, energy, plainCopy(state, `${problem.name}: state`), energy, false, every);
    },

    advance(chain, controls, n, rng, block) {
      const temperature = controls.temperature;
      if (!(temperature >= 0)) throw belowZero(temperature);
      if (block.listening || block.checked) watched(chain, temperature, n, rng, block);
      else if (own === undefined) sweep(problem, chain, temperature, n, rng, block);
      else own(chain, temperature, n, rng, block);
      if (!every && chain.energy < chain.bestEnergy) {
        chain.bestEnergy = chain.energy;
        if (keep === 'swept') problem.copy(chain.state, chain.best);
      }
      block.steps += n;
      block.evaluations += n;
      block.energy = chain.energy;
      block.best = chain.bestEnergy;
    },

    energy: keep === 'last' ? (chain) => chain.energy : (chain) => chain.bestEnergy,
    logDensity: (chain, controls) => -chain.energy / controls.temperature,

    result(chain) {
      const kept = keep === 'last' || chain.atBest ? chain.state : chain.best;
      const state = plainCopy(kept, `${problem.name}: state`);
      return { state, energy: problem.energy(state) };
    },

    rewind(chain) {
      if (keep === 'last' || chain.atBest) return;
      problem.copy(chain.best, chain.state);
      chain.energy = chain.bestEnergy;
    },

    verify: (chain) => verify(problem, chain),

    save: ({ state, energy, best, bestEnergy, atBest }) => plainCopy({ state, energy, best, bestEnergy, atBest }, problem.name),

    load(saved) {
      const { state, energy, best, bestEnergy, atBest } = saved as Chain<S>;
      return new Chain(state, energy, best, bestEnergy, atBest, every);
    },
  };
}

function belowZero(temperature: number): LehrError {
  return new LehrError(
    'option',
    `temperature is ${show(temperature)}, expected a number of at least 0. Maybe the schedule goes below zero.`,
  );
}

/** The generic kernel; the oracle of every problem's own `sweep`. */
export function kernel<S>(problem: Problem<S>): NonNullable<Problem<S>['sweep']> {
  return (chain, temperature, n, rng, block) => sweep(problem, chain, temperature, n, rng, block);
}

/**
 * `n` Metropolis steps through `propose`, `accept` and `reject`. The incumbent is copied only when the chain is about to leave it, never at each
 * improvement.
 */
function sweep<S>(problem: Problem<S>, chain: Chain<S>, temperature: number, n: number, rng: Rng, block: Block): void {
  const state = chain.state;
  const keepBest = chain.keepBest;
  const inverse = 1 / temperature;
  let energy = chain.energy;
  let bestEnergy = chain.bestEnergy;
  let atBest = chain.atBest;
  let accepted = 0;
  for (let k = 0; k < n; k++) {
    const delta = problem.propose(state, rng);
    const draw = rng.uint32();
    if (delta <= 0 || (delta * inverse < HOPELESS && accepts(delta * inverse, draw))) {
      if (delta > 0 && atBest) {
        problem.copy(state, chain.best);
        atBest = false;
      }
      problem.accept(state);
      energy += delta;
      accepted++;
      if (keepBest && energy < bestEnergy) {
        bestEnergy = energy;
        atBest = true;
      }
    } else {
      if (delta !== delta) throw nanChange(problem);
      problem.reject(state);
    }
  }
  chain.energy = energy;
  chain.bestEnergy = bestEnergy;
  chain.atBest = atBest;
  block.proposed += n;
  block.accepted += accepted;
}

/** The paranoid mode: the energy kept up by differences against the energy computed afresh. */
function verify<S>(problem: Problem<S>, chain: Chain<S>): void {
  compare(problem, 'current', chain.state, chain.energy);
  if (chain.keepBest && !chain.atBest) compare(problem, 'best', chain.best, chain.bestEnergy);
}

function compare<S>(problem: Problem<S>, which: string, state: S, tracked: number): void {
  const full = problem.energy(state);
  if (Math.abs(full - tracked) <= 1e-9 * Math.max(1, Math.abs(full), Math.abs(tracked))) return;
  throw new LehrError(
    'contract',
    `${problem.name}: the energy of the ${which} state is ${full}, but its energy changes add up to ${tracked}. Maybe propose returns a wrong change or accept leaves a cache stale; checkProblem finds the move.`,
  );
}

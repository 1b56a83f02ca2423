import { Block } from '../dynamics/block.ts';
import { kernel } from '../dynamics/metropolis.ts';
import { difference, plainCopy } from '../dynamics/plain.ts';
import { Chain, type Problem } from '../dynamics/problem.ts';
import { LehrError, show } from '../error.ts';
import { maybe } from '../closest.ts';
import { Rng, stream } from '../random/rng.ts';
import type { Seed } from '../random/seed.ts';

/** `moves`: how many are tried (1000); each costs a few full energies. */
export interface CheckProblemOptions {
  readonly seed?: Seed;
  readonly moves?: number;
}

const METHODS = ['init', 'energy', 'propose', 'accept', 'reject', 'copy'] as const;

/**
 * Tries a problem against the contract of `Problem` and throws a `contract` error that names the first breach and its likely cause: wrong energy
 * changes, stale caches, a missing undo, randomness from elsewhere, copies that share memory, a `sweep` that differs from the generic kernel.
 * For users' own tests; it costs a few full energies per move.
 */
export function checkProblem<S>(problem: Problem<S>, { seed = 1, moves = 1000 }: CheckProblemOptions = {}): void {
  const name = shape(problem);
  const fail = (message: string): never => {
    throw new LehrError('contract', `${name}: ${message}`);
  };
  const rng = stream(seed, 'check-problem');
  const state = checkInit(problem, name, rng, fail);
  let sound = 0;
  for (let move = 1; move <= moves; move++) {
    const before = plainCopy(state, `${name}: state`);
    const start = rng.save();
    const energy = problem.energy(state);
    const delta = problem.propose(state, rng);
    if (typeof delta !== 'number' || delta !== delta)
      fail(`move ${move}: propose returned ${show(delta)}, expected the energy change, a number.`);
    if (problem.integer === true && !Number.isInteger(delta) && delta !== Infinity)
      fail(`move ${move}: propose returned ${delta}, but the problem says integer: true.`);
    if (rng.uniform() < 0.5 || delta === Infinity) {
      problem.reject(state);
      const after = problem.energy(state);
      if (!near(after, energy))
        fail(
          `move ${move}: after reject the energy is ${after}, but it was ${energy} before propose. Maybe reject does not undo what propose changed.`,
        );
    } else {
      problem.accept(state);
      checkAccepted(problem.energy(state), energy, delta, move, sound, fail);
      if (delta !== 0) sound++;
    }
    if (move % 8 === 0 || move <= 8) checkReplay(problem, before, start, delta, move, fail);
    if (move % 16 === 0 || move <= 4) checkCopy(problem, state, rng, move, fail);
  }
  if (problem.sweep !== undefined) checkSweep(problem, seed, fail);
}

type Fail = (message: string) => never;

function shape<S>(problem: Problem<S>): string {
  if (typeof problem !== 'object' || problem === null)
    throw new LehrError('contract', `The problem is ${show(problem)}, expected an object with name, ${METHODS.join(', ')}.`);
  const name = typeof problem.name === 'string' ? problem.name : 'problem';
  if (typeof problem.name !== 'string') throw new LehrError('contract', `${name}: name is ${show(problem.name)}, expected a string.`);
  const keys = Object.keys(problem);
  for (const method of METHODS) {
    if (typeof problem[method] !== 'function') {
      const others = keys.filter((key) => !(METHODS as readonly string[]).includes(key));
      throw new LehrError('contract', `${name}: ${method} is ${show(problem[method])}, expected a function.${maybe(method, others)}`);
    }
  }
  return name;
}

function checkInit<S>(problem: Problem<S>, name: string, rng: Rng, fail: Fail): S {
  const state = problem.init(stream(1, 'check-problem', 'init'));
  const twin = problem.init(stream(1, 'check-problem', 'init'));
  const path = difference(plainCopy(state, `${name}: state`), plainCopy(twin, `${name}: state`));
  if (path !== null)
    fail(`two starts from the same stream differ at ${path}. Maybe init draws from elsewhere than rng, or shares memory between states.`);
  const copy = plainCopy(state, `${name}: state`);
  const energy = problem.energy(state);
  if (typeof energy !== 'number' || !Number.isFinite(energy))
    fail(`the energy of the start state is ${show(energy)}, expected a finite number.`);
  const changed = difference(copy, plainCopy(state, `${name}: state`));
  if (changed !== null) fail(`energy changes the state at ${changed}, expected it to change nothing.`);
  for (let move = 0; move < 50; move++) {
    settle(problem, state, problem.propose(state, rng));
  }
  const shared = difference(copy, plainCopy(twin, `${name}: state`));
  if (shared !== null) fail(`moves in one state change another at ${shared}. Maybe init hands out the same array twice.`);
  return problem.init(stream(1, 'check-problem', 'init'));
}

/** @param sound moves made before with the change they promised: then the arithmetic is right, and a cache is to blame. */
function checkAccepted(after: number, energy: number, delta: number, move: number, sound: number, fail: Fail): void {
  if (near(after, energy + delta)) return;
  const claim = `after move ${move} the energy is ${after}, but ${energy} plus the proposed change (${delta}) is ${energy + delta}.`;
  if (sound > 0) fail(`${claim} Earlier moves were right. Maybe accept leaves a cache stale that propose reads.`);
  if (near(after, delta)) fail(`${claim} Maybe propose returns the new energy instead of the change.`);
  if (near(after - energy, -delta)) fail(`${claim} Maybe the sign is wrong: the change is new minus old.`);
  if (after === energy) fail(`${claim} Maybe accept does not make the move.`);
  fail(`${claim} Maybe propose computes another move than accept makes.`);
}

/** The same state and stream must propose the same move, and the same moves after it: nothing hidden may carry over. */
function checkReplay<S>(problem: Problem<S>, before: S, start: ReturnType<Rng['save']>, delta: number, move: number, fail: Fail): void {
  const rng = Rng.load(start);
  const again = plainCopy(before, 'state');
  const repeated = problem.propose(again, rng);
  problem.reject(again);
  if (!Object.is(repeated, delta)) {
    fail(
      `move ${move}: from the same state and stream propose returned ${delta} and then ${repeated}. Maybe it draws from elsewhere than rng, or keeps something outside the state.`,
    );
  }
  const fresh = plainCopy(before, 'state');
  const [a, b] = [Rng.load(rng.save()), Rng.load(rng.save())];
  for (let k = 0; k < 4; k++) {
    const [x, y] = [problem.propose(again, a), problem.propose(fresh, b)];
    if (!near(x, y))
      fail(
        `move ${move}: after propose and reject the next change is ${x}, without them ${y}. Maybe reject does not undo what propose changed.`,
      );
    settle(problem, again, x);
    settle(problem, fresh, y);
  }
}

function checkCopy<S>(problem: Problem<S>, state: S, rng: Rng, move: number, fail: Fail): void {
  const to = problem.init(stream(move, 'check-problem', 'copy'));
  problem.copy(state, to);
  const energy = problem.energy(state);
  if (!near(problem.energy(to), energy))
    fail(`move ${move}: the copy has energy ${problem.energy(to)}, its original ${energy}. Maybe copy leaves out a field.`);
  const probe = plainCopy(state, 'state');
  const [a, b] = [rng.child('copy', move), rng.child('copy', move)];
  for (let k = 0; k < 8; k++) {
    const [x, y] = [problem.propose(to, a), problem.propose(probe, b)];
    if (!near(x, y)) fail(`move ${move}: in a copy the next change is ${x}, in its original ${y}. Maybe copy leaves out a cache.`);
    settle(problem, to, x);
    settle(problem, probe, y);
  }
  if (!near(problem.energy(state), energy))
    fail(`move ${move}: moves in a copy change its original. Maybe copy assigns an array instead of copying its elements.`);
}

/** A problem's own sweep against the generic kernel, draw for draw, at several temperatures. */
function checkSweep<S>(problem: Problem<S>, seed: Seed, fail: Fail): void {
  const scale = typicalChange(problem, seed);
  for (const keepBest of [true, false]) {
    for (const temperature of [0, 0.05 * scale, 0.5 * scale, 5 * scale, Infinity]) {
      const runs = [problem.sweep!.bind(problem), kernel(problem)].map((run) => {
        const state = problem.init(stream(seed, 'check-problem', 'sweep'));
        const energy = problem.energy(state);
        const chain = new Chain(state, energy, plainCopy(state, 'state'), energy, false, keepBest);
        const rng = stream(seed, 'check-problem', 'sweep', 'run');
        const block = new Block();
        for (const n of [1, 7, 500]) run(chain, temperature, n, rng, block);
        const { best, bestEnergy, atBest } = chain;
        const incumbent = problem.energy(atBest ? chain.state : best);
        return {
          energy: chain.energy,
          state: problem.energy(chain.state),
          bestEnergy,
          incumbent,
          accepted: block.accepted,
          proposed: block.proposed,
          rng: rng.save().words,
        };
      });
      const path = difference(runs[1], runs[0]);
      if (path !== null) {
        const key = path.replace(/^\./, '').replace(/\[.*/, '') as keyof (typeof runs)[0];
        fail(
          `at temperature ${temperature}${keepBest ? '' : ' without keepBest'} sweep differs from the generic kernel: ${key} is ${show(runs[0][key])}, expected ${show(runs[1][key])}.`,
        );
      }
    }
  }
}

/** Mean size of the changes that moves make from a start state, 1 if they make none. */
function typicalChange<S>(problem: Problem<S>, seed: Seed): number {
  const rng = stream(seed, 'check-problem', 'scale');
  const state = problem.init(rng);
  let sum = 0;
  for (let k = 0; k < 100; k++) {
    const delta = problem.propose(state, rng);
    if (Number.isFinite(delta)) sum += Math.abs(delta);
    problem.reject(state);
  }
  return sum > 0 ? sum / 100 : 1;
}

/** Makes the noted move, unless it is an impossible one. */
function settle<S>(problem: Problem<S>, state: S, delta: number): void {
  if (delta === Infinity) problem.reject(state);
  else problem.accept(state);
}

function near(a: number, b: number): boolean {
  return a === b || Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b));
}

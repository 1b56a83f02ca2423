import { Block } from '../dynamics/block.ts';
import type { Dynamics } from '../dynamics/dynamics.ts';
import { difference } from '../dynamics/plain.ts';
import { LehrError, show } from '../error.ts';
import { stream } from '../random/rng.ts';
import type { Seed } from '../random/seed.ts';
import { decodePlain, encodePlain } from './checkpoint.ts';

/** `controls`: the constant values to run it at. `steps` per block (50), `blocks` (20). */
export interface CheckDynamicsOptions<C extends string> {
  readonly controls: Readonly<Record<C, number>>;
  readonly seed?: Seed;
  readonly steps?: number;
  readonly blocks?: number;
}

/**
 * Tries a dynamics against the contract of `Dynamics` and throws a `contract` error that names the first breach: blocks filled wrongly, runs that
 * differ for one seed, a state that `save` leaves a field out of, a result or a save that shares memory with the state, asking that
 * changes the run, signals that do or that are computed though nobody wants them.
 */
export function checkDynamics<S, C extends string, R>(dynamics: Dynamics<S, C, R>, options: CheckDynamicsOptions<C>): void {
  const { controls, seed = 1, blocks = 20 } = options;
  const steps = Math.min(options.steps ?? 50, dynamics.maxBlock ?? Infinity);
  const { name, signals = [] } = dynamics;
  const fail = (message: string): never => {
    throw new LehrError('contract', `${name}: ${message}`);
  };
  for (const control of dynamics.controls) {
    if (typeof controls[control] !== 'number') fail(`controls.${control} is ${show(controls[control])}, expected a number to try it at.`);
  }

  const start = (): { state: S; rng: ReturnType<typeof stream>; block: Block } => ({
    state: dynamics.init(stream(seed, 'check-dynamics', 'init')),
    rng: stream(seed, 'check-dynamics', 'run'),
    block: new Block(signals.length),
  });
  const advance = (run: ReturnType<typeof start>): void => {
    run.block.clear(Infinity);
    dynamics.advance(run.state, controls, steps, run.rng, run.block);
  };
  const same = (a: unknown, b: unknown, message: (path: string) => string): void => {
    const path = typeof a === 'string' && typeof b === 'string' ? difference(decodePlain(a), decodePlain(b)) : difference(a, b);
    if (path !== null) fail(message(path.replace(/^\./, '')));
  };

  const run = start();
  const twin = start();
  // The twin is asked for every signal: counting must change nothing.
  twin.block.wanted.fill(1);
  twin.block.listening = signals.length > 0;
  same(
    plain(dynamics.save(run.state)),
    plain(dynamics.save(twin.state)),
    (at) => `two starts from one stream differ at ${at}. Maybe init draws from elsewhere than rng.`,
  );
  const first = dynamics.energy(run.state);
  if (typeof first !== 'number' || first !== first)
    fail(`energy before the first block is ${show(first)}, expected a number: stop rules need it.`);

  let best = Infinity;
  for (let k = 0; k < blocks; k++) {
    const atBlock = `block ${k + 1} of ${steps} steps`;
    advance(run);
    checkBlock(dynamics, run.block, steps, best, atBlock, fail);
    best = run.block.best;

    const saved = dynamics.save(run.state);
    const before = plain(saved);
    const rngBefore = run.rng.save();
    const asked = Array.from({ length: dynamics.lanes ?? 1 }, (_, lane) =>
      dynamics.result(run.state, lane, stream(seed, 'check-dynamics', 'result', k, lane)),
    );
    const answered = plain(asked);
    const again = Array.from({ length: dynamics.lanes ?? 1 }, (_, lane) =>
      dynamics.result(run.state, lane, stream(seed, 'check-dynamics', 'result', k, lane)),
    );
    same(
      answered,
      plain(again),
      (at) => `${atBlock}: two results asked of one state differ at ${at}. Maybe result draws from elsewhere than rng.`,
    );
    dynamics.verify?.(run.state);
    same(before, plain(dynamics.save(run.state)), (at) => `${atBlock}: asking for a result changes the state at ${at}.`);
    for (let i = 0; i < signals.length && dynamics.signalOf !== undefined; i++) {
      const value = dynamics.signalOf(run.state, i);
      if (typeof value !== 'number')
        fail(`${atBlock}: signalOf ${signals[i]} is ${show(value)}, expected a number, NaN if it tells of blocks only.`);
      same(before, plain(dynamics.save(run.state)), (at) => `${atBlock}: asking for the signal ${signals[i]} changes the state at ${at}.`);
    }
    same(rngBefore, run.rng.save(), () => `${atBlock}: asking for a result draws from the run's stream.`);

    const restored = {
      state: dynamics.load(decodePlain(before)),
      rng: stream(seed, 'check-dynamics', 'run'),
      block: new Block(signals.length),
    };
    Object.assign(restored.rng, { a: run.rng.a, b: run.rng.b, c: run.rng.c, d: run.rng.d });
    restored.block.energy = run.block.energy;
    restored.block.best = run.block.best;
    advance(run);
    same(
      before,
      plain(saved),
      (at) => `${atBlock}: what save gave changes at ${at} when the run goes on. Maybe save hands out its own arrays.`,
    );
    same(
      answered,
      plain(asked),
      (at) => `${atBlock}: a result changes at ${at} when the run goes on. Maybe result hands out the state's own arrays.`,
    );
    advance(restored);
    same(
      plain(dynamics.save(run.state)),
      plain(dynamics.save(restored.state)),
      (at) => `${atBlock}: after save and load the run goes on differently at ${at}. Maybe save leaves out a field.`,
    );
    same(
      counts(run.block),
      counts(restored.block),
      (at) => `${atBlock}: after save and load the next block's ${at} differs. Maybe save leaves out a field.`,
    );
    const lanes = dynamics.lanes ?? 1;
    const results = [run, restored].map(({ state }) =>
      plain(dynamics.result(state, lanes - 1, stream(seed, 'check-dynamics', 'result', 'restored'))),
    );
    same(results[0], results[1], (at) => `${atBlock}: after save and load the result differs at ${at}. Maybe save leaves out a field.`);
    advance(twin);
    advance(twin);
    same(
      plain(dynamics.save(run.state)),
      plain(dynamics.save(twin.state)),
      (at) =>
        `${atBlock}: two runs of one seed differ at ${at}. Maybe something random or timed is outside rng${signals.length === 0 ? '' : ', or computing a signal changes the run'}.`,
    );
    if (run.block.signals.some((value) => value === value)) fail(`${atBlock}: a signal was computed that nobody wants.`);
    best = run.block.best;
  }
}

function checkBlock<S, C extends string, R>(
  dynamics: Dynamics<S, C, R>,
  block: Block,
  asked: number,
  best: number,
  at: string,
  fail: (message: string) => never,
): void {
  const { steps, evaluations, proposed, accepted } = block;
  if (!(steps >= 1 && steps <= asked)) fail(`${at}: block.steps is ${show(steps)}, expected 1 to ${asked}.`);
  if (dynamics.cost !== undefined && evaluations !== steps * dynamics.cost) {
    fail(`${at}: block.evaluations is ${show(evaluations)}, expected steps × cost = ${steps * dynamics.cost}.`);
  }
  if (!(evaluations >= 0)) fail(`${at}: block.evaluations is ${show(evaluations)}, expected a number of at least 0.`);
  if (dynamics.proposes === true ? !(proposed >= 1 && accepted >= 0 && accepted <= proposed) : proposed !== 0 || accepted !== 0) {
    fail(
      `${at}: proposed ${show(proposed)}, accepted ${show(accepted)}, expected ${dynamics.proposes === true ? '0 ≤ accepted ≤ proposed, proposed ≥ 1' : 'none, as proposes is not true'}.`,
    );
  }
  if (block.energy !== block.energy) fail(`${at}: block.energy is NaN, expected the current energy.`);
  if (dynamics.energies === 'exact' && block.best > best)
    fail(`${at}: block.best rose from ${best} to ${block.best}, expected the best so far.`);
}

function counts({ steps, evaluations, proposed, accepted, energy, best }: Block): object {
  return { steps, evaluations, proposed, accepted, energy, best };
}

/** A detached form that shows every bit. */
function plain(value: unknown): string {
  return encodePlain(value);
}

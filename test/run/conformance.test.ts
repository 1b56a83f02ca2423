import { describe, expect, it } from 'vitest';
import { checkDynamics, checkProblem, checkSchedule, metropolis, type Dynamics, type Moment, type Problem } from 'lehr';
import { catalogue, cosine, exponential, modifiedLam, parse, sequence } from 'lehr/schedules';
import { partition, ring } from '../dynamics/ising.ts';
import { walk, type Walk } from './toys.ts';

const weights = Float64Array.from({ length: 30 }, (_, i) => 1 + ((i * 37) % 101));
type State = ReturnType<ReturnType<typeof partition>['init']>;
const sound = partition(weights);

function planted(change: Partial<Problem<State>>): Problem<State> {
  return { ...sound, ...change };
}

describe('checkProblem', () => {
  it('passes sound problems, delta first or mutate and undo', () => {
    checkProblem(sound);
    checkProblem(
      ring(
        20,
        () => 1,
        () => 0.5,
      ),
    );
    const undoing: Problem<{ side: Int8Array; i: number }> = {
      name: 'undoing',
      init: (rng) => ({ side: Int8Array.from(weights, () => (rng.below(2) === 0 ? -1 : 1)), i: 0 }),
      energy: ({ side }) => Math.abs(side.reduce((sum, s, i) => sum + s * weights[i], 0)),
      propose(state, rng) {
        const before = this.energy(state);
        state.i = rng.below(weights.length);
        state.side[state.i] = -state.side[state.i];
        return this.energy(state) - before;
      },
      accept() {},
      reject: (state) => void (state.side[state.i] = -state.side[state.i]),
      copy: (from, to) => to.side.set(from.side),
    };
    checkProblem(undoing);
    expect(() => checkProblem({ ...undoing, reject() {} })).toThrow('Maybe reject does not undo what propose changed');
  });

  let calls = 0;
  const bugs: [string, Problem<State>, string][] = [
    [
      'propose returns the energy instead of the change',
      planted({
        propose(s, rng) {
          s.i = rng.below(weights.length);
          return Math.abs(s.sum - 2 * s.side[s.i] * weights[s.i]);
        },
      }),
      'Maybe propose returns the new energy instead of the change',
    ],
    ['the sign is wrong', planted({ propose: (s, rng) => -sound.propose(s, rng) }), 'Maybe the sign is wrong'],
    ['accept does nothing', planted({ accept() {} }), 'Maybe accept does not make the move'],
    ['a cache goes stale', planted({ accept: (s) => void (s.side[s.i] = -s.side[s.i]) }), 'Maybe accept leaves a cache stale'],
    ['copy leaves out a cache', planted({ copy: (from, to) => to.side.set(from.side) }), 'Maybe copy leaves out a cache'],
    ['copy shares an array', planted({ copy: (from, to) => void Object.assign(to, from) }), 'Maybe copy assigns an array'],
    [
      'randomness from elsewhere',
      planted({ propose: (s) => ((s.i = calls++ % 30), Math.abs(s.sum - 2 * s.side[s.i] * weights[s.i]) - Math.abs(s.sum)) }),
      'Maybe it draws from elsewhere',
    ],
    ['NaN', planted({ propose: () => NaN }), 'propose returned NaN'],
    ['energy changes the state', planted({ energy: (s) => (s.i++, sound.energy(s)) }), 'energy changes the state at .i'],
    ['no finite start energy', planted({ energy: () => Infinity }), 'expected a finite number'],
    [
      'not integer as it says',
      {
        ...ring(
          8,
          () => 0.3,
          () => 0.1,
        ),
        integer: true,
      } as never,
      'the problem says integer: true',
    ],
    ['a method is missing', { ...sound, reject: undefined } as never, 'reject is undefined, expected a function'],
    [
      'a sweep that is not the generic kernel',
      planted({ sweep: (_c, _t, n, rng, block) => ((block.proposed += n), void rng.uint32()) }),
      'sweep differs from the generic kernel',
    ],
  ];
  it.each(bugs)('catches a planted bug: %s', (_, problem, message) => {
    expect(() => checkProblem(problem)).toThrow(message);
  });
});

describe('checkDynamics', () => {
  // Its other signal throws when it is wanted.
  const spreading = { ...walk, signals: ['spread'] };

  it('passes Metropolis and the tests’ own dynamics', () => {
    for (const keep of ['best', 'swept', 'last'] as const) {
      expect(() => checkDynamics(metropolis(sound, { keep }), { controls: { temperature: 20 } })).not.toThrow();
    }
    expect(() => checkDynamics(spreading, { controls: { size: 1 } })).not.toThrow();
  });

  const bad = (change: Partial<Dynamics<Walk, 'size', any>>): Dynamics<Walk, 'size', any> => ({ ...spreading, ...change });
  let hidden = 0;
  const bugs: [string, Dynamics<Walk, 'size', any>, string][] = [
    ['an unsaved field', bad({ save: ({ at, path }) => ({ at, path: [...path], best: Infinity }) }), 'Maybe save leaves out a field'],
    ['an aliasing result', bad({ result: ({ path }) => path }), 'Maybe result hands out the state’s own arrays'.replace('’', "'")],
    ['an aliasing save', bad({ save: (state) => state }), 'Maybe save hands out its own arrays'],
    ['a signal that changes the run', bad({ signalOf: (state) => (state.at += 1) }), 'asking for the signal spread changes the state'],
    ['a signal that is none', bad({ signalOf: () => undefined as never }), 'signalOf spread is undefined, expected a number'],
    ['a result that changes the run', bad({ result: (state) => void (state.at += 1) }), 'asking for a result changes the state'],
    [
      'hidden randomness',
      bad({
        advance: (state, controls, n, rng, block) => (walk.advance(state, controls, n, rng, block), void (state.at += hidden++ * 1e-9)),
      }),
      'expected',
    ],
    [
      'steps not counted',
      bad({ advance: (state, controls, n, rng, block) => (walk.advance(state, controls, n, rng, block), void (block.steps = 0)) }),
      'block.steps is 0, expected 1 to 50',
    ],
    ['a fixed cost not kept', bad({ cost: 2 }), 'expected steps × cost'],
    ['proposals not reported', bad({ proposes: true }), 'proposed 0'],
    [
      'a signal that draws',
      bad({
        advance(state, controls, n, rng, block) {
          walk.advance(state, controls, n, rng, block);
          if (block.wanted[0] === 1) rng.uint32();
        },
      }),
      'or computing a signal changes the run',
    ],
    [
      'a signal nobody wants',
      bad({
        advance(state, controls, n, rng, block) {
          walk.advance(state, controls, n, rng, block);
          block.signals[0] = 1;
        },
      }),
      'a signal was computed that nobody wants',
    ],
  ];
  it.each(bugs)('catches a planted bug: %s', (name, dynamics, message) => {
    expect(() => checkDynamics(dynamics, { controls: { size: 1 } })).toThrow(name === 'hidden randomness' ? /differ/ : message);
  });
});

describe('checkSchedule', () => {
  it('passes everything in the catalogue', () => {
    for (const { example } of catalogue) expect(() => checkSchedule(parse(example))).not.toThrow();
    checkSchedule(exponential(10, 1), { low: 1, high: 10 });
    checkSchedule(sequence([0.5, modifiedLam()], cosine(1, 0)));
  });

  let count = 0;
  const shared: { value: number } = { value: 1 };
  it.each([
    ['NaN', () => NaN, 'its value is NaN'],
    ['out of bounds', exponential(10, 0.1), 'expected 0.5 to 10'],
    ['not pure', () => count++, 'another value'],
    ['memory outside', { start: (): null => null, next: (): number => count++ }, 'Maybe it keeps something outside its memory'],
    [
      'one memory for all runs',
      { start: (): { value: number } => shared, next: (m: { value: number }): number => (m.value *= 0.99) },
      'start hands out one memory twice',
    ],
    ['memory that is no plain data', { start: (): unknown => new Map(), next: (): number => 1 }, 'memory is a Map'],
    ['a spec that is not JSON', Object.assign(() => 1, { spec: { schedule: 'x', value: Infinity } }), 'not finite JSON'],
  ] as const)('catches a planted bug: %s', (name, control, message) => {
    expect(() => checkSchedule(control as never, name === 'out of bounds' ? { low: 0.5, high: 10 } : {})).toThrow(message);
  });

  it('catches a signal that is heard though it is not wanted', () => {
    const sly = {
      needs: ['gap', 'noise'],
      wants: () => ['noise'],
      start: ({ signal }: { signal(name: string): number }) => [signal('gap'), signal('noise')],
      next: ([gap, noise]: number[], { block }: Moment) => (block === null ? 1 : (block.signals[gap] || 5) + block.signals[noise]),
    };
    expect(() => checkSchedule(sly)).toThrow('Maybe `wants` leaves one out.');
    checkSchedule({ ...sly, wants: () => ['noise', 'gap'] });
  });

  it('catches memory that leaves a field out of what is saved', () => {
    const forgetful = {
      start: () =>
        Object.defineProperty({ value: 1 }, 'hidden', { value: 0, writable: true, enumerable: false }) as { value: number; hidden: number },
      next: (m: { value: number; hidden?: number }) => (m.hidden = (m.hidden ?? 0) + 1),
    };
    expect(() => checkSchedule(forgetful)).toThrow('Maybe its memory leaves out a field');
  });
});

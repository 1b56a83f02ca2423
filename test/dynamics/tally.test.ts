import { describe, expect, it } from 'vitest';
import { Block, metropolis, Rng, stream, type Problem } from 'lehr';
import { plainCopy } from '#src/dynamics/plain';
import { TOLD } from '#src/dynamics/tally';
import { generateInstance, readInstance, tsp } from 'lehr/problems/tsp';
import { partition, ring } from './ising.ts';

const weights = Float64Array.from({ length: 40 }, (_, i) => 1 + ((i * 37) % 101));

/** A walk on 0 … 9 with level steps, steps of two sizes, and impossible ones beyond the ends. */
const steps: Problem<{ x: number; to: number }> = {
  name: 'steps',
  init: () => ({ x: 5, to: 5 }),
  energy: ({ x }) => Math.floor(x / 2) * 0.75,
  propose(state, rng) {
    state.to = state.x + rng.below(7) - 3;
    return state.to < 0 || state.to > 9 ? Infinity : this.energy({ x: state.to, to: 0 }) - this.energy(state);
  },
  accept: (state) => void (state.x = state.to),
  reject: () => {},
  copy: (from, to) => void (to.x = from.x),
};

function wanting(...names: string[]): Block {
  const block = new Block(TOLD.length);
  for (const name of names) block.wanted[TOLD.indexOf(name)] = 1;
  block.listening = names.length > 0;
  return block;
}

/** The changes of n proposals and the energies after them, by hand. */
function literal(problem: Problem<any>, temperature: number, n: number, seed: number) {
  const dynamics = metropolis(problem);
  const chain = dynamics.init(stream(seed, 'init'));
  const rng = stream(seed, 'run');
  const changes: number[] = [];
  const energies: number[] = [];
  for (let k = 0; k < n; k++) {
    changes.push(problem.propose(plainCopy(chain.state, 'state'), Rng.load(rng.save())));
    dynamics.advance(chain, { temperature }, 1, rng, new Block());
    energies.push(problem.energy(chain.state));
  }
  return { changes, energies };
}

const near = (value: number) => expect.closeTo(value, 9);

describe('the signals of a Metropolis block', () => {
  it.each([
    ['steps', steps, 1],
    ['steps, greedy', steps, 0],
    ['steps, a random walk', steps, Infinity],
    ['partition', partition(weights), 50],
  ] as const)('are what counting by hand gives: %s', (_, problem, temperature) => {
    const n = 500;
    const { changes, energies } = literal(problem, temperature, n, 3);
    const block = wanting(...TOLD);
    const dynamics = metropolis(problem as Problem<any>);
    dynamics.advance(dynamics.init(stream(3, 'init')), { temperature }, n, stream(3, 'run'), block);
    const finite = changes.filter((change) => Number.isFinite(change) && change !== 0);
    const mean = energies.reduce((sum, energy) => sum + energy, 0) / n;
    expect(Object.fromEntries(TOLD.map((name, i) => [name, block.signals[i]]))).toEqual({
      meanChange: near(finite.reduce((sum, change) => sum + Math.abs(change), 0) / finite.length),
      uphill: finite.filter((change) => change > 0).length,
      level: changes.filter((change) => change === 0).length,
      downhill: finite.filter((change) => change < 0).length,
      meanEnergy: near(mean),
      energyVariance: near(energies.reduce((sum, energy) => sum + (energy - mean) * (energy - mean), 0) / n),
    });
    // The walk has impossible proposals among them.
    expect(changes.includes(Infinity)).toBe(problem === steps);
  });

  it('are NaN where there is nothing to average, and where nobody asked', () => {
    const flat = { ...steps, energy: () => 7, propose: () => 0 };
    const dynamics = metropolis(flat);
    const block = wanting('meanChange', 'level');
    dynamics.advance(dynamics.init(stream(1)), { temperature: 1 }, 20, stream(2), block);
    expect([...block.signals]).toEqual([NaN, NaN, 20, NaN, NaN, NaN]);
    const energies = wanting('energyVariance', 'meanEnergy');
    dynamics.advance(dynamics.init(stream(1)), { temperature: 1 }, 20, stream(2), energies);
    expect([...energies.signals]).toEqual([NaN, NaN, NaN, NaN, 7, 0]);
  });

  it('are of each block alone, also in the paranoid mode', () => {
    const dynamics = metropolis(steps);
    const runs = [false, true].map((checked) => {
      const chain = dynamics.init(stream(1));
      const rng = stream(2);
      const block = wanting(...TOLD);
      block.checked = checked;
      return [30, 1, 70].map((n) => {
        block.clear(Infinity);
        dynamics.advance(chain, { temperature: 0.5 }, n, rng, block);
        return [...block.signals, block.accepted, block.energy];
      });
    });
    expect(runs[0]).toEqual(runs[1]);
    expect(runs[0].map((block) => block[1] + block[2] + block[3] <= 70)).toEqual([true, true, true]);
  });
});

describe('counting changes no bit', () => {
  const problems: [string, Problem<any>, number][] = [
    ['steps', steps, 0.7],
    ['partition', partition(weights), 100],
    [
      'ring',
      ring(
        30,
        (i) => 1 + (i % 3) / 7,
        () => 0.1,
      ),
      1.3,
    ],
    ['tsp, whose own sweep it stands in for', tsp(readInstance(generateInstance(60, 'uniform', stream(1)), 'uniform-60.tsp')), 1e5],
  ];
  it.each(problems)('%s', (_, problem, scale) => {
    for (const keep of ['best', 'swept', 'last'] as const) {
      for (const temperature of [0, 0.1 * scale, scale, Infinity]) {
        const saved = [[], TOLD].map((names) => {
          const dynamics = metropolis(problem, { keep });
          const chain = dynamics.init(stream(4, 'init'));
          const rng = stream(4, 'run');
          const block = wanting(...names);
          for (const n of [1, 7, 500]) dynamics.advance(chain, { temperature }, n, rng, block);
          const { state, best, energy, bestEnergy, atBest } = chain;
          // Not the whole state: the move that a sweep notes and forgets is scratch.
          return [energy, bestEnergy, atBest, problem.energy(state), problem.energy(best), rng.save(), block.accepted, block.proposed];
        });
        expect(saved[1]).toEqual(saved[0]);
      }
    }
  });
});

import { describe, expect, it } from 'vitest';
import { Block, Chain, LehrError, metropolis, stream, type Problem } from 'lehr';
import { accepts } from '#src/dynamics/acceptance';
import { expMinus } from '#src/dynamics/exp';
import { plainCopy } from '#src/dynamics/plain';
import { ring, type Spins } from './ising.ts';

describe('expMinus', () => {
  it('agrees with Math.exp to 1e-14 over its whole range', () => {
    for (let x = 0; x < 700; x += 0.0137) expect(Math.abs(expMinus(x) / Math.exp(-x) - 1)).toBeLessThan(1e-14);
    expect(expMinus(0)).toBe(1);
    expect(expMinus(800)).toBe(0);
    expect(expMinus(NaN)).toBeNaN();
  });
});

describe('accepts', () => {
  it('decides as the exponential itself does, squeezed or not', () => {
    const rng = stream('accepts');
    for (let k = 0; k < 200_000; k++) {
      const x = 25 * rng.uniform() * rng.uniform();
      const draw = rng.uint32();
      expect(accepts(x, draw)).toBe(draw / 4294967296 < expMinus(x));
    }
  });
});

/** Chi-square of visit counts against Boltzmann weights over all 2^n states, sampled every `thin` steps. */
function boltzmannChiSquare(problem: Problem<Spins>, n: number, temperature: number, samples: number, thin: number): number {
  const dynamics = metropolis(problem, { keep: 'last' });
  const chain = dynamics.init(stream(7, 'init'));
  const rng = stream(7, 'run');
  const block = new Block();
  dynamics.advance(chain, { temperature }, 5000, rng, block);
  const counts = new Float64Array(2 ** n);
  for (let k = 0; k < samples; k++) {
    dynamics.advance(chain, { temperature }, thin, rng, block);
    counts[chain.state.s.reduce((code, s, i) => code + (s > 0 ? 2 ** i : 0), 0)]++;
  }
  const weights = Array.from(counts, (_, code) =>
    Math.exp(-problem.energy({ s: Int8Array.from({ length: n }, (_u, i) => ((code >> i) & 1 ? 1 : -1)), i: 0 }) / temperature),
  );
  const total = weights.reduce((a, b) => a + b);
  return counts.reduce(
    (sum, count, code) => sum + (count - (samples * weights[code]) / total) ** 2 / ((samples * weights[code]) / total),
    0,
  );
}

describe('metropolis', () => {
  const problem = ring(
    4,
    (i) => [1, -0.6, 0.8, 0.5][i],
    (i) => [0.3, -0.2, 0, 0.1][i],
  );

  it('samples the Boltzmann law over all 16 states (chi-square, 15 degrees of freedom, false alarms 1e-5 at 49)', () => {
    expect(boltzmannChiSquare(problem, 4, 1.5, 40_000, 25)).toBeLessThan(49);
  });

  it('would be caught by that test with a wrong energy change', () => {
    const wrong = { ...problem, propose: (state: Spins, rng: ReturnType<typeof stream>) => 0.9 * problem.propose(state, rng) };
    expect(boltzmannChiSquare(wrong, 4, 1.5, 40_000, 25)).toBeGreaterThan(49);
  });

  it('is greedy at temperature 0, a random walk at Infinity, and refuses a negative temperature', () => {
    const dynamics = metropolis(
      ring(
        50,
        () => 1,
        () => 0,
      ),
    );
    const block = new Block();
    const chain = dynamics.init(stream(1));
    let before = chain.energy;
    for (let k = 0; k < 200; k++) {
      dynamics.advance(chain, { temperature: 0 }, 10, stream(1, k), block);
      expect(chain.energy).toBeLessThanOrEqual(before);
      before = chain.energy;
    }
    block.clear(Infinity);
    dynamics.advance(chain, { temperature: Infinity }, 500, stream(2), block);
    expect([block.accepted, block.proposed, block.steps, block.evaluations]).toEqual([500, 500, 500, 500]);
    expect(() => dynamics.advance(chain, { temperature: -1 }, 1, stream(1), block)).toThrow(
      'temperature is -1, expected a number of at least 0',
    );
  });

  it('keeps the best state visited, the best at block ends, or the last', () => {
    const big = ring(
      40,
      () => 1,
      () => 0.01,
    );
    for (const keep of ['best', 'swept', 'last'] as const) {
      const dynamics = metropolis(big, { keep });
      const chain = dynamics.init(stream(3, 'init'));
      const rng = stream(3, 'run');
      const block = new Block();
      let best = big.energy(chain.state);
      let atEnds = best;
      const twin = metropolis(big).init(stream(3, 'init'));
      const twinRng = stream(3, 'run');
      for (let k = 0; k < 100; k++) {
        dynamics.advance(chain, { temperature: 2 }, 37, rng, block);
        for (let j = 0; j < 37; j++) {
          metropolis(big).advance(twin, { temperature: 2 }, 1, twinRng, new Block());
          best = Math.min(best, big.energy(twin.state));
        }
        atEnds = Math.min(atEnds, big.energy(twin.state));
      }
      const expected = { best, swept: atEnds, last: big.energy(twin.state) }[keep];
      const { state, energy } = dynamics.result(chain, 0, stream(1));
      expect(energy).toBeCloseTo(expected, 9);
      expect(big.energy(state)).toBe(energy);
      expect(dynamics.energy(chain)).toBeCloseTo(expected, 9);
    }
  });

  it('names a NaN energy change, an unknown option and a state that cannot be saved', () => {
    const nan = metropolis({ ...problem, propose: () => NaN });
    expect(() => nan.advance(nan.init(stream(1)), { temperature: 1 }, 1, stream(1), new Block())).toThrow('ring: propose returned NaN');
    // @ts-expect-error an unknown option is an error at compile time, too
    expect(() => metropolis(problem, { kept: 'best' })).toThrow(LehrError);
    const alive = { ...problem, init: () => ({ s: new Int8Array(4), i: 0, when: new Date() }) } as unknown as Problem<Spins>;
    expect(() => metropolis(alive).init(stream(1))).toThrow('ring: state.when is a Date');
  });

  it('goes on after save and load with the same bits', () => {
    const dynamics = metropolis(problem);
    const chain = dynamics.init(stream(1));
    dynamics.advance(chain, { temperature: 1 }, 100, stream(4), new Block());
    const loaded = dynamics.load(plainCopy(dynamics.save(chain), 'saved'));
    expect(loaded).toBeInstanceOf(Chain);
    for (const each of [chain, loaded]) dynamics.advance(each, { temperature: 1 }, 100, stream(5), new Block());
    expect(dynamics.save(loaded)).toEqual(dynamics.save(chain));
  });
});

import type { Progress } from 'lehr';
import type { SolveReport } from '#src/report/index';

/** A report of progress that is all zeros but for what is given. */
export function progress(given: Partial<Progress>): Progress {
  return {
    leg: 0,
    t: 0,
    steps: 0,
    evaluations: 0,
    seconds: 0,
    energy: 0,
    best: 0,
    acceptance: NaN,
    controls: {},
    signals: {},
    stopped: null,
    ...given,
  };
}

/** A trace of `count` reports that cools from 100 to 0.1 while its energy falls from about 1000 to 10. */
export function cooling(count: number, offset = 0): Progress[] {
  let best = Infinity;
  return Array.from({ length: count }, (_, k) => {
    const t = k / (count - 1);
    const energy = 10 + offset + 990 * (1 - t) * (1 - t) + 3 * (1 - t) * Math.sin(k * 1.7);
    best = Math.min(best, energy);
    return progress({
      t,
      steps: 1000 * k,
      evaluations: 1000 * k,
      seconds: k / 100,
      energy,
      best,
      acceptance: k === 0 ? NaN : 0.9 * Math.exp(-6 * t),
      controls: { temperature: 100 * Math.exp(-Math.log(1000) * t) },
      signals: { spread: k === 0 ? NaN : t },
      stopped: k === count - 1 ? 'budget' : null,
    });
  });
}

/** A finished solve of two chains, the second better. */
export const sample: SolveReport = {
  problem: 'tsp',
  instance: 'square4',
  n: 4,
  objective: 'tour length',
  sense: 'min',
  value: 1234567,
  known: 1200000,
  gap: 2.88,
  stopped: 'budget',
  seconds: 0.5,
  steps: 100_000,
  digest: 'ab'.repeat(32),
  command: 'lehr solve square4.tsp --steps 50000 --seed "a&b" --chains 2',
  reproducible: true,
  settings: [
    ['dynamics', 'metropolis'],
    ['temperature', 'exponential(100, 0.1)'],
  ],
  chains: [
    { chain: 0, value: 1234600, stopped: 'budget', trace: cooling(50, 5) },
    { chain: 1, value: 1234567, stopped: 'budget', trace: cooling(50) },
  ],
  scene: {
    width: 10,
    height: 10,
    items: [
      { kind: 'path', points: [0, 0, 10, 0, 10, 10, 0, 10], closed: true },
      { kind: 'dots', points: [0, 0, 10, 0, 10, 10, 0, 10], radius: 0.2 },
    ],
    caption: 'A tour of 4 cities',
  },
  version: '0.1.0',
};

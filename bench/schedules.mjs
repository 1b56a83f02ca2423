// Time per step of a Metropolis run under schedules that listen, against the same run under a plain one:
//   npm run bench:schedules [-- --steps N] [--rounds R] [--only WORD]
// Each case has a thread of its own, as in a search, so that none is slowed by what V8 learned of the others; rounds interleave them, and each case
// counts its fastest round, which a busy machine disturbs least. The ratios are the result.
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { anneal, metropolis } from 'lehr';
import { readInstance } from 'lehr/problems/tsp';
import { parse } from 'lehr/schedules';
import recipe from '../dist/problems/tsp/recipe.js';

/** A ring of n ±1 spins: a step costs little more than its random numbers, so the schedule shows. */
function ring(n) {
  return {
    name: 'ring',
    size: n,
    init: (rng) => ({ s: Int8Array.from({ length: n }, () => (rng.below(2) === 0 ? -1 : 1)), i: 0 }),
    energy: ({ s }) => s.reduce((sum, spin, i) => sum - spin * s[(i + 1) % n], 0),
    propose(state, rng) {
      const { s } = state;
      const i = rng.below(n);
      state.i = i;
      return 2 * s[i] * (s[i === n - 1 ? 0 : i + 1] + s[i === 0 ? n - 1 : i - 1]);
    },
    accept: (state) => void (state.s[state.i] = -state.s[state.i]),
    reject() {},
    copy: (from, to) => void to.s.set(from.s),
  };
}

const DYNAMICS = {
  'ring of 1000 spins, generic kernel': () => metropolis(ring(1000)),
  '1000 cities, own kernel': () => {
    const file = 'problems/instances/uniform-1000.tsp';
    return recipe({ instance: readInstance(readFileSync(file, 'utf8'), file) }).dynamics;
  },
};
/** For each dynamics: the plain schedule, and the first temperature of the Lam schedules, in its unit of energy. */
const TEMPERATURES = {
  'ring of 1000 spins, generic kernel': ['exponential(4, 0.2)', 2],
  '1000 cities, own kernel': ['exponential(30, 0.5)', 15],
};

/** The temperatures a run of Modified Lam has, as a plain schedule: the same walk, and so the same cost of a step, without listening. */
function replayed(dynamics, text, steps) {
  const course = [];
  anneal({ dynamics, controls: { temperature: parse(text) }, budget: { steps }, block: 50, every: 50, seed: 1 }, (p) =>
    course.push(p.controls.temperature),
  );
  const last = course.length - 1;
  return (t) => course[Math.max(1, Math.round(t * last))];
}

if (!isMainThread) {
  const { problem, text, block, steps, replay } = workerData;
  const dynamics = DYNAMICS[problem]();
  const temperature = replay ? replayed(dynamics, text, steps) : parse(text);
  // Processor time, not wall time: on a busy machine a longer run is interrupted more often. Only one thread runs at a time.
  const run = () => {
    const begun = process.cpuUsage();
    anneal({ dynamics, controls: { temperature }, budget: { steps }, block, seed: 1 });
    const { user, system } = process.cpuUsage(begun);
    return ((user + system) * 1e3) / steps;
  };
  // Warm before the first round that counts.
  run();
  run();
  parentPort.on('message', () => parentPort.postMessage(run()));
} else {
  const { values } = parseArgs({
    options: {
      steps: { type: 'string', default: '3e5' },
      rounds: { type: 'string', default: '25' },
      only: { type: 'string', default: '' },
    },
  });
  const steps = Number(values.steps);
  for (const problem of Object.keys(DYNAMICS).filter((each) => each.includes(values.only))) {
    const [plain, first] = TEMPERATURES[problem];
    const lam = `modified-lam(temperature: ${first})`;
    const cases = {
      [plain]: { text: plain },
      'the temperatures of modified-lam, not listening': { text: lam, replay: true },
      'modified-lam, blocks of 50 (default)': { text: lam },
      'modified-lam, blocks of 1': { text: lam, block: 1 },
      [`${plain}, blocks of 1`]: { text: plain, block: 1 },
      'a constant, blocks of 1': { text: '2', block: 1 },
      'self-tuning-lam, default block': { text: 'self-tuning-lam' },
    };
    const workers = Object.entries(cases).map(([name, data]) => [
      name,
      new Worker(new URL(import.meta.url), { workerData: { problem, steps, ...data } }),
      [],
    ]);
    for (let round = 0; round < Number(values.rounds); round++) {
      for (const [, worker, times] of workers) {
        times.push(
          await new Promise((resolve, reject) => {
            worker.once('message', resolve);
            worker.once('error', reject);
            worker.postMessage('run');
          }),
        );
        worker.removeAllListeners('error');
      }
    }
    for (const [, worker] of workers) await worker.terminate();
    const fastest = Object.fromEntries(workers.map(([name, , times]) => [name, Math.min(...times)]));
    const [one, two] = Object.values(fastest);
    console.log(`${problem}, ${steps} steps, fastest of ${values.rounds} rounds`);
    console.table(
      Object.entries(fastest).map(([schedule, time]) => ({
        schedule,
        'ns per step': +time.toFixed(1),
        '× the first': +(time / one).toFixed(2),
        '× the second': +(time / two).toFixed(2),
      })),
    );
  }
}

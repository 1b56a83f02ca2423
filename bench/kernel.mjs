// The generic Metropolis kernel against a loop written by hand for the same problem, draw for draw: npm run bench:kernel
// Each problem has a worker of its own, as in a run; the two programs take turns in it. Prints moves per second and the ratio of times.
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { Bench } from 'tinybench';
import { Block, metropolis, stream } from 'lehr';
import { accepts } from '#src/dynamics/acceptance';

const STEPS = 1_000_000;

/** Number partitioning of 1,000 weights. */
function partition() {
  const n = 1000;
  const rng = stream(1, 'weights');
  const weights = Float64Array.from({ length: n }, () => 1 + rng.below(1_000_000));
  const sumOf = (side) => side.reduce((sum, s, i) => sum + s * weights[i], 0);
  const temperature = 1e5;
  const problem = {
    name: 'partition',
    size: n,
    init(draws) {
      const side = Int8Array.from(weights, () => (draws.below(2) === 0 ? -1 : 1));
      return { side, sum: sumOf(side), i: 0 };
    },
    energy: ({ side }) => Math.abs(sumOf(side)),
    propose(state, draws) {
      state.i = draws.below(n);
      return Math.abs(state.sum - 2 * state.side[state.i] * weights[state.i]) - Math.abs(state.sum);
    },
    accept(state) {
      state.sum -= 2 * state.side[state.i] * weights[state.i];
      state.side[state.i] = -state.side[state.i];
    },
    reject() {},
    copy(from, to) {
      to.side.set(from.side);
      to.sum = from.sum;
      to.i = from.i;
    },
  };
  const byHand = (draws) => {
    const { side } = problem.init(stream(1, 'init'));
    let sum = sumOf(side);
    const best = side.slice();
    let bestEnergy = Math.abs(sum);
    let atBest = true;
    return (steps) => {
      let energy = Math.abs(sum);
      for (let k = 0; k < steps; k++) {
        const i = draws.below(n);
        const next = sum - 2 * side[i] * weights[i];
        const delta = Math.abs(next) - Math.abs(sum);
        const draw = draws.uint32();
        if (delta > 0 && !accepts(delta / temperature, draw)) continue;
        if (delta > 0 && atBest) {
          best.set(side);
          atBest = false;
        }
        side[i] = -side[i];
        sum = next;
        energy += delta;
        if (energy < bestEnergy) {
          bestEnergy = energy;
          atBest = true;
        }
      }
      return energy;
    };
  };
  return { problem, temperature, byHand };
}

/** A sparse Ising model: 1,000 spins, 6 random ±1 bonds each, cached local fields. */
function ising() {
  const n = 1000;
  const rng = stream(1, 'bonds');
  const rows = Array.from({ length: n }, () => []);
  for (let b = 0; b < 3 * n; b++) {
    const i = rng.below(n);
    const j = (i + 1 + rng.below(n - 1)) % n;
    const bond = rng.below(2) === 0 ? -1 : 1;
    rows[i].push([j, bond]);
    rows[j].push([i, bond]);
  }
  const begin = Int32Array.from({ length: n + 1 }, (_, i) => rows.slice(0, i).reduce((sum, row) => sum + row.length, 0));
  const neighbour = Int32Array.from(rows.flat(), ([j]) => j);
  const bonds = Int32Array.from(rows.flat(), ([, bond]) => bond);
  const temperature = 1;
  const fieldOf = (spins) =>
    Int32Array.from(spins, (_, i) => {
      let field = 0;
      for (let k = begin[i]; k < begin[i + 1]; k++) field += bonds[k] * spins[neighbour[k]];
      return field;
    });
  const energyOf = (spins) => -fieldOf(spins).reduce((sum, field, i) => sum + field * spins[i], 0) / 2;
  const flip = (spins, field, i) => {
    const change = -2 * spins[i];
    spins[i] = -spins[i];
    for (let k = begin[i]; k < begin[i + 1]; k++) field[neighbour[k]] += bonds[k] * change;
  };
  const problem = {
    name: 'ising',
    size: n,
    init(draws) {
      const spins = Int8Array.from({ length: n }, () => (draws.below(2) === 0 ? -1 : 1));
      return { spins, field: fieldOf(spins), i: 0 };
    },
    energy: ({ spins }) => energyOf(spins),
    propose(state, draws) {
      state.i = draws.below(n);
      return 2 * state.spins[state.i] * state.field[state.i];
    },
    accept(state) {
      flip(state.spins, state.field, state.i);
    },
    reject() {},
    copy(from, to) {
      to.spins.set(from.spins);
      to.field.set(from.field);
      to.i = from.i;
    },
  };
  const byHand = (draws) => {
    const { spins, field } = problem.init(stream(1, 'init'));
    const bestSpins = spins.slice();
    const bestField = field.slice();
    let energy = energyOf(spins);
    let bestEnergy = energy;
    let atBest = true;
    return (steps) => {
      for (let k = 0; k < steps; k++) {
        const i = draws.below(n);
        const delta = 2 * spins[i] * field[i];
        const draw = draws.uint32();
        if (delta > 0 && !accepts(delta / temperature, draw)) continue;
        if (delta > 0 && atBest) {
          bestSpins.set(spins);
          bestField.set(field);
          atBest = false;
        }
        flip(spins, field, i);
        energy += delta;
        if (energy < bestEnergy) {
          bestEnergy = energy;
          atBest = true;
        }
      }
      return energy;
    };
  };
  return { problem, temperature, byHand };
}

const PROBLEMS = { partition, ising };

if (isMainThread) {
  console.log('problem     generic M moves/s   by hand M moves/s   generic ÷ by hand, time');
  for (const name of Object.keys(PROBLEMS)) {
    await new Promise((resolve, reject) => {
      const worker = new Worker(new URL(import.meta.url), { workerData: name });
      worker.on('message', (line) => console.log(line));
      worker.on('error', reject);
      worker.on('exit', resolve);
    });
  }
} else {
  const { problem, temperature, byHand } = PROBLEMS[workerData]();
  const dynamics = metropolis(problem);
  const chain = dynamics.init(stream(1, 'init'));
  const draws = stream(1, 'run');
  const block = new Block();
  const loop = byHand(stream(1, 'run'));
  const generic = (steps) => {
    dynamics.advance(chain, { temperature }, steps, draws, block);
    return chain.energy;
  };
  if (generic(STEPS) !== loop(STEPS)) throw new Error(`${workerData}: the two programs differ`);
  const sink = [];
  // Rounds that alternate: what disturbs one program disturbs the other.
  const times = { generic: [], byHand: [] };
  for (let round = 0; round < 5; round++) {
    const bench = new Bench({ time: 400, warmupTime: 100 });
    bench.add('generic', () => sink.push(generic(STEPS)));
    bench.add('byHand', () => sink.push(loop(STEPS)));
    await bench.run();
    for (const task of bench.tasks) times[task.name].push(task.result.latency.min);
  }
  const least = (list) => Math.min(...list);
  const [a, b] = [least(times.generic), least(times.byHand)];
  const rate = (ms) => (STEPS / ms / 1000).toFixed(1).padStart(17);
  parentPort.postMessage(`${workerData.padEnd(10)} ${rate(a)} ${rate(b)} ${(a / b).toFixed(3).padStart(25)}`);
}

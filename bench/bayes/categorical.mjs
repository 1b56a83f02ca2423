// Categorical mixtures: a planted table of a million rows × 10 columns of 10 values in 50 groups, annealed with five visits a row; time per assignment from 10⁴ rows to 10⁶; and what
// a Gibbs move costs beside one on nested arrays with logarithms, the usual way to write it.
import { anneal, stream, subsampleGibbs } from 'lehr';
import { adjustedRand } from 'lehr/experiment';
import { mixtureModel } from 'lehr/problems/mixture';
import { linear } from 'lehr/schedules';

const FEATURES = 10;
const VALUES = 10;
const GROUPS = 50;
const VISITS = 5;
/** A value is its group's own with this probability, else any. */
const OWN = 0.8;

function planted(rows) {
  const rng = stream(7, 'planted');
  const own = Array.from({ length: GROUPS * FEATURES }, () => rng.below(VALUES));
  const truth = new Int32Array(rows);
  const codes = new Uint8Array(rows * FEATURES);
  for (let row = 0; row < rows; row++) {
    const k = (truth[row] = rng.below(GROUPS));
    for (let f = 0; f < FEATURES; f++) codes[row * FEATURES + f] = rng.uniform() < OWN ? own[k * FEATURES + f] : rng.below(VALUES);
  }
  const labels = Array.from({ length: VALUES }, (_, v) => `v${v}`);
  const features = Array.from({ length: FEATURES }, (_, f) => ({ kind: 'categorical', name: `f${f}`, labels, column: f, gaps: false }));
  return { truth, data: { rows, codes, features } };
}

const cpu = () => process.cpuUsage().user / 1e6;

function annealed(rows) {
  const { truth, data } = planted(rows);
  const plan = {
    dynamics: subsampleGibbs(mixtureModel(data)),
    controls: { fraction: linear(0, 1) },
    budget: { steps: (2 * VISITS - 1) * rows },
    seed: 1,
  };
  const [began, used] = [performance.now(), cpu()];
  const { evaluations, result } = anneal(plan);
  const seconds = (performance.now() - began) / 1000;
  const each = ((cpu() - used) * 1e6) / evaluations;
  return { seconds, each, groups: result.groups.sizes.length, agreement: adjustedRand(result.groups.assignment, truth) };
}

/** Gibbs moves over nested arrays [group][feature][value] and logarithms, groups held as they were planted. */
function nested({ truth, data }) {
  const { rows, codes } = data;
  const counts = Array.from({ length: GROUPS }, () => Array.from({ length: FEATURES }, () => Array(VALUES).fill(0)));
  const sizes = Array(GROUPS).fill(0);
  const move = (row, k, by) => {
    sizes[k] += by;
    for (let f = 0; f < FEATURES; f++) counts[k][f][codes[row * FEATURES + f]] += by;
  };
  const at = truth.slice();
  for (let row = 0; row < rows; row++) move(row, at[row], 1);
  const rng = stream(1, 'nested');
  const used = cpu();
  for (let row = 0; row < rows; row++) {
    move(row, at[row], -1);
    const logs = counts.map((group, k) => {
      let log = Math.log(sizes[k] + 1e-9);
      for (let f = 0; f < FEATURES; f++) log += Math.log((group[f][codes[row * FEATURES + f]] + 1) / (sizes[k] + VALUES));
      return log;
    });
    const most = Math.max(...logs);
    const weights = logs.map((log) => Math.exp(log - most));
    let goal = rng.uniform() * weights.reduce((a, b) => a + b);
    let k = 0;
    while (k < GROUPS - 1 && goal >= weights[k]) goal -= weights[k++];
    at[row] = k;
    move(row, k, 1);
  }
  return (rows * FEATURES * GROUPS) / (cpu() - used) / 1e6;
}

/** The same moves by the kernel: whole moves, and scores alone. */
function kernel({ truth, data }) {
  const model = mixtureModel(data, { alpha: 0.01, hyper: 'fixed' });
  const groups = model.empty();
  const places = new Map();
  for (let row = 0; row < data.rows; row++) {
    if (!places.has(truth[row])) places.set(truth[row], groups.vacant);
    model.add(groups, 0, row, places.get(truth[row]));
  }
  const rng = stream(1, 'kernel');
  const rate = (each) => {
    const used = cpu();
    for (let row = 0; row < data.rows; row++) each(row);
    return (data.rows * FEATURES * groups.groups) / (cpu() - used) / 1e6;
  };
  const weights = new Float64Array(1024);
  const scores = (row) => groups.discrete.weigh(row, groups.prior, groups.top, weights);
  const moves = (row) => {
    groups.remove(row);
    groups.assign(row, rng);
  };
  for (const warm of [scores, moves]) rate(warm);
  return { moves: rate(moves), scores: rate(scores), groups: groups.groups };
}

export default function run() {
  for (let turn = 0; turn < 4; turn++) annealed(10_000);
  const runs = [10_000, 100_000, 1_000_000].map((rows) => [rows, annealed(rows)]);
  const memory = process.resourceUsage().maxRSS / 1024;
  for (const [rows, { seconds, each, groups, agreement }] of runs)
    console.log(
      `${rows} rows, ${VISITS} visits: ${seconds.toFixed(2)} s, ${each.toFixed(3)} µs of CPU an assignment, ${groups} groups, adjusted Rand ${agreement.toFixed(4)}`,
    );
  const times = runs.map(([, { each }]) => each);
  console.log(
    `slowest over fastest assignment: ${(Math.max(...times) / Math.min(...times)).toFixed(2)}; peak memory ${memory.toFixed(0)} MiB`,
  );
  const table = planted(100_000);
  const before = nested(table);
  const { moves, scores, groups } = kernel(table);
  console.log(
    `at ${groups} groups, million row·feature·group a second: nested arrays ${before.toFixed(0)}, moves ${moves.toFixed(0)} (${(moves / before).toFixed(1)}×), scores alone ${scores.toFixed(0)} (${(scores / before).toFixed(1)}×)`,
  );
}

// Gibbs sampling of rows of numbers and counts, hyperparameters held: values weighed per second (row · column · group), and ns each.
import { anneal, stream, subsampleGibbs } from 'lehr';
import { mixtureModel } from 'lehr/problems/mixture';

const ROWS = 5_000;
const GROUPS = 20;
const COLUMNS = 8;
const VISITS = 6;
/** Weak priors as wide as the columns. */
const START = { normal: [0, 0.05, 0.1, 2], poisson: [1, 0.1] };

/** Columns of one kind about centres of planted groups. */
function planted(kind) {
  const rng = stream(1, kind);
  const group = Int32Array.from({ length: ROWS }, () => rng.below(GROUPS));
  const features = Array.from({ length: COLUMNS }, (_, f) => {
    const centres = Array.from({ length: GROUPS }, () => 20 * rng.uniform());
    const values = Float64Array.from(group, (k) =>
      kind === 'normal' ? (centres[k] - 10) / 5 + 0.3 * rng.normal() : Math.floor(centres[k] + 3 * rng.uniform()),
    );
    return { kind, name: `${kind} ${f}`, values, centre: 0, scale: 1 };
  });
  return { rows: ROWS, features, codes: new Uint8Array(0) };
}

export default function run() {
  for (const kinds of [['normal'], ['poisson'], ['normal', 'poisson']]) {
    const parts = kinds.map(planted);
    const data = { ...parts[0], features: parts.flatMap(({ features }) => features) };
    const priors = Object.fromEntries(data.features.map(({ name, kind }) => [name, { start: START[kind] }]));
    const times = [];
    let groups = 0;
    for (let turn = 0; turn < 5; turn++) {
      const before = process.cpuUsage();
      const { result } = anneal({
        dynamics: subsampleGibbs(mixtureModel(data, { hyper: 'fixed', alpha: 5, priors })),
        controls: { fraction: 1 },
        budget: { evaluations: VISITS * ROWS },
        seed: 1,
      });
      times.push(process.cpuUsage(before).user / 1e6);
      groups = result.groups.sizes.length;
    }
    const best = Math.min(...times);
    const values = VISITS * ROWS * data.features.length;
    console.log(
      `${kinds.join(' and ')}: ${groups} groups, ${((1e6 * best) / (VISITS * ROWS)).toFixed(2)} µs a row, ${((1e9 * best) / (values * groups)).toFixed(2)} ns a value and group`,
    );
  }
}

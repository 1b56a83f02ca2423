// ns per draw, and the ratio to Math.random: `npm run build && node bench/random.mjs`.
import { Bench } from 'tinybench';
import { gamma, permutation, stream, weighted } from '#src/random/index';

const DRAWS = 100_000;
const rng = stream(1, 'bench');
const table = weighted(Array.from({ length: 1000 }, (_, i) => 1 + (i % 7)));
// Each case has its own loop: a shared one would see all of them and be slow for all.
const cases = {
  'Math.random': () => {
    let sum = 0;
    // oxlint-disable-next-line no-restricted-properties -- the yardstick
    for (let i = 0; i < DRAWS; i++) sum += Math.random();
    return sum;
  },
  uint32: () => {
    let sum = 0;
    for (let i = 0; i < DRAWS; i++) sum += rng.uint32();
    return sum;
  },
  uniform: () => {
    let sum = 0;
    for (let i = 0; i < DRAWS; i++) sum += rng.uniform();
    return sum;
  },
  'below(1000)': () => {
    let sum = 0;
    for (let i = 0; i < DRAWS; i++) sum += rng.below(1000);
    return sum;
  },
  'below(3000000)': () => {
    let sum = 0;
    for (let i = 0; i < DRAWS; i++) sum += rng.below(3_000_000);
    return sum;
  },
  normal: () => {
    let sum = 0;
    for (let i = 0; i < DRAWS; i++) sum += rng.normal();
    return sum;
  },
  exponential: () => {
    let sum = 0;
    for (let i = 0; i < DRAWS; i++) sum += rng.exponential();
    return sum;
  },
  gumbel: () => {
    let sum = 0;
    for (let i = 0; i < DRAWS; i++) sum += rng.gumbel();
    return sum;
  },
  'gamma(4.5)': () => {
    let sum = 0;
    for (let i = 0; i < DRAWS; i++) sum += gamma(rng, 4.5);
    return sum;
  },
  'gamma(0.3)': () => {
    let sum = 0;
    for (let i = 0; i < DRAWS; i++) sum += gamma(rng, 0.3);
    return sum;
  },
  'weighted, 1000': () => {
    let sum = 0;
    for (let i = 0; i < DRAWS; i++) sum += table.draw(rng);
    return sum;
  },
  'permutation, per item': () => permutation(rng, DRAWS)[0],
};

const sink = [];
const bench = new Bench({ time: 300, warmupTime: 100 });
for (const [name, run] of Object.entries(cases)) bench.add(name, () => sink.push(run()));
await bench.run();

const nanoseconds = bench.tasks.map((task) => ({ name: task.name, ns: (task.result.latency.p50 * 1e6) / DRAWS }));
const yardstick = nanoseconds[0].ns;
console.table(
  nanoseconds.map(({ name, ns }) => ({ draw: name, 'ns (median)': +ns.toFixed(2), '× Math.random': +(ns / yardstick).toFixed(2) })),
);
const start = performance.now();
for (let i = 0; i < 2000; i++) sink.push(stream(1, 'bench', i).a);
console.log(`stream(seed, 'bench', i): ${((performance.now() - start) / 2).toFixed(1)} µs`);

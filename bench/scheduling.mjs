// Gaps over the best known for a folder of wt and wtsds files: npm run bench:scheduling -- DIR [--seconds S] [--seeds N] [--only NAME,NAME] [--until-known]
// DIR, or the folder above it, holds best-known.csv; files may lie in folders of DIR. One chain per run, nothing but the seconds given; medians over seeds.
// --until-known ends a run at the best known value, to save time: gaps are the same, but for values better than that.
// First, how much faster a proposal is than a full evaluation and than the generic kernel, in steps at the temperatures of the middle of a run.
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { anneal, metropolis, stream, suggestTemperatures } from 'lehr';
import { readWt, readWtsds, tardiness } from 'lehr/problems/scheduling';
import { fromSpec } from 'lehr/schedules';
import recipe from '../dist/problems/scheduling/recipe.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seconds: { type: 'string', default: '10' },
    seeds: { type: 'string', default: '3' },
    only: { type: 'string' },
    'until-known': { type: 'boolean', default: false },
  },
});
if (positionals.length !== 1) throw new Error('expected one folder: npm run bench:scheduling -- DIR');
const folder = resolve(positionals[0]);
const csv = [folder, dirname(folder)].map((each) => join(each, 'best-known.csv')).find(existsSync);
if (csv === undefined) throw new Error(`no best-known.csv in ${folder} or above it`);

const cache = new Map();
function instanceOf(family, file) {
  const [name, item = '1'] = file.split('#');
  const path = [join(folder, name), join(folder, basename(name))].find(existsSync);
  if (path === undefined) return undefined;
  if (!cache.has(path))
    cache.set(path, family === 'wt' ? readWt(readFileSync(path, 'utf8'), path) : [readWtsds(readFileSync(path, 'utf8'), path)]);
  return cache.get(path)[Number(item) - 1];
}

const rows = readFileSync(csv, 'utf8')
  .split('\n')
  .map((line) => line.split(','))
  .filter(
    ([family, name]) => (family === 'wt' || family === 'wtsds') && (values.only === undefined || values.only.split(',').includes(name)),
  )
  .map(([family, name, file, , , , known]) => ({ family, name, known: Number(known), instance: instanceOf(family, file) }))
  .filter(({ instance }) => instance !== undefined);

/** Microseconds a step of a problem takes at one temperature. */
function microseconds(problem, temperature, steps) {
  const { seconds } = anneal({ dynamics: metropolis(problem), controls: { temperature }, budget: { steps }, seed: 1 });
  return (seconds / steps) * 1e6;
}

for (const family of ['wt', 'wtsds']) {
  const row = rows.filter((each) => each.family === family).at(-1);
  if (row === undefined) continue;
  const problem = tardiness(row.instance);
  const { from, to } = suggestTemperatures(problem, { seed: 1 });
  const temperature = Math.sqrt(from * to);
  const own = microseconds(problem, temperature, 2e6);
  const generic = microseconds({ ...problem, sweep: undefined }, temperature, 2e5);
  const state = problem.init(stream(1));
  const began = performance.now();
  let sum = 0;
  for (let k = 0; k < 2e5; k++) sum += problem.energy(state);
  const full = (performance.now() - began) / 200;
  console.log(
    `${row.name} at temperature ${temperature.toFixed(1)}: ${own.toFixed(3)} µs a step; ${(generic / own).toFixed(1)} times that in the generic kernel with plain changes, ` +
      `${(full / own).toFixed(1)} times that for a full evaluation alone (checksum ${sum / 2e5})`,
  );
}

console.log('file          n  seconds       known  median gap  median gap %  worst gap %  best known reached  million steps/s');
const totals = new Map();
for (const { family, name, known, instance } of rows) {
  const { dynamics, problem } = recipe({ instance });
  const until = values['until-known'] ? { until: { energy: known } } : {};
  const found = [];
  let rate = 0;
  for (let seed = 1; seed <= Number(values.seeds); seed++) {
    const budget = { seconds: Number(values.seconds) };
    const { spec } = suggestTemperatures(problem, { seed, budget });
    const { energy, steps, seconds } = anneal({ dynamics, controls: { temperature: fromSpec(spec) }, budget, seed, ...until });
    found.push(energy);
    rate = steps / seconds / 1e6;
  }
  found.sort((a, b) => a - b);
  const median = found[found.length >> 1];
  const percent = (energy) => (energy === known ? '0.000' : known === 0 ? '∞' : (100 * (energy / known - 1)).toFixed(3));
  const key = family === 'wt' ? `wt${instance.n}` : family;
  const total = totals.get(key) ?? { files: 0, hit: 0, zeros: 0, zero: 0, sum: 0, known: 0 };
  totals.set(key, total);
  total.files++;
  if (median <= known) total.hit++;
  if (known === 0) total.zeros++;
  if (known === 0 && median === 0) total.zero++;
  total.sum += median;
  total.known += known;
  console.log(
    `${name.padEnd(10)} ${String(instance.n).padStart(4)} ${values.seconds.padStart(8)} ${String(known).padStart(11)} ${String(median - known).padStart(11)} ${percent(median).padStart(13)} ${percent(found.at(-1)).padStart(12)} ${`${found.filter((energy) => energy <= known).length} of ${found.length}`.padStart(19)} ${rate.toFixed(1).padStart(16)}`,
  );
}
for (const [key, { files, hit, zeros, zero, sum, known }] of totals) {
  console.log(
    `${key}: best known reached on ${hit} of ${files} files (${zero} of the ${zeros} with optimum 0), sum of medians ${known === 0 ? 0 : (100 * (sum / known - 1)).toFixed(3)} % over the best known`,
  );
}

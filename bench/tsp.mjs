// Gaps over the best known tours for a folder of TSPLIB files: npm run bench:tsp -- DIR [--seconds S] [--seeds N] [--only NAME,NAME]
// DIR, or the folder above it, holds best-known.csv. One chain per run, nothing but the seconds given; medians over seeds.
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { anneal, suggestTemperatures } from 'lehr';
import { readInstance } from 'lehr/problems/tsp';
import { fromSpec } from 'lehr/schedules';
import recipe from '../dist/problems/tsp/recipe.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seconds: { type: 'string', default: '10' }, seeds: { type: 'string', default: '3' }, only: { type: 'string' } },
});
if (positionals.length !== 1) throw new Error('expected one folder: npm run bench:tsp -- DIR');
const folder = resolve(positionals[0]);
const csv = [folder, dirname(folder)].map((each) => join(each, 'best-known.csv')).find(existsSync);
if (csv === undefined) throw new Error(`no best-known.csv in ${folder} or above it`);

const rows = readFileSync(csv, 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('tsp,'))
  .map((line) => line.split(','));
console.log('file          n  seconds  median gap %  worst gap %  million proposals/s');
const medians = [];
for (const [, name, file, , , , known] of rows) {
  if (values.only !== undefined && !values.only.split(',').includes(name)) continue;
  const path = join(folder, basename(file));
  if (!existsSync(path)) continue;
  const instance = readInstance(readFileSync(path, 'utf8'), path);
  const { dynamics, problem } = recipe({ instance });
  const gaps = [];
  let rate = 0;
  for (let seed = 1; seed <= Number(values.seeds); seed++) {
    const budget = { seconds: Number(values.seconds) };
    const { spec } = suggestTemperatures(problem, { seed, budget });
    const { energy, steps, seconds } = anneal({ dynamics, controls: { temperature: fromSpec(spec) }, budget, seed });
    gaps.push(100 * (energy / Number(known) - 1));
    rate = steps / seconds / 1e6;
  }
  gaps.sort((a, b) => a - b);
  const median = gaps[gaps.length >> 1];
  medians.push(median);
  console.log(
    `${name.padEnd(10)} ${String(instance.n).padStart(4)} ${values.seconds.padStart(8)} ${median.toFixed(3).padStart(13)} ${gaps.at(-1).toFixed(3).padStart(12)} ${rate.toFixed(1).padStart(20)}`,
  );
}
console.log(`mean of ${medians.length} medians: ${(medians.reduce((a, b) => a + b, 0) / medians.length).toFixed(3)} %`);

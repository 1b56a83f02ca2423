// P-VAL against VAL on weighted tardiness files: npm run bench:restarts -- DIR [--seconds S] [--chains P] [--only NAME,NAME]
// DIR, or the folder above it, holds best-known.csv. For each file: one chain of variable annealing length for S seconds (10), then P chains (2) of the parallel one on P
// workers; printed is how long these took to be as good as the one was at its end. Temperatures are chosen as `lehr solve` does.
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { suggestTemperatures, variableLength } from 'lehr';
import { multistart } from 'lehr/parallel';
import { readWt, readWtsds, tardiness } from 'lehr/problems/scheduling';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seconds: { type: 'string', default: '10' }, chains: { type: 'string', default: '2' }, only: { type: 'string' } },
});
if (positionals.length !== 1) throw new Error('expected one folder: npm run bench:restarts -- DIR');
const folder = resolve(positionals[0]);
const csv = [folder, dirname(folder)].map((each) => join(each, 'best-known.csv')).find(existsSync);
if (csv === undefined) throw new Error(`no best-known.csv in ${folder} or above it`);
const [seconds, chains] = [Number(values.seconds), Number(values.chains)];
const recipe = new URL('../dist/problems/scheduling/recipe.js', import.meta.url);

const rows = readFileSync(csv, 'utf8')
  .split('\n')
  .map((line) => line.split(','))
  .filter(([family, name]) => (values.only === undefined ? family === 'wtsds' : values.only.split(',').includes(name)));
console.log(`file          n       known      VAL, ${seconds} s   P-VAL, ${seconds} s   P-VAL as good after`);
const times = [];
for (const [family, name, file, , , , known] of rows) {
  const [relative, item = '1'] = file.split('#');
  const path = [join(folder, relative), join(folder, basename(relative))].find(existsSync);
  if (path === undefined) continue;
  const text = readFileSync(path, 'utf8');
  const instance = family === 'wt' ? readWt(text, path)[Number(item) - 1] : readWtsds(text, path);
  const { from, to } = suggestTemperatures(tardiness(instance), { seed: 1 });
  const run = async (count) => {
    const first = { perVariable: 100 };
    const course = [];
    const { best } = await multistart({
      module: recipe,
      params: { instance },
      chains: count,
      workers: count,
      seed: 1,
      budget: { seconds },
      every: seconds / 2000,
      controls: { temperature: { schedule: 'exponential', from, to } },
      restarts: { lengths: variableLength({ first, chains: count }) },
      observe: (event) => event.kind === 'progress' && course.push([event.progress.seconds, event.progress.best]),
    });
    return { best, course };
  };
  const one = await run(1);
  const goal = one.course.reduce((least, [, best]) => Math.min(least, best), Infinity);
  const reached = one.course.filter(([, best]) => best <= goal).reduce((least, [at]) => Math.min(least, at), Infinity);
  const many = await run(chains);
  const at = many.course.filter(([, best]) => best <= goal).reduce((least, [at]) => Math.min(least, at), Infinity);
  times.push(at);
  console.log(
    `${name.padEnd(10)} ${String(instance.n).padStart(4)} ${known.padStart(11)} ${String(goal).padStart(14)} ${String(many.course.reduce((least, [, best]) => Math.min(least, best), Infinity)).padStart(13)} ${at === Infinity ? '     not in time' : `${at.toFixed(2).padStart(14)} s`} (VAL itself ${reached.toFixed(2)} s)`,
  );
}
times.sort((a, b) => a - b);
console.log(
  `median over ${times.length} files: P-VAL with ${chains} chains is as good as VAL after ${seconds} s in ${times[times.length >> 1]?.toFixed(2)} s`,
);

import { formatCount, formatGap, formatNumber, formatSeconds } from '../../report/terminal.ts';
import type { Begun } from './begin.ts';
import { gapOf } from './known.ts';
import { STDOUT, writeStdout } from '../files/output.ts';
import type { SolveOptions } from './solve-options.ts';
import { finish, leave, run, type Ran } from './solve.ts';
import { tableLines } from '../terminal/table-lines.ts';

/** Several objectives in brief. */
export interface Spread {
  readonly runs: number;
  readonly best: number;
  readonly median: number;
  readonly worst: number;
  readonly mean: number;
  /** Sample standard deviation; null for a single run. */
  readonly deviation: number | null;
  /** Of the median, in percent. */
  readonly gap: number | null;
}

/** Solves once per seed and tells median and spread; the best run's solution is the one that is left behind. */
export async function solveSeeds(
  begun: Begun,
  [first, last]: readonly [number, number],
  options: SolveOptions,
  signal: AbortSignal,
): Promise<number> {
  const runs: Ran[] = [];
  for (let seed = first; seed <= last && (seed === first || !signal.aborted); seed++) {
    const ran = await run({ ...begun, task: { ...begun.task, seed } }, options, signal, seed === first ? '' : `seed ${seed}  `);
    runs.push(ran);
    if (options.quiet !== true)
      process.stderr.write(
        `seed ${seed}: ${ran.json.objectiveName} ${formatNumber(ran.json.objective, 15)} after ${formatSeconds(ran.json.seconds)}\n`,
      );
  }
  const [{ subject, task }] = runs;
  const { sense } = subject.family;
  const worse = (a: number, b: number): number => (sense === 'min' ? a - b : b - a);
  const best = runs.reduce((least, ran) => (worse(ran.json.objective, least.json.objective) < 0 ? ran : least));
  const spread = spreadOf(runs.map(({ json }) => json.objective).sort(worse), task.known, sense);
  await leave(best);
  if (task.outputs.output === STDOUT) await writeStdout(best.solved.solution);
  else if (options.json === true) {
    await writeStdout(`${JSON.stringify({ ...best.json, seeds: [first, last], spread, runs: runs.map(({ json }) => json) }, null, 2)}\n`);
  } else await writeStdout(table(runs, spread));
  return finish(runs, signal, options);
}

/** @param values from best to worst. */
export function spreadOf(values: readonly number[], known: number | null, sense: 'min' | 'max'): Spread {
  const n = values.length;
  const median = (values[(n - 1) >> 1] + values[n >> 1]) / 2;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const squares = values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0);
  return {
    runs: n,
    best: values[0],
    median,
    worst: values[n - 1],
    mean,
    deviation: n < 2 ? null : Math.sqrt(squares / (n - 1)),
    gap: gapOf(median, known, sense),
  };
}

function table(runs: readonly Ran[], spread: Spread): string {
  const [{ json, task }] = runs;
  const gaps = json.gap !== null;
  const rows = [
    ['seed', json.objectiveName, ...(gaps ? ['gap'] : []), 'steps', 'time'],
    ...runs.map(({ json: each }) => [
      String(each.seed),
      formatNumber(each.objective, 15),
      ...(gaps ? [formatGap(each.gap!)] : []),
      formatCount(each.steps),
      formatSeconds(each.seconds),
    ]),
  ];
  const lines = tableLines(rows, () => false);
  const gap = spread.gap === null ? '' : ` (${formatGap(spread.gap)} against the known ${formatNumber(task.known!, 15)})`;
  const deviation = spread.deviation === null ? '' : `, standard deviation ${formatNumber(spread.deviation, 4)}`;
  lines.push(
    '',
    `  median ${formatNumber(spread.median, 15)}${gap}, best ${formatNumber(spread.best, 15)}, worst ${formatNumber(spread.worst, 15)}, mean ${formatNumber(spread.mean, 9)}${deviation}`,
  );
  return `${json.instance} (${json.problem}, n = ${formatCount(json.n)})\n${lines.join('\n')}\n`;
}

import { formatCount, formatNumber, formatPercent, formatSeconds } from '../../report/terminal.ts';
import { STDOUT, writeStdout } from '../files/output.ts';
import { spreadOf } from '../solve/seeds.ts';
import { tableLines } from '../terminal/table-lines.ts';
import { finishTraining, leaveTraining, runTraining, type RanTraining } from './train.ts';
import type { BegunTraining } from './train-begin.ts';
import type { TrainOptions } from './train-options.ts';

/** Trains once per seed, on the same split, and tells median and spread; the model that is best on the validation rows is the one that is left behind. */
export async function trainSeeds(
  begun: BegunTraining,
  [first, last]: readonly [number, number],
  options: TrainOptions,
  signal: AbortSignal,
): Promise<number> {
  const runs: RanTraining[] = [];
  for (let seed = first; seed <= last && (seed === first || !signal.aborted); seed++) {
    const ran = await runTraining({ ...begun, task: { ...begun.task, seed } }, options, signal, seed === first ? '' : `seed ${seed}  `);
    runs.push(ran);
    if (options.quiet !== true)
      process.stderr.write(`seed ${seed}: ${named(ran)} loss ${formatNumber(worth(ran), 6)} after ${formatSeconds(ran.json.seconds)}\n`);
  }
  const best = runs.reduce((least, ran) => (worth(ran) < worth(least) ? ran : least));
  const of = (value: (ran: RanTraining) => number, sense: 'min' | 'max' = 'min'): ReturnType<typeof spreadOf> =>
    spreadOf(
      runs.map(value).sort((a, b) => (sense === 'min' ? a - b : b - a)),
      null,
      sense,
    );
  const spread = {
    [named(best)]: of(worth),
    ...(best.json.test === null ? {} : { test: of(({ json }) => json.test!) }),
    ...(best.json.accuracy === null ? {} : { accuracy: of(({ json }) => json.accuracy!, 'max') }),
  };
  await leaveTraining(best);
  const { task, json, file } = best;
  if (task.outputs.output === STDOUT) await writeStdout(file);
  else if (options.json === true)
    await writeStdout(`${JSON.stringify({ ...json, seeds: [first, last], spread, runs: runs.map((ran) => ran.json) }, null, 2)}\n`);
  else await writeStdout(table(runs, spread));
  return finishTraining(runs, signal, options);
}

/** What runs are compared by, and its name. */
function worth({ json }: RanTraining): number {
  return json.validation ?? json.loss;
}

function named({ json }: RanTraining): 'validation' | 'training' {
  return json.validation === null ? 'training' : 'validation';
}

function table(runs: readonly RanTraining[], spread: Readonly<Record<string, ReturnType<typeof spreadOf>>>): string {
  const [{ learner, json }] = runs;
  const text = (value: number | null, name: string): string =>
    value === null ? '' : name === 'accuracy' ? formatPercent(value) : formatNumber(value, 6);
  const columns = Object.keys(spread);
  const valueOf = (ran: RanTraining, name: string): number | null =>
    name === 'test' ? ran.json.test : name === 'accuracy' ? ran.json.accuracy : worth(ran);
  const rows = [
    ['seed', ...columns, 'steps', 'time'],
    ...runs.map((ran) => [
      String(ran.json.seed),
      ...columns.map((name) => text(valueOf(ran, name), name)),
      formatCount(ran.json.steps),
      formatSeconds(ran.json.seconds),
    ]),
    ['median', ...columns.map((name) => text(spread[name].median, name)), '', ''],
    ['deviation', ...columns.map((name) => text(spread[name].deviation, name)), '', ''],
  ];
  const lines = tableLines(rows, () => false);
  return `${learner.name} (${json.title})
${lines.join('\n')}\n`;
}

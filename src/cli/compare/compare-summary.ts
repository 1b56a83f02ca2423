import type { ComparisonPage } from '../../experiment/compare-page.ts';
import { tableText } from '../../experiment/table-text.ts';
import { formatCount, formatNumber, formatSeconds } from '../../report/terminal.ts';
import type { Compared, Comparison } from './compare.ts';
import { gapOf } from '../solve/known.ts';
import type { Output } from '../files/output.ts';
import { here } from '../runs/repeat.ts';
import { commandLine } from '../shell.ts';
import { amountOf } from '../runs/task.ts';
import { version } from '../version.ts';
import { tableLines } from '../terminal/table-lines.ts';

/** What is settled before a comparison starts, for standard error. */
export function comparePreamble(comparison: Comparison): string {
  const { subject, schedules, budget, seed, workers, control } = comparison;
  const [unit, amount] = amountOf(budget);
  const runs = schedules.length * streamsOf(comparison);
  const each = unit === 'seconds' ? formatSeconds(amount) : `${formatCount(amount)} ${unit}`;
  const lasts = unit === 'seconds' ? `, about ${formatSeconds((amount * runs) / Math.min(runs, workers))}` : '';
  return `${subject.name}: ${schedules.length} schedules of ${control} on ${streamsOf(comparison)} streams each, ${runs} runs of ${each} on ${workers} ${workers === 1 ? 'worker' : 'workers'}${lasts}, seed ${seed}\n`;
}

/** The JSON object of a comparison. */
export function compareJson(compared: Compared): object {
  const { comparison, report, seconds, interrupted } = compared;
  const { subject, control, baseline, seed, budget, target, workers } = comparison;
  const { kind, name, n, sense, objective, known } = subject;
  return {
    problem: kind,
    instance: name,
    n,
    sense,
    objectiveName: objective,
    known,
    control,
    baseline,
    seed,
    seeds: [...new Set(report.rows.map((row) => row.seed))],
    budget,
    target,
    workers,
    seconds,
    interrupted,
    reproducible: reproducible(compared),
    cells: report.table().map((cell) => ({ ...cell, gap: cell.median === null ? null : gapOf(cell.median, known, sense) })),
    runs: report.rows,
    command: commandOf(comparison),
    version: version(),
  };
}

/** The table for people. */
export function compareText(compared: Compared, outputs: readonly Output[]): string {
  const { comparison, report, seconds, interrupted } = compared;
  const { subject, seed } = comparison;
  const { known, objective } = subject;
  const { heads, rows } = tableText(report, known);
  const lines = tableLines([heads, ...rows], (column) => column === 0);
  const facts: (readonly [string, string])[] = [
    ['objective', `${objective}, ${subject.sense === 'min' ? 'less' : 'more'} is better; in parentheses 95 % intervals`],
    ...(known === null ? [] : [['known', formatNumber(known, 15)] as const]),
    ['seed', `${seed}${reproducible(compared) ? '' : '   (the clock or Ctrl-C had a say)'}`],
    ['time', `${formatSeconds(seconds)}${interrupted ? ', interrupted' : ''}`],
    ...outputs.map(({ option, given }) => [option.slice(2), given] as const),
    ['again', commandOf(comparison)],
  ];
  const width = Math.max(...facts.map(([label]) => label.length));
  const tail = facts.map(([label, text]) => `  ${label.padEnd(width)}  ${text}`);
  return `${subject.name} (${subject.kind}, n = ${formatCount(subject.n)})\n${[...lines, '', ...tail].join('\n')}\n`;
}

/** What the page tells beside the report. */
export function comparePage(compared: Compared): ComparisonPage {
  const { comparison, seconds } = compared;
  const { subject, control, baseline, others, seed, budget, target, block, workers } = comparison;
  const [unit, amount] = amountOf(budget);
  const settings: (readonly [string, string])[] = [
    ...subject.settings,
    ['schedules of', control],
    ['baseline', baseline],
    ...Object.entries(others),
    ['budget of each run', unit === 'seconds' ? formatSeconds(amount) : `${formatCount(amount)} ${unit}`],
    ...(block === null ? [] : [['block', formatCount(block)] as const]),
    ...(target === null ? [] : [['target', formatNumber(target, 15)] as const]),
    ['streams', String(streamsOf(comparison))],
    ['seed', String(seed)],
    ['workers', String(workers)],
  ];
  return {
    problem: subject.title,
    instance: subject.name,
    known: subject.known,
    seconds,
    settings,
    command: commandOf(comparison),
    reproducible: reproducible(compared),
    version: version(),
  };
}

/** Whether the command gives the same scores again: neither the clock nor Ctrl-C cut a run. */
function reproducible({ comparison, interrupted }: Compared): boolean {
  return !interrupted && !('seconds' in comparison.budget);
}

function streamsOf({ seeds }: Comparison): number {
  return typeof seeds === 'number' ? seeds : seeds.length;
}

/** The command that repeats a comparison, every number said. */
function commandOf(comparison: Comparison): string {
  const { subject, control, schedules, baseline, others, seeds, seed, budget, target, block } = comparison;
  const words = [
    'lehr',
    'compare',
    here(subject.given, subject.path),
    subject.epoch !== null && control === 'rate' ? '--rates' : '--schedules',
    schedules.join('; '),
  ];
  if (baseline !== schedules[0]) words.push('--baseline', baseline);
  words.push(...subject.words);
  for (const [name, text] of Object.entries(others)) words.push(`--${name}`, text);
  const [unit, amount] = amountOf(budget);
  const names = typeof seeds === 'number' ? String(seeds) : `${seeds[0]}..${seeds.at(-1)}`;
  words.push(`--${unit}`, String(amount), '--seeds', names, '--seed', String(seed));
  if (block !== null) words.push('--block', String(block));
  if (target !== null) words.push('--target', String(target));
  return commandLine(words);
}

import type { TuningPage } from '../../experiment/tune-page.ts';
import type { Point, Space } from '../../experiment/space.ts';
import { trialTable } from '../../experiment/tune-page.ts';
import { formatCount, formatNumber, formatPercent, formatSeconds } from '../../report/terminal.ts';
import type { Output } from '../files/output.ts';
import { here } from '../runs/repeat.ts';
import { commandLine } from '../shell.ts';
import { isModule } from '../solve/subject.ts';
import { amountOf } from '../runs/task.ts';
import { schedulesAt, spaceText } from './tune-options.ts';
import type { RanTraining } from '../train/train.ts';
import { figuresText } from '../train/train-summary.ts';
import type { RanTuning, Tuning } from './tune.ts';
import { version } from '../version.ts';
import { tableLines } from '../terminal/table-lines.ts';

/** Trials that the text shows; the page and --json have all. */
const SHOWN = 10;

/** How many trials a search has. */
function countOf({ space, trials }: Tuning): number {
  return trials ?? Object.values(space).reduce((product, axis) => product * (axis as readonly number[]).length, 1);
}

/** What is settled before a search starts, for standard error. */
export function tunePreamble(tuning: Tuning): string {
  const { subject, seeds, judges, budget, seed, workers, trials } = tuning;
  const [unit, amount] = amountOf(budget);
  const count = countOf(tuning);
  const runs = count * seeds + 2 * judges;
  const each = unit === 'seconds' ? formatSeconds(amount) : `${formatCount(amount)} ${unit}`;
  const lasts = unit === 'seconds' ? `, about ${formatSeconds((amount * runs) / Math.min(runs, workers))}` : '';
  return `${subject.name}: ${count} trials ${trials === null ? 'of a grid' : 'at random'} on ${seeds} streams each, then the winner and the runner-up on ${judges} fresh ones, ${runs} runs of ${each} on ${workers} ${workers === 1 ? 'worker' : 'workers'}${lasts}, seed ${seed}\n`;
}

/** What the winner is judged by, in words. */
function judgedBy({ judge, subject }: Tuning): string {
  return judge === null ? `${subject.objective} on fresh streams` : `${judge.objective} on fresh streams`;
}

/** The JSON object of a search. @param fitted the winner fitted once more, if it was. */
export function tuneJson(ran: RanTuning, fitted: RanTraining | null): object {
  const { tuning, tuned, seconds, interrupted } = ran;
  const { subject, judge, space, templates, seeds, judges, seed, budget, workers } = tuning;
  const { trials, winner, judged } = tuned;
  const [best, second] = judged?.table() ?? [];
  return {
    problem: subject.kind,
    instance: subject.name,
    n: subject.n,
    sense: subject.sense,
    objectiveName: subject.objective,
    space,
    search: tuning.trials === null ? 'grid' : 'random',
    seed,
    seeds,
    judges,
    budget,
    workers,
    seconds,
    interrupted,
    reproducible: reproducible(ran),
    trials: trials.map((trial) => ({ ...trial, schedules: schedulesAt(templates, trial.point) })),
    winner: { name: winner.name, point: winner.point, schedules: schedulesAt(templates, winner.point) },
    judged:
      judged === null
        ? null
        : {
            objectiveName: judge?.objective ?? subject.objective,
            winner: best,
            runnerUp: second,
          },
    fitted: fitted?.json ?? null,
    runs: tuned.search.rows,
    judgedRuns: judged?.rows ?? [],
    command: commandOf(tuning),
    version: version(),
  };
}

/** The ranking and the verdict for people. @param fitted the winner fitted once more, if it was. */
export function tuneText(ran: RanTuning, fitted: RanTraining | null, outputs: readonly Output[]): string {
  const { tuning, tuned, seconds, interrupted } = ran;
  const { subject, seed, templates } = tuning;
  const { heads, rows } = trialTable(tuned);
  const shown = rows.slice(0, SHOWN);
  const lines = tableLines([heads, ...shown], (column) => column < 2);
  if (rows.length > SHOWN) lines.push(`  … ${formatCount(rows.length)} trials`);
  const facts: (readonly [string, string])[] = [
    ...Object.entries(schedulesAt(templates, tuned.winner.point)),
    ...verdict(ran),
    ...atEdge(tuning.space, tuned.winner.point),
    ['ranked by', `${subject.objective}, ${subject.sense === 'min' ? 'less' : 'more'} is better; in parentheses 95 % intervals`],
    ['seed', `${seed}${reproducible(ran) ? '' : '   (the clock or Ctrl-C had a say)'}`],
    ['time', `${formatSeconds(seconds)}${interrupted ? ', interrupted' : ''}`],
    ...(fitted === null ? unfitted(ran) : fittedFacts(fitted)),
    ...outputs.map(({ option, given }) => [option === '--output' ? 'model' : option.slice(2), given] as const),
    ['again', commandOf(tuning)],
  ];
  const width = Math.max(...facts.map(([label]) => label.length));
  const tail = facts.map(([label, text]) => `  ${label.padEnd(width)}  ${text}`);
  return `${subject.name} (${subject.kind}, n = ${formatCount(subject.n)})\n${[...lines, '', `the winner, ${tuned.winner.name}:`, ...tail].join('\n')}\n`;
}

/** What became of the winner when it was fitted once more: rows, what the test rows say, and how to do it again. */
function fittedFacts({ learner, trained, json }: RanTraining): (readonly [string, string])[] {
  const { training, validation } = learner.rows;
  const part = (['test', 'validation', 'training'] as const).find((name) => trained[name] !== null)!;
  return [
    [
      'fitted on',
      `${formatCount(training)} rows${validation > 0 ? ', the best on the validation rows kept' : ''}: ${part} ${figuresText(trained[part]!)}`,
    ],
    ['fit again', json.command],
  ];
}

/** Why there is no model of the winner. */
function unfitted({ tuning: { refits, subject }, interrupted }: RanTuning): (readonly [string, string])[] {
  if (subject.epoch === null) return [];
  if (refits) return [['model', interrupted ? 'not fitted, as the search was interrupted' : 'not fitted, as runs of all trials failed']];
  const rows = isModule(subject.given) ? '' : ' on training and validation rows';
  return [['model', `not saved: --output MODEL.json fits the winner${rows}`]];
}

/** Of a grid the parameters whose best value is at an end, beyond which better ones may lie. */
function atEdge(space: Space, point: Point): (readonly [string, string])[] {
  const ends = Object.entries(space).flatMap(([name, axis]) => {
    if (!Array.isArray(axis) || axis.length < 2) return [];
    if (point[name] === Math.max(...axis)) return `${name} is the largest`;
    return point[name] === Math.min(...axis) ? `${name} is the least` : [];
  });
  return ends.length === 0 ? [] : [['at the edge', `${ends.join(', ')} of the grid: there may be better ones beyond it`]];
}

/** What fresh streams say of the winner. */
function verdict({ tuning, tuned: { winner, judged } }: RanTuning): (readonly [string, string])[] {
  if (judged === null) return [['judged', 'not, as it was interrupted']];
  const [best, second] = judged.table();
  const { mean, difference, wins } = best;
  if (mean === null || difference === null || wins === null) return [['judged', `${best.failed} of its runs on fresh streams failed`]];
  const interval = ({ value, low, high }: { value: number; low: number; high: number }, sign = ''): string =>
    `${value > 0 ? sign : ''}${formatNumber(value)} (${low > 0 ? sign : ''}${formatNumber(low)} to ${high > 0 ? sign : ''}${formatNumber(high)})`;
  return [
    ['judged by', judgedBy(tuning)],
    ['judged', interval(mean)],
    ...(winner.mean === null ? [] : [['was chosen by', formatNumber(winner.mean)] as const]),
    ['runner-up', `${second.cell}: the winner less it ${interval(difference, '+')}, better on ${formatPercent(wins.probability)}`],
  ];
}

/** What the page tells beside what was found. */
export function tunePage(ran: RanTuning): TuningPage {
  const { tuning, seconds } = ran;
  const { subject, templates, seeds, judges, seed, budget, block, workers } = tuning;
  const [unit, amount] = amountOf(budget);
  return {
    problem: subject.title,
    instance: subject.name,
    seconds,
    judgedBy: judgedBy(tuning),
    settings: [
      ...subject.settings,
      ...Object.entries(templates),
      ['search', `${tuning.trials === null ? 'grid' : 'random'}: ${spaceText(tuning.space)}`],
      ['budget of each run', unit === 'seconds' ? formatSeconds(amount) : `${formatCount(amount)} ${unit}`],
      ...(block === null ? [] : [['block', formatCount(block)] as const]),
      ['streams', `${seeds} to choose on, ${judges} to judge on`],
      ['seed', String(seed)],
      ['workers', String(workers)],
    ],
    command: commandOf(tuning),
    reproducible: reproducible(ran),
    version: version(),
  };
}

function reproducible({ tuning, interrupted }: RanTuning): boolean {
  return !interrupted && !('seconds' in tuning.budget);
}

/** The command that repeats a search, every number said. */
function commandOf(tuning: Tuning): string {
  const { subject, templates, space, trials, seeds, judges, seed, budget, block } = tuning;
  const words = ['lehr', 'tune', here(subject.given, subject.path), ...subject.words];
  for (const [control, text] of Object.entries(templates)) words.push(`--${control}`, text);
  words.push(trials === null ? '--grid' : '--random', spaceText(space));
  if (trials !== null) words.push('--trials', String(trials));
  const [unit, amount] = amountOf(budget);
  words.push(`--${unit}`, String(amount), '--seeds', String(seeds), '--judges', String(judges), '--seed', String(seed));
  if (block !== null) words.push('--block', String(block));
  return commandLine(words);
}

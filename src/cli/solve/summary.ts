import { formatCompact, formatCount, formatGap, formatNumber, formatRate, formatSeconds } from '../../report/terminal.ts';
import type { Stopped } from '../../run/outcome.ts';
import type { Solved } from './chains.ts';
import { STDOUT } from '../files/output.ts';
import { runJson, type RunJson } from '../runs/run-json.ts';
import type { Subject } from './subject.ts';
import type { Steps } from '../../run/lengths.ts';
import { amountOf, stepsText, type Suggested, type Task } from '../runs/task.ts';

/** What `lehr solve --json` prints. */
export interface SolveJson extends RunJson<Stopped> {
  readonly problem: string;
  readonly instance: string;
  readonly n: number;
  readonly sense: 'min' | 'max';
  /** By the problem's own name and sense; its name. */
  readonly objective: number;
  readonly objectiveName: string;
  readonly energy: number;
  readonly known: number | null;
  /** Percent, positive when worse; null without a known value or when it is 0. */
  readonly gap: number | null;
  readonly strategy: Task['strategy'];
  /** Runs begun, over chains: more than chains with restarts. */
  readonly runs: number;
  /** How a temperature was chosen that was not given. */
  readonly suggested: Suggested | null;
}

/** The JSON object of a solved problem. */
export function jsonOf(task: Task, subject: Subject, solved: Solved, command: string): SolveJson {
  const { family, instance } = subject;
  const { objective, energy, gap } = solved;
  return {
    problem: family.name,
    instance: instance.name,
    n: instance.n,
    sense: family.sense,
    objective,
    objectiveName: family.objective,
    energy,
    known: task.known,
    gap,
    strategy: task.strategy,
    runs: solved.runs,
    suggested: task.suggested,
    ...runJson(task, solved, solved.digest, command),
  };
}

const WHY: Readonly<Record<string, string>> = {
  budget: 'budget spent',
  target: 'target reached',
  stalled: 'no more progress',
  interrupted: 'interrupted',
};

/** What is settled before a run starts, for standard error. */
export function preamble(task: Task, { family, instance }: Subject): string {
  const [unit, amount] = amountOf(task.budget);
  const budget = unit === 'seconds' ? formatSeconds(amount) : `${formatCompact(amount)} ${unit}`;
  const chains = `${task.chains} ${task.chains === 1 ? 'chain' : 'chains'} on ${task.workers} ${task.workers === 1 ? 'worker' : 'workers'}`;
  const lines = [
    `${instance.name}: ${family.title}, n = ${formatCount(instance.n)}; ${chains}, ${budget}${task.chains > 1 && unit !== 'seconds' ? ' each' : ''}, seed ${String(task.seed)}`,
  ];
  for (const [name, text] of Object.entries(task.controls)) {
    const { suggested } = task;
    const chosen =
      suggested !== null && name === 'temperature'
        ? `, chosen from ${formatCount(suggested.proposals)} proposals (not counted in the run)`
        : '';
    lines.push(`${name} ${text}${chosen}`);
  }
  if (task.knownSource !== null && task.known !== null) lines.push(`best known ${task.known}, from ${task.knownSource}`);
  return `${lines.join('\n')}\n`;
}

/** The rows of a summary: label and value. */
export function settingsOf(task: Task, json: SolveJson): (readonly [string, string])[] {
  const [unit, amount] = amountOf(task.budget);
  const rows: (readonly [string, string])[] = [
    ['method', task.method],
    ['budget', unit === 'seconds' ? formatSeconds(amount) : `${formatCount(amount)} ${unit} per chain`],
    ['chains', `${task.chains} on ${task.workers} ${task.workers === 1 ? 'worker' : 'workers'}`],
    ['seed', String(task.seed)],
  ];
  if (task.lengths !== null) rows.splice(1, 0, ['strategy', `${task.strategy}, ${lengthsText(task)}, ${formatCount(json.runs)} runs`]);
  for (const [name, text] of Object.entries(task.controls))
    rows.push([
      name,
      text + (task.suggested !== null && name === 'temperature' ? ` (chosen from ${formatCount(task.suggested.proposals)} proposals)` : ''),
    ]);
  if (task.block !== null) rows.push(['block', formatCount(task.block)]);
  if (task.target !== null) rows.push(['target', formatNumber(task.target, 15)]);
  if (task.stalled !== null) rows.push(['stalled', formatCount(task.stalled)]);
  if (task.start !== null) rows.push(['start', task.start.given]);
  if (json.resumedAt > 0) rows.push(['resumed at', `${formatCount(json.resumedAt)} steps`]);
  return rows;
}

/** The lengths of runs in words. */
function lengthsText({ lengths, again }: Task): string {
  const steps = (given: Steps): string => (typeof given === 'number' ? `${formatCount(given)} steps` : `${stepsText(given)} steps`);
  const how = again === 'incumbent' ? ', each from the best so far' : '';
  switch (lengths?.lengths) {
    case 'variable':
      return `runs of ${steps(lengths.first)}, then twice as long each${lengths.chains > 1 ? `, dealt to ${lengths.chains} chains` : ''}${how}`;
    case 'luby':
      return `Luby’s runs of ${steps(lengths.unit)}${how}`;
    case 'fixed':
      return `runs of ${steps(lengths.steps)}${how}`;
    default:
      return '';
  }
}

/** The summary for people. */
export function summaryText(task: Task, json: SolveJson): string {
  const { gap, known, objective } = json;
  const value = formatNumber(objective, 15) + (gap === null ? '' : `   ${formatGap(gap)} against the known ${formatNumber(known!, 15)}`);
  const rows: [string, string][] = [
    [json.objectiveName, value],
    ['stopped', `${WHY[json.stopped] ?? json.stopped} after ${formatSeconds(json.seconds)}`],
    [
      'steps',
      `${formatCount(json.steps)} in ${json.chains} ${json.chains === 1 ? 'chain' : 'chains'}, ${formatRate(json.stepsPerSecond)}${json.chains > 1 ? `, best in chain ${json.best + 1}` : ''}`,
    ],
    ...(task.lengths === null ? [] : [['strategy', `${lengthsText(task)}; ${formatCount(json.runs)} begun`] as [string, string]]),
    ...Object.entries(task.controls).map(([name, text]): [string, string] => [name, text]),
    ['seed', `${String(json.seed)}${json.reproducible ? '' : '   (the clock or Ctrl-C had a say: only a --record repeats it)'}`],
    ['digest', json.digest],
    ...Object.entries(task.outputs)
      .filter(([, path]) => path !== STDOUT)
      .map(([name, path]): [string, string] => [name === 'output' ? 'solution' : name, path as string]),
    ['again', json.command],
  ];
  const width = Math.max(...rows.map(([label]) => label.length));
  return `${json.instance} (${json.problem}, n = ${formatCount(json.n)})\n${rows.map(([label, text]) => `  ${label.padEnd(width)}  ${text}\n`).join('')}`;
}

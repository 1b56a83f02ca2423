import { formatCount, formatNumber, formatRate, formatSeconds, sparkline } from '../../report/terminal.ts';
import type { Agreement, InferredChains } from './infer-chains.ts';
import type { InferTask } from './infer-task.ts';
import type { RanInference } from './infer.ts';
import type { Inference } from './inference.ts';
import { STDOUT } from '../files/output.ts';
import { runJson, type RunJson } from '../runs/run-json.ts';
import { flag } from '../options/flag.ts';
import { tableLines } from '../terminal/table-lines.ts';

/** What `lehr infer --json` prints, beside what the model has to say. */
export interface InferJson extends RunJson<InferredChains['stopped']> {
  readonly model: string;
  readonly title: string;
  readonly data: string;
  /** Rows, columns and the like. */
  readonly counts: Readonly<Record<string, number>>;
  /** By what name chains are compared, the more the better, and the best one's value. */
  readonly objective: string;
  readonly value: number;
  /** Numbers that were found, by name. */
  readonly figures: Readonly<Record<string, number | null>>;
  readonly agreement: Agreement;
  /** Controls whose schedules were chosen. */
  readonly chosen: readonly string[];
  readonly notices: readonly string[];
}

/** What a result's file tells of how it came about: the same for the same bits, so nothing of clocks and machines. */
export function inferenceRecordOf(
  task: InferTask,
  inference: Inference,
  { conclusion, value, best }: InferredChains,
): Readonly<Record<string, unknown>> {
  return {
    data: inference.name,
    sha256: task.sha256,
    model: inference.title,
    options: task.inferring,
    counts: inference.counts,
    budget: task.budget,
    controls: task.controls,
    seed: task.seed,
    chains: task.chains,
    chain: best,
    objective: inference.objective,
    value,
    figures: conclusion.figures,
  };
}

/** The JSON object of an inference. */
export function inferJson(
  task: InferTask,
  inference: Inference,
  inferred: InferredChains,
  digest: string,
  command: string,
): InferJson & Readonly<Record<string, unknown>> {
  const { conclusion, agreement, value } = inferred;
  return {
    model: inference.model,
    title: inference.title,
    data: inference.name,
    counts: inference.counts,
    objective: inference.objective,
    value,
    figures: conclusion.figures,
    ...conclusion.json,
    agreement,
    chosen: task.chosen,
    notices: noticesOf(task, inference),
    ...runJson(task, inferred, digest, command),
  };
}

/** What a careful person wants to be told of the data and of the schedules. */
export function noticesOf({ controls }: InferTask, inference: Inference): readonly string[] {
  return [...inference.notices, ...(inference.cautions?.(controls) ?? [])];
}

/** Each control's schedule, and whether it was chosen. */
function schedulesTold(task: InferTask): [string, string][] {
  return Object.entries(task.controls).map(([name, text]) => [
    flag(name),
    `${text}${task.chosen.includes(name) ? ` (chosen: --${flag(name)} for another)` : ''}`,
  ]);
}

/** What is settled before an inference starts, for standard error. */
export function inferPreamble(task: InferTask, inference: Inference): string {
  const chains = task.chains === 1 ? '1 chain' : `${task.chains} chains on ${task.workers} ${task.workers === 1 ? 'worker' : 'workers'}`;
  const lines = [
    `${inference.name}: ${inference.title}; ${inference.size}`,
    ...noticesOf(task, inference),
    `${chains}, ${task.told}, seed ${String(task.seed)}`,
    ...schedulesTold(task).map(([name, text]) => `${name} ${text}`),
  ];
  return `${lines.join('\n')}\n`;
}

const WHY: Readonly<Record<string, string>> = { budget: 'budget spent', interrupted: 'interrupted' };

/** Characters as wide as they are seen: the caret of R̂ has no width of its own. */
function widthOf(text: string): number {
  return text.replaceAll('\u0302', '').length;
}

/** Above this split-R̂ a person is told that chains differ. 1.01 is the usual bound for hundreds of samples (see `splitRhat`); of a few dozens chance alone makes more of it. */
const MIXED = 1.05;
/** Below this likeness of two chains a person is told that they differ. */
const ALIKE = 0.9;

/** Whether chains agree, in words. */
export function agreementTold(
  { likeness, advice, mean, least, rhat, samples, pairs }: Agreement,
  objective: string,
): (readonly [string, string])[] {
  const rows: (readonly [string, string])[] = [];
  if (mean !== null && least !== null) {
    const apart = rhat !== null && rhat <= MIXED ? 'many answers are about as likely' : `they differ, ${advice}`;
    const of = pairs.length === 1 ? 'two chains' : 'pairs of chains';
    const told = `${likeness} of ${of} ${formatNumber(mean, 3)}${pairs.length > 1 ? `, least ${formatNumber(least, 3)}` : ''}`;
    rows.push(['agreement', least < ALIKE ? `${told}: ${apart}` : told]);
  }
  if (samples > 0)
    rows.push([
      'split-R̂',
      rhat === null
        ? `not told of ${samples} ${samples === 1 ? 'sample' : 'samples'} a chain: they are too few, or nothing varies`
        : `${rhat.toFixed(3)} of the ${objective} over ${samples} samples a chain${rhat > MIXED ? `: above ${MIXED}, the chains have not forgotten where they began` : ''}`,
    ]);
  return rows;
}

/** The rows of a summary: label and value. */
export function inferSettings(task: InferTask, inference: Inference, json: InferJson): (readonly [string, string])[] {
  return [
    ['model', inference.title],
    ['data', inference.size],
    ['length', task.told],
    ['budget', `${formatCount(json.steps)} steps, ${formatCount(json.evaluations)} evaluations over all chains`],
    ['chains', `${task.chains} on ${task.workers} ${task.workers === 1 ? 'worker' : 'workers'}`],
    ['seed', String(task.seed)],
    ...schedulesTold(task),
    ...Object.entries(task.inferring)
      .filter(([name]) => name !== 'model')
      .map(([name, value]) => [name, String(value)] as const),
    ...(task.block === null ? [] : [['block', formatCount(task.block)] as const]),
    ...(json.resumedAt > 0 ? [['resumed at', `${formatCount(json.resumedAt)} steps`] as const] : []),
  ];
}

/** The summary for people. @param brief whether the short tables are told, too. */
export function inferSummary({ task, inference, inferred, json }: RanInference, brief: boolean): string {
  const { conclusion, agreement, best, chains } = inferred;
  const curve = (chains.find(({ chain }) => chain === best)?.trace ?? [])
    .filter((progress) => Number.isFinite(progress.energy) && inference.isComparable(progress))
    .map(({ energy }) => -energy);
  const from = inference.comparableFrom === null ? '' : `, once ${inference.comparableFrom}`;
  const range = `${formatNumber(Math.min(...curve), 6)} to ${formatNumber(Math.max(...curve), 6)}`;
  const rows: (readonly [string, string])[] = [
    ...conclusion.facts.map(({ label, value, note }) => [label, `${value}${note === undefined ? '' : ` (${note})`}`] as const),
    ...agreementTold(agreement, inference.objective),
    ...(curve.length > 1 ? [['curve', `${sparkline(curve, 40)}  ${inference.objective} in the best chain${from}: ${range}`] as const] : []),
    ['stopped', `${WHY[json.stopped] ?? json.stopped} after ${formatSeconds(json.seconds)}`],
    [
      'steps',
      `${formatCount(json.steps)}, ${formatRate(json.stepsPerSecond)}${json.chains > 1 ? `, best in chain ${best + 1} of ${json.chains}` : ''}`,
    ],
    ...Object.entries(task.controls).map(([name, text]) => [flag(name), text] as const),
    ['seed', `${String(json.seed)}${json.reproducible ? '' : '   (the clock or Ctrl-C had a say: only a --record repeats it)'}`],
    ['digest', json.digest],
    ...(task.outputs.output === undefined ? [['result', 'not saved: --output RESULT.json does'] as const] : []),
    ...Object.entries(task.outputs)
      .filter(([, path]) => path !== STDOUT)
      .map(([name, path]) => [name === 'output' ? 'result' : name, path as string] as const),
    ['again', json.command],
  ];
  const width = Math.max(...rows.map(([label]) => widthOf(label)));
  const head = `${inference.name} (${inference.title}; ${inference.size})\n`;
  return `${head}${brief ? tablesText(inferred) : ''}${rows.map(([label, text]) => `  ${label}${' '.repeat(width - widthOf(label))}  ${text}\n`).join('')}`;
}

/** The short tables. */
function tablesText({ conclusion }: InferredChains): string {
  return conclusion.brief
    .map(({ heading, heads, rows, note }) => {
      const texts = [heads.map(({ text }) => text), ...rows.map(({ head, cells }) => [head, ...cells.map(({ text }) => text)])];
      const lines = tableLines(texts, (column) => heads[column].number !== true);
      return `${heading === '' ? '' : `${heading}\n`}${lines.join('\n')}\n${note === '' ? '' : `  ${note}\n`}\n`;
    })
    .join('');
}

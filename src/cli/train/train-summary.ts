import type { TrainingRecord } from '../../../problems/trained/index.ts';
import { formatCompact, formatCount, formatNumber, formatPercent, formatRate, formatSeconds, sparkline } from '../../report/terminal.ts';
import type { Judged, Learner } from './learner.ts';
import type { Part } from './learning-subject.ts';
import { STDOUT } from '../files/output.ts';
import { runJson, type RunJson } from '../runs/run-json.ts';
import { amountOf } from '../runs/task.ts';
import type { RanTraining } from './train.ts';
import type { TrainedChains } from './train-chains.ts';
import type { TrainTask } from './train-task.ts';

type Figures = Readonly<Record<string, number>>;

/** What `lehr train --json` prints. */
export interface TrainJson extends RunJson<TrainedChains['stopped']> {
  readonly model: string;
  readonly title: string;
  readonly data: string;
  readonly target: string | null;
  /** Rows of each part. */
  readonly examples: Readonly<Record<Part, number>>;
  readonly features: number | null;
  readonly classes: number;
  /** Of the kept weights, without regularisation; null where there are no such rows. */
  readonly loss: number;
  readonly validation: number | null;
  readonly test: number | null;
  /** Of the kept weights on the test rows, without any on the validation rows; null where there are no classes. */
  readonly accuracy: number | null;
  /** All figures of the kept weights, by part. */
  readonly figures: Readonly<Record<Part, Figures | null>>;
  readonly optimizer: string | null;
  readonly batch: number;
  readonly keep: string;
  /** Of each chain. */
  readonly epochs: number;
  /** Controls whose schedules were chosen. */
  readonly chosen: readonly string[];
  readonly notices: readonly string[];
}

/** Epochs behind so many steps of all chains. */
function epochsOf(task: TrainTask, learner: Learner, trained: TrainedChains): number {
  return Number((trained.steps / task.chains / learner.epoch).toPrecision(6));
}

/** What a model's file tells of its training: the same for the same bits, so nothing of clocks and machines. */
export function recordOf(task: TrainTask, learner: Learner, trained: TrainedChains): TrainingRecord {
  return {
    data: learner.name,
    sha256: task.sha256,
    model: learner.title,
    target: learner.target,
    examples: learner.rows,
    splitSeed: task.learning.splitSeed ?? 1,
    ...(learner.optimizer === null ? {} : { optimizer: learner.optimizer }),
    batch: learner.batch,
    keep: learner.keep,
    controls: task.controls,
    epochs: epochsOf(task, learner, trained),
    seed: task.seed,
    chains: task.chains,
    chain: trained.best,
    figures: figuresOf(trained),
  };
}

function figuresOf({ training, validation, test }: TrainedChains): TrainJson['figures'] {
  return { training: training.figures, validation: validation?.figures ?? null, test: test?.figures ?? null };
}

/** The JSON object of a training. @param command what repeats it. */
export function trainJson(task: TrainTask, learner: Learner, trained: TrainedChains, digest: string, command: string): TrainJson {
  const { training, validation, test } = trained;
  return {
    model: learner.model,
    title: learner.title,
    data: learner.name,
    target: learner.target,
    examples: learner.rows,
    features: learner.features,
    classes: learner.classes,
    loss: training.figures.loss,
    validation: validation?.figures.loss ?? null,
    test: test?.figures.loss ?? null,
    accuracy: (test ?? validation)?.figures.accuracy ?? null,
    figures: figuresOf(trained),
    optimizer: learner.optimizer,
    batch: learner.batch,
    keep: learner.keep,
    epochs: epochsOf(task, learner, trained),
    chosen: task.chosen,
    notices: learner.notices,
    ...runJson(task, trained, digest, command),
  };
}

/** Of many notices so many are told. */
const NOTICES = 8;

/** What is settled before a training starts, for standard error. */
export function trainPreamble(task: TrainTask, learner: Learner): string {
  const { rows } = learner;
  const [unit, amount] = amountOf(task.budget);
  const epochs = task.epochs === null ? '' : `${formatCount(task.epochs)} epochs = `;
  const budget = unit === 'seconds' ? formatSeconds(amount) : `${epochs}${formatCount(amount)} steps of ${formatCount(learner.batch)} rows`;
  const parts = Number.isNaN(rows.validation)
    ? `${formatCount(rows.training)} rows`
    : `${formatCount(rows.training)} rows to train on, ${formatCount(rows.validation)} to validate, ${formatCount(rows.test)} to test`;
  const chains = task.chains === 1 ? '' : `; ${task.chains} chains on ${task.workers} workers, the best on the validation rows wins`;
  const of = learner.target === null ? '' : ` of ${JSON.stringify(learner.target)}`;
  const notices = learner.notices.slice(0, NOTICES);
  const more = learner.notices.length - notices.length;
  const lines = [
    `${learner.name}: ${learner.title}${of}; ${parts}${chains}`,
    ...notices,
    ...(more > 0 ? [`… and ${more} more like these (--json tells all)`] : []),
    `${learner.optimizer ?? 'contrastive divergence'}, ${budget}, ${learner.keep} weights kept, seed ${String(task.seed)}`,
    ...Object.entries(task.controls).map(
      ([name, text]) => `${name} ${text}${task.chosen.includes(name) ? ` (chosen: --${name} for another)` : ''}`,
    ),
  ];
  return `${lines.join('\n')}\n`;
}

const WHY: Readonly<Record<string, string>> = {
  budget: 'budget spent',
  stalled: 'no better validation loss',
  interrupted: 'interrupted',
  diverged: 'the loss was no number any more',
};

/** The rows of a summary: label and value. */
export function trainSettings(task: TrainTask, learner: Learner, json: TrainJson): (readonly [string, string])[] {
  const { rows } = learner;
  return [
    ['model', learner.title],
    ...(learner.target === null ? [] : [['target', learner.target] as const]),
    [
      'rows',
      [rows.training, rows.validation, rows.test].map((count) => formatCount(count)).join(' + ') + ' (training + validation + test)',
    ],
    ['optimizer', learner.optimizer ?? 'contrastive divergence'],
    ['batch', formatCount(learner.batch)],
    ['kept', `${learner.keep} weights`],
    ['budget', `${formatNumber(json.epochs)} epochs, ${formatCount(json.steps)} steps`],
    ['chains', `${task.chains} on ${task.workers} ${task.workers === 1 ? 'worker' : 'workers'}`],
    ['seed', String(task.seed)],
    ...Object.entries(task.controls).map(([name, text]) => [name, text + (task.chosen.includes(name) ? ' (chosen)' : '')] as const),
    ...(task.block === null ? [] : [['block', formatCount(task.block)] as const]),
    ...(task.stalled === null ? [] : [['stalled', formatCount(task.stalled)] as const]),
    ...(json.resumedAt > 0 ? [['resumed at', `${formatCount(json.resumedAt)} steps`] as const] : []),
  ];
}

/** Figures in a line: `loss 0.21, accuracy 93 %`. */
export function figuresText({ figures }: Judged): string {
  return Object.entries(figures)
    .map(([name, value]) => `${name} ${name === 'accuracy' ? formatPercent(value) : formatNumber(value, 5)}`)
    .join(', ');
}

/** The summary for people. */
export function trainSummary({ task, learner, trained, json }: RanTraining): string {
  const parts = (['test', 'validation', 'training'] as const).flatMap((part) =>
    trained[part] === null ? [] : [[part, figuresText(trained[part])] as const],
  );
  const trace = trained.chains.find(({ chain }) => chain === trained.best)?.trace ?? [];
  const curve = trace.map(({ signals, energy }) => signals.validation ?? signals.loss ?? energy).filter((value) => Number.isFinite(value));
  const rows: (readonly [string, string])[] = [
    ...parts,
    ...(curve.length > 1
      ? [
          [
            'curve',
            `${sparkline(curve, 40)}  ${learner.watch.includes('validation') ? 'validation loss' : learner.watch.includes('loss') ? 'loss' : 'energy'}`,
          ] as const,
        ]
      : []),
    ['stopped', `${WHY[json.stopped] ?? json.stopped} after ${formatSeconds(json.seconds)}`],
    [
      'steps',
      `${formatCount(json.steps)}, ${formatNumber(json.epochs, 4)} epochs${json.chains > 1 ? ` in each of ${json.chains} chains` : ''}, ${formatRate(json.stepsPerSecond)}${json.chains > 1 ? `, best in chain ${json.best + 1}` : ''}`,
    ],
    ...Object.entries(task.controls),
    ['seed', `${String(json.seed)}${json.reproducible ? '' : '   (the clock or Ctrl-C had a say)'}`],
    ['digest', json.digest],
    ...(task.outputs.output === undefined ? [['model', 'not saved: --output MODEL.json does'] as const] : []),
    ...Object.entries(task.outputs)
      .filter(([, path]) => path !== STDOUT)
      .map(([name, path]) => [name === 'output' ? 'model' : name, path as string] as const),
    ['again', json.command],
  ];
  const width = Math.max(...rows.map(([label]) => label.length));
  return `${learner.name} (${learner.title}, ${formatCompact(trained.weights.length)} weights)\n${rows.map(([label, text]) => `  ${label.padEnd(width)}  ${text}\n`).join('')}`;
}

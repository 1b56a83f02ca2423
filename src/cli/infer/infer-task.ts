import { randomInt } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { plainEqual } from '../../dynamics/plain.ts';
import { shareBudget } from '../../parallel/multistart.ts';
import type { Again } from '../runs/agree.ts';
import { beginKept, type BegunRun, type KeptRuns } from '../runs/begin-kept.ts';
import { controlsSaidOf } from '../options/controls-said.ts';
import {
  INFERENCE_CONTROLS,
  INFERENCE_NAMES,
  inferBudgetSaid,
  inferenceOptionsOf,
  LENGTH_NAMES,
  type InferenceOptions,
  type InferOptions,
} from './infer-options.ts';
import type { Inference, Lengths } from './inference.ts';
import type { Until } from '../../run/plan.ts';
import { outputsOf } from '../solve/new-task.ts';
import { corpusHash } from '../data/open-corpus.ts';
import { openInference } from './open-inference.ts';
import { readBytes, sha256 } from '../files/read-input.ts';
import { here } from '../runs/repeat.ts';
import { canonical } from '../options/schedule-text.ts';
import { commandLine } from '../shell.ts';
import { flag } from '../options/flag.ts';
import type { RunTask } from '../runs/task.ts';
import { version } from '../version.ts';

/** What a run of `lehr infer` is, as plain JSON. Kept with checkpoints. */
export interface InferTask extends RunTask {
  /** What is inferred and how, as given, without what says how long. */
  readonly inferring: InferenceOptions;
  readonly lengths: Lengths;
  /** See `Course`. */
  readonly burnIn: number | null;
  /** What ends a chain before its budget does. */
  readonly until: Until | null;
  readonly words: readonly string[];
  readonly told: string;
  /** Controls whose schedules were chosen. */
  readonly chosen: readonly string[];
}

/** An inference that is ready to go on: new or resumed. */
export type BegunInference = BegunRun<InferTask, Inference>;

/** Chains where nothing is said: enough to see whether they agree. */
const CHAINS = 4;

const INFERENCES: KeptRuns<InferTask, Inference, InferOptions> = {
  verb: 'infer',
  file: 'a table such as data.csv',
  mayHaveOthers: () => false,
  open: (file, options) => openInference(file, inferenceOptionsOf(options)),
  reopen: (task, kept, moved) => openInference(kept === null ? (moved ?? task.path) : task.given, task.inferring, kept ?? undefined),
  newTask: newInferTask,
  again(options, { inferring }) {
    const now = withoutLengths(inferenceOptionsOf(options));
    return INFERENCE_NAMES.filter((name) => now[name] !== undefined).map((name): Again => [flag(name), now[name], inferring[name]]);
  },
  said(options, inference, flags) {
    const lengths = lengthsOf(options);
    const budget = inferBudgetSaid(options) ?? (Object.keys(lengths).length === 0 ? undefined : inference.course(null, lengths).budget);
    return { budget, controls: controlsSaid(options, inference, flags) };
  },
  contentOf: async (file, { inferring }) => (inferring.model === 'lda' ? corpusHash(file, inferring) : sha256(readBytes(file, 'a table'))),
};

/**
 * The inference that FILE and the options mean.
 * @param flags the names of all options, for suggestions.
 */
export function beginInference(file: string | undefined, options: InferOptions, flags: readonly string[]): Promise<BegunInference> {
  return beginKept(INFERENCES, file, options, flags);
}

/** A new run from the options: what they leave open gets its default. */
function newInferTask(inference: Inference, options: InferOptions, flags: readonly string[]): InferTask {
  const chains = options.chains ?? CHAINS;
  const workers = options.workers ?? availableParallelism();
  const lengths = lengthsOf(options);
  const { budget, controls, burnIn, words, told, until = null, block = null } = inference.course(inferBudgetSaid(options), lengths);
  const given = controlsSaid(options, inference, flags);
  return {
    release: version(),
    given: inference.given,
    path: inference.path,
    sha256: inference.sha256,
    inferring: withoutLengths(inferenceOptionsOf(options)),
    lengths,
    seed: options.seed ?? randomInt(1, 1_000_000_000),
    chains,
    budget,
    each: shareBudget(budget, chains, workers),
    burnIn,
    words,
    told,
    controls: Object.fromEntries(inference.controls.map((name) => [name, given[name] ?? canonical(`--${flag(name)}`, controls[name])])),
    chosen: inference.controls.filter((name) => given[name] === undefined),
    until,
    block: options.block ?? block,
    check: 'none',
    workers,
    outputs: outputsOf(options),
  };
}

function controlsSaid(options: InferOptions, { controls, dormant }: Inference, flags: readonly string[]): Record<string, string> {
  return controlsSaidOf(options, INFERENCE_CONTROLS, controls, flags, 'infer', dormant);
}

function lengthsOf(options: InferOptions): Lengths {
  return Object.fromEntries(LENGTH_NAMES.map((name) => [name, options[name]]).filter(([, value]) => value !== undefined));
}

function withoutLengths(options: InferenceOptions): InferenceOptions {
  return Object.fromEntries(Object.entries(options).filter(([name]) => !LENGTH_NAMES.includes(name as keyof InferenceOptions)));
}

/** The command that repeats an inference, every number said. */
export function inferCommand(task: InferTask): string {
  const words = ['lehr', 'infer', here(task.given, task.path)];
  for (const [name, value] of Object.entries(task.inferring)) words.push(`--${flag(name)}`, String(value));
  words.push(...task.words);
  for (const [control, text] of Object.entries(task.controls)) words.push(`--${flag(control)}`, text);
  words.push('--chains', String(task.chains), '--seed', String(task.seed));
  if (task.block !== null) words.push('--block', String(task.block));
  if (!plainEqual(task.budget, task.each)) words.push('--workers', String(task.workers));
  return commandLine(words);
}

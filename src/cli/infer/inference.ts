import type { PlainTable } from '../../report/inference-record.ts';
import type { Matrix } from '../../report/matrix.ts';
import type { Progress } from '../../run/outcome.ts';
import type { Budget, Until } from '../../run/plan.ts';
import type { InferenceOptions } from './infer-options.ts';

/**
 * What is inferred from what data, whatever the model is: a recipe whose chains are run, how the best of them is told, and what is left behind. One file for each kind of model makes one of these
 * (`inference-….ts`), and `open-inference.ts` says which; nothing else of `lehr infer` knows a model.
 */
export interface Inference {
  /** The data as the user wrote it, absolute, and the SHA-256 of the bytes. */
  readonly given: string;
  readonly path: string;
  readonly sha256: string;
  /** The data's text; null where it is binary. */
  readonly text: string | null;
  readonly name: string;
  /** As `--model` takes it, and in words. */
  readonly model: string;
  readonly title: string;
  /** What the data are, in words: `150 rows of 4 columns`. */
  readonly size: string;
  /** The same by name, for `--json`: rows, columns, held out; documents, words, tokens. */
  readonly counts: Readonly<Record<string, number>>;
  /** Whole sentences that a careful person wants to be told. */
  readonly notices: readonly string[];
  /** What chains are compared by, the more the better: `log joint`, `bound`. */
  readonly objective: string;
  /** URL of the recipe module. */
  readonly recipe: string;
  /** The recipe's parameters for runs of that length. */
  params(course: Length): unknown;
  /** The controls of the dynamics, and options that would bring others, by control. */
  readonly controls: readonly string[];
  readonly dormant?: Readonly<Record<string, string>>;
  /** Whole sentences about schedules that a careful person wants to be told. @param controls as text. */
  cautions?(controls: Readonly<Record<string, string>>): readonly string[];
  /** How long a run is and what drives it where nothing is said. @param said the budget, where it was given as such. @param lengths the options about the length, where it was not. */
  course(said: Budget | null, lengths: Lengths): Course;
  /** Signals to be told of while it runs. */
  readonly watch: readonly string[];
  /** What of a report a person wants to see while it runs, most important first; controls are told anyway. */
  telling(progress: Progress): readonly string[];
  /** Whether the objective in a report can be compared with that at the end: a log joint of a part of the rows cannot. */
  isComparable(progress: Progress): boolean;
  /** When that is, in words, for the curve; null for always. */
  readonly comparableFrom: string | null;
  /** What a chain's result is worth by the objective, and whether it is a better answer than another chain's. */
  worthOf(result: unknown): number;
  isBetter(result: unknown, than: unknown): boolean;
  /** The objective at the samples of the law in a result, for split-R̂; none where nothing is sampled. */
  drawsOf(result: unknown, course: Length): readonly number[];
  /** How alike two chains' results are, from 1 for the same downwards, what that is called, and what to do where they differ; null where there is nothing to compare. */
  readonly likeness: { readonly name: string; readonly advice: string; of(one: unknown, other: unknown): number } | null;
  /** What was found. It is asked for once, after all chains have ended; the held-out rows are looked at here and nowhere else. */
  conclude(found: readonly Found[], best: number, course: Length): Promise<Conclusion>;
}

/** The options that say how long a run is in the model's own words. */
export type Lengths = Pick<InferenceOptions, 'visits' | 'sweeps' | 'passes'>;

/** How long a run is. */
export interface Length {
  readonly budget: Budget;
  /** Steps before the first sample of the law, beside what the controls say; null: half of the run, however long it is. */
  readonly burnIn: number | null;
}

/** How long a run is, and the schedules of its controls as text. */
export interface Course extends Length {
  readonly controls: Readonly<Record<string, string>>;
  /** What ends a run before its budget does, and how many steps controls stay constant where nothing is said. */
  readonly until?: Until;
  readonly block?: number;
  /** The budget in the words of the command line: `--visits 20 --sweeps 20`, each word by itself; and for people. */
  readonly words: readonly string[];
  readonly told: string;
}

/** A chain that has ended. */
export interface Found {
  readonly chain: number;
  readonly result: unknown;
  readonly trace: readonly Progress[];
}

/** What was found, ready to be told and left behind. All of it is the same for the same bits. */
export interface Conclusion {
  /** What a person wants to know first: label, value, and a few words; on the terminal and at the head of the page. */
  readonly facts: readonly { readonly label: string; readonly value: string; readonly note?: string }[];
  /** Numbers by name for `--json` and the result's file, such as `heldOut`, the mean log likelihood a held-out row. */
  readonly figures: Readonly<Record<string, number | null>>;
  /** What else `--json` has. */
  readonly json: Readonly<Record<string, unknown>>;
  /** Short tables for standard output. */
  readonly brief: readonly PlainTable[];
  /** For the page. */
  readonly tables: readonly PlainTable[];
  /** Pictures; the first is what `--picture` takes. */
  readonly matrices: readonly Matrix[];
  /** The result's file. @param record how it came about, plain data. */
  file(record: Readonly<Record<string, unknown>>, release: string): string;
  /** The assignments as comma-separated values: a row for each of the data's own. */
  assignments(): string;
}

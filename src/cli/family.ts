import type { Rng } from '../random/rng.ts';
import type { Scene } from '../report/scene.ts';

/** One problem of a file, parsed: plain parameters for the family's recipe, and what to say about it. */
export interface Instance<P> {
  readonly name: string;
  /** How many variables (cities, jobs, spins). */
  readonly n: number;
  /** Plain data, the recipe's parameters: it crosses threads. */
  readonly params: P;
  /** Further facts for `lehr info`, as label and value. */
  readonly details: readonly (readonly [label: string, value: string])[];
}

/** An option of `lehr generate FAMILY`, beside `--n`, `--seed` and `--output`. */
export interface GenerateOption {
  readonly name: string;
  readonly description: string;
  readonly choices?: readonly string[];
  readonly default: string;
}

/**
 * What a family of problems offers the command line. `problems/index.ts` lists the families; a family is loaded by URL, so `src/` never
 * imports one. All functions are pure; errors about data are `LehrError`s of code `input` that begin with `path:line: `.
 * @typeParam P the recipe's parameters. @typeParam A the answer: the solution itself, as plain data.
 */
export interface Family<P = any, A = any> {
  readonly name: string;
  /** What it is, in a few words: `travelling salesman`. */
  readonly title: string;
  /** The formats it reads, in a few words: `TSPLIB95 .tsp`. */
  readonly formats: string;
  /** The problem's own objective, and whether it is minimised: `tour length`, `min`. */
  readonly objective: string;
  readonly sense: 'min' | 'max';
  /** URL of the recipe module, whose default export is a `Recipe<P>`. */
  readonly recipe: string;
  /** Whether a file that begins like this is one of its own; cheap, never throws. */
  recognise(head: string): boolean;
  /** All problems of a file, in order. */
  read(text: string, path: string): readonly Instance<P>[];
  /** Takes the answer out of a run's result. */
  answer(params: P, result: unknown): A;
  /** The objective of an answer, computed from the instance alone; throws an `input` error that begins with `path` if it is not valid. */
  evaluate(params: P, answer: A, path: string): number;
  /** The solution file: its bytes are what the digest is taken of. `name` is the instance's. */
  write(params: P, answer: A, name: string): string;
  /** Reads a solution file. */
  readAnswer(params: P, text: string, path: string): A;
  /** The same problem begun from an answer. */
  startFrom(params: P, answer: A): P;
  /** The same parameters with what every chain would otherwise compute for itself (candidate lists, a start solution), where that takes long. */
  prepare?(params: P): Promise<P>;
  /** The answer as a picture. */
  draw?(params: P, answer: A): Scene;
  /** Makes an instance file. */
  readonly generate?: {
    readonly options: readonly GenerateOption[];
    make(n: number, options: Readonly<Record<string, string>>, rng: Rng): string;
  };
}

import type { PathPart, Seed } from '../../random/seed.ts';
import type { Outcome } from '../../run/outcome.ts';

/** What schedules are tried on, a problem or data to learn from, told alike. */
export interface CompareSubject {
  /** As the user wrote it, and absolute. */
  readonly given: string;
  readonly path: string;
  /** The instance's name, and its size: variables of a problem, rows of data. */
  readonly name: string;
  readonly n: number;
  /** What kind it is: in a word, and in some. */
  readonly kind: string;
  readonly title: string;
  readonly recipe: string;
  readonly params: object;
  /** Parameters that change with the stream; null where none do. @param seed what the streams are under. */
  readonly perStream: ((seed: Seed, stream: PathPart) => Promise<object>) | null;
  /** What scores are called, and which are better. */
  readonly objective: string;
  readonly sense: 'min' | 'max';
  /** What an outcome is worth; null: what the recipe says. @param stream the one it ran on. */
  readonly score: ((outcome: Outcome, stream: PathPart) => number | Promise<number>) | null;
  /** What energies are multiplied by to be shown while runs go on. */
  readonly sign: 1 | -1;
  /** Controls in the dynamics' order, those that need no schedule, and schedules of controls that are not given. */
  readonly controls: readonly string[];
  readonly set: readonly string[];
  readonly usual: Readonly<Record<string, string>>;
  /** The best known objective. */
  readonly known: number | null;
  /** Steps of an epoch; null where there is no such thing. */
  readonly epoch: number | null;
  /** Words of the command that repeats it, beside the file. */
  readonly words: readonly string[];
  /** What a page tells of it, and sentences that a careful person wants to be told. */
  readonly settings: readonly (readonly [label: string, value: string])[];
  readonly notices: readonly string[];
}

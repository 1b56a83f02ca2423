import type { Seed } from '../random/seed.ts';
import type { Figure } from '../report/figures.ts';
import type { Claim } from './claim.ts';
import type { CompareOptions } from './compare.ts';
import type { Report } from './report.ts';

/** A paper as a program: the default export of `bench/papers/<arXiv id>/index.ts`. Importing it must cost next to nothing. */
export interface Paper {
  /** Its arXiv id, as its folder is called. */
  readonly paper: string;
  readonly title: string;
  /** The claims, in order. Experiments run when a claim is measured, not before. */
  claims(context: Context): readonly Claim[];
}

/** The options of a comparison that its context fills in. */
export type Compared<P extends object = object> = Omit<CompareOptions<P>, 'seed' | 'workers' | 'signal' | 'executor' | 'observe'>;

/** What an experiment runs with. */
export interface Context {
  /** At the paper's own size, however long that takes; else so that all claims end within four minutes on two cores. */
  readonly full: boolean;
  /** A folder with the benchmark's own instances, where the user names one; without it a paper generates what it needs. */
  readonly instances: string | null;
  readonly workers: number;
  /** Ctrl-C: what is half done then is not looked at. */
  readonly signal: AbortSignal;
  /** The seed of an experiment, its own under the reproduction's. */
  seedOf(experiment: string): Seed;
  /** Runs an experiment once, however many claims ask for it; its name tells it from the others. */
  once<T>(experiment: string, run: () => T | Promise<T>): Promise<T>;
  /** A comparison, run once under its name with the context's seed, workers and signal. Throws the first error if a run fails. */
  compare<P extends object = object>(experiment: string, options: Compared<P>): Promise<Report>;
  /** Puts a figure into the report; one of the same id replaces it. */
  show(figure: Figure, caption: string): void;
  /** Says how far an experiment is, as a share in [0, 1]. */
  progress(experiment: string, share: number): void;
}

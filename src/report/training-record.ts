import type { Traced } from './record.ts';

/** Everything a report shows of a finished training, as plain JSON. */
export interface TrainingReport extends Traced {
  /** The model in words, and the data it was trained on. */
  readonly model: string;
  readonly data: string;
  readonly target: string | null;
  /** What the kept weights are worth, by part and figure. */
  readonly figures: Readonly<Record<string, Readonly<Record<string, number>> | null>>;
  readonly stopped: string;
  readonly seconds: number;
  readonly steps: number;
  readonly epochs: number;
  /** The chain whose weights are kept; here they are counted from 1. */
  readonly best: number;
  /** How often each class (row) was taken for each (column), on the rows of that part. */
  readonly confusion: { readonly part: string; readonly labels: readonly string[]; readonly counts: readonly (readonly number[])[] } | null;
  /** Pairs of truth and prediction on the rows of that part. */
  readonly pairs: { readonly part: string; readonly points: readonly (readonly [truth: number, said: number])[] } | null;
  readonly notices: readonly string[];
  readonly digest: string;
  readonly command: string;
  readonly reproducible: boolean;
  readonly settings: readonly (readonly [label: string, value: string])[];
  readonly version: string;
}

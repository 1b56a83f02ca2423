import type { Matrix } from './matrix.ts';
import type { TableCell, TableRow } from './page.ts';
import type { Traced } from './record.ts';

/** A table as plain data: under a heading, on a page or a terminal. */
export interface PlainTable {
  /** Letters, digits and dashes; differs between the tables of one report. */
  readonly id: string;
  readonly heading: string;
  readonly heads: readonly TableCell[];
  readonly rows: readonly TableRow[];
  readonly note: string;
}

/** Everything a report shows of a finished inference, as plain JSON. */
export interface InferenceReport extends Traced {
  /**
   * From which step on each chain's objective can be compared with that at the end, null for never, and when that is, in words; null where it always can. A log joint of a part of the rows cannot.
   */
  readonly comparable: { readonly when: string; readonly from: readonly (number | null)[] } | null;
  /** The model in words, and the data it is of. */
  readonly model: string;
  readonly data: string;
  /** What chains are compared by, the more the better: `log joint`, `bound`. It is minus their energy. */
  readonly objective: string;
  readonly value: number;
  /** What was found, as label, value and a few words. */
  readonly facts: readonly { readonly label: string; readonly value: string; readonly note?: string }[];
  readonly matrices: readonly Matrix[];
  readonly tables: readonly PlainTable[];
  readonly agreement: PlainTable | null;
  readonly stopped: string;
  readonly seconds: number;
  readonly steps: number;
  /** The chain that gave the answer; here they are counted from 1. */
  readonly best: number;
  readonly notices: readonly string[];
  readonly digest: string;
  readonly command: string;
  readonly reproducible: boolean;
  readonly settings: readonly (readonly [label: string, value: string])[];
  readonly version: string;
}

import type { Progress } from '../run/outcome.ts';
import type { Scene } from './scene.ts';

/** The progress of chains, as figures draw it: one trace per chain, the progress reports as they came. */
export interface Traced {
  readonly chains: readonly {
    readonly chain: number;
    readonly value: number | null;
    readonly stopped: string;
    readonly trace: readonly Progress[];
  }[];
}

/** Everything a report shows of a finished solve, as plain JSON: figures are drawn from it, and it can be exported and tested. */
export interface SolveReport extends Traced {
  /** Family, and the instance's name. */
  readonly problem: string;
  readonly instance: string;
  readonly n: number | null;
  readonly objective: string;
  readonly sense: 'min' | 'max';
  readonly value: number;
  readonly known: number | null;
  /** Percent, positive when worse than known. */
  readonly gap: number | null;
  readonly stopped: string;
  readonly seconds: number;
  readonly steps: number;
  readonly digest: string;
  /** The exact command that repeats the run, and whether it does so bit for bit. */
  readonly command: string;
  readonly reproducible: boolean;
  /** Settings as label and value, in order. */
  readonly settings: readonly (readonly [label: string, value: string])[];
  readonly scene: Scene | null;
  readonly version: string;
}

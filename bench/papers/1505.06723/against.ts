import type { Claim, Margin } from '../../../src/experiment/claim.ts';
import type { Results } from './runs.ts';

/** One method beside another on the same data from the same starts. */
export interface Against {
  readonly id: string;
  readonly source: string;
  readonly statement: string;
  readonly method: string;
  readonly other: string;
  /** Of the mean difference, the method less the other. */
  readonly margin: Margin;
  /** What is compared: the final lower bound in nats (the default), or the perplexity of unseen documents' second halves. */
  readonly of?: 'bounds' | 'perplexities';
  /** The experiment without the effect: another method in the place of the first, or the same two where there is nothing to find. */
  readonly control: {
    readonly statement: string;
    readonly method?: string;
    readonly other?: string;
    readonly results?: () => Promise<Results>;
  };
}

const FIGURES = { bounds: 'final lower bound in nats', perplexities: 'perplexity of unseen documents' };

/** The claim that a method ends better than another, by the differences of pairs. @param results the experiment, run when it is first asked for. */
export function against(
  results: () => Promise<Results>,
  { id, source, statement, method, other, margin, of = 'bounds', control }: Against,
): Claim {
  const differences = async (from: () => Promise<Results>, one: string, two: string) => ({ differences: (await from())[of](one, two) });
  return {
    id,
    source,
    statement,
    expected: { quantity: `${FIGURES[of]}, ${method} less ${other}, mean over data sets`, ...margin },
    measure: () => differences(results, method, other),
    control: {
      statement: control.statement,
      measure: () => differences(control.results ?? results, control.method ?? method, control.other ?? other),
    },
  };
}

/** Beside the best of plain runs that cost as much together, where one plain run as long is the control. */
export function overRestarts(results: () => Promise<Results>, id: string, method: string, statement: string, source?: string): Claim {
  return against(results, {
    id,
    source: source ?? 'ours: the abstract does not set it beside restarts',
    statement,
    method,
    other: 'restarts',
    margin: { above: 0 },
    control: { statement: 'One plain run of that length in its place.', method: 'plain' },
  });
}

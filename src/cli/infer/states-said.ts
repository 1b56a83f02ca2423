import type { Observations, ReadSequences, SequencePrediction, Sequences } from '../../../problems/hidden-markov/index.ts';
import type { LearnedStates } from '../../../problems/inferred/index.ts';
import { cell } from '../files/csv-cell.ts';
import { logScale } from '../options/numbers-of.ts';
import type { ChainsRoom } from './states-subject.ts';

/** What learned states say of sequences as the model takes them; log likelihoods of points are of their own unit. */
export function saidOfSequences(
  chains: ChainsRoom,
  emissions: LearnedStates['emissions'],
  data: Sequences | Observations,
): SequencePrediction {
  if (emissions.kind === 'symbols') return chains.predictSequences(emissions.law, data as Sequences);
  const said = chains.predictObservations(emissions.law, data as Observations);
  const each = logScale(emissions.scales);
  const { starts } = data;
  return { ...said, logLikelihood: said.logLikelihood.map((value, s) => value - (starts[s + 1] - starts[s]) * each) };
}

/** A row for each place: what is there, its likeliest state, and that of the likeliest path as a whole. @param learned sequences learned from; null where none is. */
export function statesText(
  read: ReadSequences,
  { states, paths }: SequencePrediction,
  learned: ReadonlySet<number> | null,
  starts: Int32Array,
): string {
  const shown = 'labels' in read ? ['symbol'] : read.columns;
  const lines = [['sequence', 'place', ...shown, 'state', 'path', ...(learned === null ? [] : ['how'])].map(cell).join(',')];
  for (let s = 0; s + 1 < starts.length; s++)
    for (let place = starts[s]; place < starts[s + 1]; place++) {
      const own = 'labels' in read ? [cell(read.labels[read.data.values[place]])] : pointAt(read.data, place);
      lines.push(
        [
          cell(read.names[s]),
          place - starts[s] + 1,
          ...own,
          states[place] + 1,
          paths[place] + 1,
          ...(learned === null ? [] : [learned.has(s) ? 'learned' : 'predicted']),
        ].join(','),
      );
    }
  return `${lines.join('\n')}\n`;
}

function pointAt({ d, values }: Observations, place: number): string[] {
  return Array.from(values.subarray(place * d, (place + 1) * d), String);
}

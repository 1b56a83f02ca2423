import type { ChainLaw, Observations, ReadSequences, Sequences } from '../../../problems/hidden-markov/index.ts';
import { LehrError, show } from '../../error.ts';
import { formatCount } from '../../report/terminal.ts';
import { dealt } from './held-out.ts';
import type { InferenceOptions } from './infer-options.ts';
import { dividedBy, scaled, SPREAD } from '../options/numbers-of.ts';
import { wayOf, type UsualWay, type VariationalWay } from './variational-course.ts';

export type TablesRoom = typeof import('../../../problems/table/index.ts');
export type ChainsRoom = typeof import('../../../problems/hidden-markov/index.ts');
export type InferredRoom = typeof import('../../../problems/inferred/index.ts');

/** States where nothing is said; more sequences than this are visited in minibatches. */
const STATES = 4;
const USUAL: UsualWay = { large: 10_000, batch: 500, noise: 'parameters' };

/** A symbol that is rather a number than a name. */
const MEASURED = /^[-+]?\d*\.\d+(?:e[-+]?\d+)?$/i;

/** Sequences whose states are inferred, and how. */
export interface StatesSubject {
  readonly given: string;
  readonly read: ReadSequences;
  /** All sequences as the model takes them: points are divided by `scales`. */
  readonly data: Sequences | Observations;
  readonly scales: Float64Array | null;
  readonly seen: Int32Array;
  readonly heldOut: Int32Array;
  readonly training: Sequences | Observations;
  readonly way: VariationalWay;
  readonly options: {
    readonly states: number;
    readonly sticky?: number;
    readonly covariance?: 'full' | 'diagonal';
    readonly spread?: number;
  };
  readonly reading: Readonly<Record<string, string>>;
  readonly notices: readonly string[];
  readonly rooms: { readonly chains: ChainsRoom; readonly inferred: InferredRoom };
}

/** What options say of how sequences are read. */
export function sequenceOptions(
  { sequence, symbol, points }: Pick<InferenceOptions, 'sequence' | 'symbol' | 'points'>,
  path: string,
): { path: string; sequence?: string; symbol?: string; points?: readonly string[] } {
  if (symbol !== undefined && points !== undefined)
    throw new LehrError(
      'option',
      `--symbol is ${show(symbol)} and --points ${show(points)}, expected one of them: places have symbols or points.`,
    );
  return {
    path,
    ...(sequence === undefined ? {} : { sequence }),
    ...(symbol === undefined ? {} : { symbol }),
    ...(points === undefined ? {} : { points: points.split(',').map((name) => name.trim()) }),
  };
}

/** @throws LehrError `input` or `option` for sequences that are none, or options that do not fit them. */
export function statesSubject(
  given: string,
  text: string,
  options: InferenceOptions,
  rooms: { readonly tables: TablesRoom; readonly chains: ChainsRoom; readonly inferred: InferredRoom },
): StatesSubject {
  const { chains } = rooms;
  const read = chains.readSequences(text, sequenceOptions(options, given));
  const count = read.data.starts.length - 1;
  if ('labels' in read && read.labels.length === 1)
    throw new LehrError(
      'input',
      `${given}:${read.lines[0]}: the symbol is ${show(read.labels[0])} here and at every place, expected at least two symbols.`,
    );
  const { seen, heldOut } = dealt(given, count, options, rooms.tables, ['sequence', 'sequences', 'to learn from'], 1);
  const { data, scales } = scaledData(read, seen, given);
  const { states = STATES, sticky, covariance, spread } = options;
  for (const [name, value] of Object.entries({ covariance, spread }))
    if (value !== undefined && scales === null)
      throw new LehrError('option', `--${name} is ${show(value)}, but the sequences are of symbols, expected it with --points.`);
  const training = chains.selectSequences(data, seen);
  const places = data.starts[count];
  if (states > training.starts[seen.length])
    throw new LehrError(
      'option',
      `--states is ${states}, expected at most ${training.starts[seen.length]}, the places there are to learn from.`,
    );
  return {
    given,
    read,
    data,
    scales,
    seen,
    heldOut,
    training,
    way: wayOf(seen.length, options, USUAL, 'sequences'),
    options: {
      states,
      ...(sticky === undefined ? {} : { sticky }),
      ...(covariance === undefined ? {} : { covariance }),
      ...(scales === null ? {} : { spread: spread ?? SPREAD }),
    },
    reading: Object.fromEntries(
      (['sequence', 'symbol', 'points'] as const).flatMap((name) => (options[name] === undefined ? [] : [[name, options[name]]])),
    ),
    notices: [
      ...('labels' in read && read.labels.filter((label) => MEASURED.test(label)).length > read.labels.length / 2
        ? [
            `symbols look like measurements, such as ${show(read.labels.find((label) => MEASURED.test(label)))}, and are taken as so many names: --points takes columns of numbers, of a table with a row for each place.`,
          ]
        : []),
      ...('labels' in read && read.labels.length > places / 2
        ? [`${formatCount(read.labels.length)} different symbols at ${formatCount(places)} places: most of them say little of the states.`]
        : []),
      ...(heldOut.length > 0 && options.heldOut === undefined
        ? [`${formatCount(heldOut.length)} sequences are held out to judge by (--held-out 0 for none).`]
        : []),
    ],
    rooms,
  };
}

function scaledData(read: ReadSequences, seen: Int32Array, path: string): { data: Sequences | Observations; scales: Float64Array | null } {
  if ('labels' in read) return { data: read.data, scales: null };
  const { starts, values } = read.data;
  const rows = Array.from(seen).flatMap((s) => Array.from({ length: starts[s + 1] - starts[s] }, (_, t) => starts[s] + t));
  const { scales } = scaled(values, read.columns, rows, path, () => ' of --points');
  return { data: { ...read.data, values: dividedBy(values, scales) }, scales };
}

/** A chain with its states in another order. */
export function reorderedChain({ initial, transitions }: ChainLaw, order: readonly number[]): ChainLaw {
  const states = order.length;
  return {
    initial: Float64Array.from(order, (k) => initial[k]),
    transitions: Float64Array.from(
      { length: states * states },
      (_, i) => transitions[order[Math.floor(i / states)] * states + order[i % states]],
    ),
  };
}

/** Blocks of numbers, one a state, in another order. */
export function reorderedBlocks(values: ArrayLike<number>, order: readonly number[]): Float64Array {
  const size = values.length / order.length;
  return Float64Array.from({ length: values.length }, (_, i) => values[order[Math.floor(i / size)] * size + (i % size)]);
}

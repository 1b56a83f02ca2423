import type {
  GaussianChainPosterior,
  GaussianHiddenMarkov,
  HiddenMarkov,
  HiddenMarkovLaw,
  SequencePrediction,
} from '../../../problems/hidden-markov/index.ts';
import type { LearnedStates } from '../../../problems/inferred/index.ts';
import { svi } from '../../dynamics/svi.ts';
import type { PlainTable } from '../../report/inference-record.ts';
import type { Matrix } from '../../report/matrix.ts';
import { formatCount, formatNumber, formatPercent } from '../../report/terminal.ts';
import { anneal } from '../../run/anneal.ts';
import { boundFacts, type FoundParameters } from './inference-variational.ts';
import type { Conclusion } from './inference.ts';
import { shareMatrix } from './share-matrix.ts';
import { saidOfSequences, statesText } from './states-said.ts';
import { reorderedBlocks, reorderedChain, type StatesSubject } from './states-subject.ts';
import { gaussianTold, labelsTold } from './told-laws.ts';

/** Symbols or columns of a state on a terminal, and on a page; more symbols than these are no picture. */
const BRIEF = 4;
const PAGE = 12;
const PICTURED = 60;

type Model = HiddenMarkov | GaussianHiddenMarkov;

/** The answer, its states the more frequent ones first. */
interface Answer {
  readonly emissions: LearnedStates['emissions'];
  /** What it says of all sequences. */
  readonly said: SequencePrediction;
  /** Of all places, by state. */
  readonly shares: readonly number[];
  /** What each state shows, in words; at most so many symbols or columns. */
  shown(state: number, most: number): string;
}

/** What chains found of the states of sequences. */
export function concludeStates(subject: StatesSubject, model: Model, found: readonly FoundParameters[], best: number): Conclusion {
  const { read, data, training, options, heldOut, reading, rooms } = subject;
  const { parameters, bound } = found[best];
  const answer = answerOf(subject, model, parameters);
  const places = training.starts[training.starts.length - 1];
  const each = 'labels' in read ? 'symbol' : 'point';
  const judged = heldOut.length === 0 ? null : judge(subject, answer);
  const occupied = answer.shares.filter((share) => share > 0).length;
  return {
    facts: [
      { label: 'states', value: `${occupied} of ${options.states}`, note: 'are the likeliest somewhere' },
      ...boundFacts(found, best, [places, each]),
      ...(judged === null
        ? []
        : [
            {
              label: 'held out',
              value: `${formatNumber(judged.heldOut, 5)} nats a ${each}`,
              note: `mean log likelihood of ${formatCount(heldOut.length)} sequences under the posterior means; with one state ${formatNumber(judged.one, 5)}`,
            },
          ]),
    ],
    figures: {
      bound,
      boundPerPlace: bound / places,
      states: occupied,
      heldOut: judged?.heldOut ?? null,
      heldOutWithOneState: judged?.one ?? null,
    },
    json: {
      shares: answer.shares,
      initial: Array.from(answer.emissions.law.initial),
      transitions: rowsOf(answer.emissions.law.transitions, options.states),
      ...('labels' in read
        ? { symbols: read.labels, emissions: rowsOf((answer.emissions.law as HiddenMarkovLaw).emissions, options.states) }
        : { columns: read.columns }),
    },
    brief: [statesTable(answer, options.states, '', BRIEF)],
    tables: [statesTable(answer, options.states, 'States', PAGE)],
    matrices: matricesOf(subject, answer),
    file: (inference, release) =>
      rooms.inferred.encodeInferred({
        lehr: 'inference',
        version: 1,
        release,
        model: 'hmm',
        reading,
        states: options.states,
        emissions: answer.emissions,
        inference,
      }),
    assignments: () => statesText(read, answer.said, new Set(subject.seen), data.starts),
  };
}

function rowsOf(values: Float64Array, rows: number): number[][] {
  const width = values.length / rows;
  return Array.from({ length: rows }, (_, k) => Array.from(values.subarray(k * width, (k + 1) * width)));
}

function answerOf(subject: StatesSubject, model: Model, parameters: Float64Array): Answer {
  const { data, options, rooms } = subject;
  const first = emissionsOf(subject, model, parameters);
  const count = (states: Int32Array): number[] => {
    const counts: number[] = Array.from({ length: options.states }, () => 0);
    for (const state of states) counts[state]++;
    return counts;
  };
  const places = count(saidOfSequences(rooms.chains, first, data).states);
  const order = places.map((_, k) => k).sort((a, b) => places[b] - places[a] || a - b);
  const emissions = reordered(first, order);
  const said = saidOfSequences(rooms.chains, emissions, data);
  return {
    emissions,
    said,
    shares: count(said.states).map((n) => n / said.states.length),
    shown: showing(subject, model, parameters, emissions, order),
  };
}

/** The learned law as its file keeps it. */
function emissionsOf({ read, scales }: StatesSubject, model: Model, parameters: Float64Array): LearnedStates['emissions'] {
  if ('labels' in read) return { kind: 'symbols', labels: read.labels, law: (model as HiddenMarkov).describe(parameters) };
  return { kind: 'points', columns: read.columns, scales: scales!, law: (model as GaussianHiddenMarkov).posterior(parameters) };
}

function reordered(emissions: LearnedStates['emissions'], order: readonly number[]): LearnedStates['emissions'] {
  const chain = reorderedChain(emissions.law, order);
  const shown = reorderedBlocks(emissions.law.emissions, order);
  return emissions.kind === 'symbols'
    ? { ...emissions, law: { ...chain, emissions: shown } }
    : { ...emissions, law: { ...emissions.law, ...chain, emissions: shown } };
}

function showing(
  { read, scales }: StatesSubject,
  model: Model,
  parameters: Float64Array,
  { law }: LearnedStates['emissions'],
  order: readonly number[],
): Answer['shown'] {
  if ('labels' in read) {
    const { emissions } = law as HiddenMarkovLaw;
    const width = read.labels.length;
    return (k, most) => labelsTold(emissions.subarray(k * width, (k + 1) * width), read.labels, most);
  }
  const { means, covariances } = (model as GaussianHiddenMarkov).describe(parameters);
  const [m, c] = [means, covariances].map((list) => reorderedBlocks(list, order));
  const block = (list: Float64Array, k: number): Float64Array => {
    const size = list.length / order.length;
    return list.subarray(k * size, (k + 1) * size);
  };
  return (k, most) => gaussianTold(block(m, k), block(c, k), read.columns, scales!, most);
}

/** Mean log likelihood of a held-out place, and that with a single state. */
function judge(subject: StatesSubject, { emissions }: Answer): { readonly heldOut: number; readonly one: number } {
  const { data, training, options, heldOut, rooms } = subject;
  const { hiddenMarkovOf, selectSequences } = rooms.chains;
  const others = selectSequences(data, heldOut);
  const places = others.starts[heldOut.length];
  const { states: _, sticky: __, ...law } = options;
  const model = hiddenMarkovOf(training, { states: 1, ...law });
  const { parameters } = anneal({ dynamics: svi(model), controls: {}, budget: { steps: 2 }, block: 1, seed: 1 }).result;
  const mean = (law: LearnedStates['emissions']): number =>
    saidOfSequences(rooms.chains, law, others).logLikelihood.reduce((sum, value) => sum + value, 0) / places;
  return { heldOut: mean(emissions), one: mean(emissionsOf(subject, model, parameters)) };
}

function statesTable({ shares, emissions, shown }: Answer, states: number, heading: string, most: number): PlainTable {
  return {
    id: 'states',
    heading,
    heads: [
      { text: 'state' },
      { text: 'share', number: true },
      { text: 'begins', number: true },
      { text: 'stays', number: true },
      { text: 'shows' },
    ],
    rows: shares.map((share, k) => ({
      head: String(k + 1),
      cells: [
        { text: formatPercent(share), number: true },
        { text: formatPercent(emissions.law.initial[k]), number: true },
        { text: formatPercent(emissions.law.transitions[k * states + k]), number: true },
        { text: shown(k, most) },
      ],
    })),
    note:
      heading === '' ? '' : 'The share of the places it is likeliest at; how likely sequences begin there, and how likely it is to stay.',
  };
}

function matricesOf({ read, options }: StatesSubject, { emissions }: Answer): Matrix[] {
  const names = Array.from({ length: options.states }, (_, k) => String(k + 1));
  const { law } = emissions;
  return [
    shareMatrix({
      id: 'transitions',
      title: 'From state to state',
      caption: 'Dark: a place in the state of the row is surely followed by one in the state of the column.',
      values: law.transitions,
      rows: names,
      columns: names,
    }),
    ...('labels' in read && read.labels.length <= PICTURED
      ? [
          shareMatrix({
            id: 'symbols',
            title: 'Symbols of the states',
            caption: 'Dark: a place in the state of the row surely has the symbol of the column.',
            values: (law as HiddenMarkovLaw | GaussianChainPosterior).emissions,
            rows: names,
            columns: read.labels,
          }),
        ]
      : []),
  ];
}

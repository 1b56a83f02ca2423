import { drawSequences } from '../hidden-markov/data.ts';
import { csv, numberOf, type Sample } from './sample.ts';

const SYMBOLS = ['sun', 'cloud', 'rain', 'storm', 'snow'];
/** What each kind of weather shows: settled, changing, wintry. */
const SHOWS = [
  [0.7, 0.25, 0.04, 0.01, 0],
  [0.1, 0.4, 0.4, 0.1, 0],
  [0.15, 0.35, 0.05, 0.05, 0.4],
];

/** Places’ weather day by day, from three kinds of weather that nobody writes down and that mostly stay. */
export const weather: Sample = {
  name: 'weather',
  title: 'sequences of symbols, a row for each place in order, from three hidden states that mostly stay',
  target: null,
  options: [
    { name: 'length', description: 'symbols of each sequence', default: '60' },
    { name: 'stay', description: 'how likely the state stays as it is', default: '0.9' },
  ],
  make(n, options, rng) {
    const length = numberOf(options, 'length', 1, 1_000_000, true);
    const stay = numberOf(options, 'stay', 0, 1);
    const states = SHOWS.length;
    const transitions = Array.from({ length: states * states }, (_, i) => (i % (states + 1) === 0 ? stay : (1 - stay) / (states - 1)));
    const { starts, values } = drawSequences(
      { initial: Array<number>(states).fill(1 / states), transitions, emissions: SHOWS.flat() },
      n,
      length,
      rng,
    );
    const rows = Array.from({ length: n }, (_, s) =>
      Array.from(values.subarray(starts[s], starts[s + 1]), (symbol) => [`place ${s + 1}`, SYMBOLS[symbol]]),
    ).flat();
    return csv(['sequence', 'symbol'], rows);
  },
};

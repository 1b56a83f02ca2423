import type { Rng } from '../../src/random/rng.ts';
import { csv, numberOf, rounded, type Sample } from './sample.ts';

const COLOURS = ['black', 'white', 'brown', 'grey'] as const;
const DIETS = ['insects', 'seeds', 'fish'] as const;
const MOVES = ['stays', 'migrates'] as const;
const NAMES = ['crow', 'gull', 'wren', 'finch', 'heron', 'swift', 'goose', 'owl', 'rook', 'tern'] as const;
/** A row has its species' own label with this probability, else any. */
const OWN = 0.85;

interface Species {
  readonly colour: number;
  readonly diet: number;
  readonly move: number;
  readonly wing: number;
  readonly weight: number;
  readonly eggs: number;
}

/** Birds of several species: the first differ in size, the next in looks too, so that each is a group of its own. */
function speciesOf(count: number, rng: Rng): Species[] {
  return Array.from({ length: count }, (_, k) => ({
    colour: k % COLOURS.length,
    diet: rng.below(DIETS.length),
    move: rng.below(MOVES.length),
    wing: 10 + 12 * k + 4 * rng.uniform(),
    weight: 40 + 60 * ((k * 7) % count) + 20 * rng.uniform(),
    eggs: 2 + ((k * 3) % count) * 2,
  }));
}

/** A count of that mean, by Knuth's product of uniform numbers. */
function poisson(mean: number, rng: Rng): number {
  const limit = Math.exp(-mean);
  let [count, product] = [0, rng.uniform()];
  while (product > limit) {
    product *= rng.uniform();
    count++;
  }
  return count;
}

/** Rows in groups that are known: numbers, counts and labels, some of them missing. */
export const birds: Sample = {
  name: 'birds',
  title: 'groups of rows to be found: labels, numbers, counts, missing values; the column species is the truth',
  target: 'species',
  options: [
    { name: 'groups', description: 'how many species, 2 to 10', default: '4' },
    {
      name: 'spread',
      description: 'standard deviation of wings in cm, and of weights in 10 g; species are some 12 cm apart',
      default: '2',
    },
    { name: 'missing', description: 'share of cells that are missing', default: '0.05' },
  ],
  make(n, options, rng) {
    const groups = numberOf(options, 'groups', 2, NAMES.length, true);
    const spread = numberOf(options, 'spread', 0, 1000);
    const missing = numberOf(options, 'missing', 0, 0.9);
    const species = speciesOf(groups, rng);
    const pick = <T>(own: number, labels: readonly T[]): T => labels[rng.uniform() < OWN ? own : rng.below(labels.length)];
    const rows = Array.from({ length: n }, () => {
      const k = rng.below(groups);
      const { colour, diet, move, wing, weight, eggs } = species[k];
      const cells = [
        pick(colour, COLOURS),
        pick(diet, DIETS),
        pick(move, MOVES),
        rounded(wing + spread * rng.normal(), 1),
        rounded(weight + 10 * spread * rng.normal(), 0),
        poisson(eggs, rng),
      ];
      return [...cells.map((cell) => (rng.uniform() < missing ? '' : cell)), NAMES[k]];
    });
    return csv(['colour', 'diet', 'moves', 'wing', 'weight', 'eggs', 'species'], rows);
  },
};

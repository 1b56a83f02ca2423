import type { Family, Instance } from '../../src/cli/family.ts';
import { drawTour } from './draw.ts';
import { canonicalTour, checkTour, readInstance, readTour, writeTour } from './format.ts';
import { generateInstance, KINDS } from './generate.ts';
import { tourLength, type TspInstance } from './instance.ts';
import { OTHER_TYPES } from './keywords.ts';
import type { TspParams, TspResult } from './recipe.ts';

/** The travelling-salesman family: what the command line needs of it. An answer is a tour, cities from 0 in the instance's numbers. */
export const tspFamily: Family<TspParams, Int32Array> = {
  name: 'tsp',
  title: 'travelling salesman, symmetric',
  formats: 'TSPLIB95 .tsp',
  objective: 'tour length',
  sense: 'min',
  recipe: new URL('./recipe.js', import.meta.url).href,
  recognise,
  read: (text, path) => [describe(readInstance(text, path))],
  answer: (_params, result) => (result as TspResult).tour,
  evaluate({ instance }, tour, path) {
    checkTour(tour, instance.n, path);
    return tourLength(instance, tour);
  },
  write({ instance }, tour, name) {
    // One closed tour, one text, wherever it begins: its digest tells tours apart, not ways to write them down.
    return writeTour(canonicalTour(tour), name.replace(/\.tsp$/i, ''), tourLength(instance, tour));
  },
  readAnswer: ({ instance }, text, path) => readTour(text, path, instance.n),
  startFrom: (params, tour) => ({ ...params, start: Int32Array.from(tour) }),
  async prepare({ instance, ...options }) {
    const { prepareTsp } = await import('./problem.ts');
    return { instance, ...prepareTsp(instance, options) };
  },
  draw: ({ instance }, tour) => drawTour(instance, tour),
  generate: {
    options: [{ name: 'kind', description: 'how the cities lie', choices: KINDS, default: 'uniform' }],
    make: (n, options, rng) => generateInstance(n, options.kind ?? 'uniform', rng),
  },
};

export default tspFamily;

/** Types of TSPLIB file that are recognised only to be refused by name. A family that reads one of them takes it out of this list. */
const REFUSED = Object.keys(OTHER_TYPES);

/** A keyword line that says TSPLIB; where the type is said it must be TSP, or one that `read` refuses by its name. */
function recognise(head: string): boolean {
  const type = /^\uFEFF?[ \t]*TYPE[ \t]*[: \t][ \t]*([A-Za-z]+)/im.exec(head)?.[1].toUpperCase();
  if (type !== undefined) return type === 'TSP' || REFUSED.includes(type);
  return /^\uFEFF?[ \t]*(?:(?:DIMENSION|EDGE_WEIGHT_TYPE|EDGE_WEIGHT_FORMAT)[ \t]*[: \t]|(?:NODE_COORD|EDGE_WEIGHT|TOUR)_SECTION)/im.test(
    head,
  );
}

function describe(instance: TspInstance): Instance<TspParams> {
  const { name, n, metric, comment, x, y, matrix } = instance;
  const details: [string, string][] = [['metric', metric]];
  if (matrix !== undefined) {
    let [least, most] = [Infinity, -Infinity];
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < i; j++) {
        least = Math.min(least, matrix[i * n + j]);
        most = Math.max(most, matrix[i * n + j]);
      }
    }
    if (n > 1) details.push(['weights', `${least} … ${most}`]);
  }
  if (x !== undefined && y !== undefined) {
    const [first, second] = metric === 'GEO' ? ['latitude', 'longitude'] : ['x', 'y'];
    details.push([matrix === undefined ? 'coordinates' : 'display', `${first} ${range(x)}, ${second} ${range(y)}`]);
  }
  for (const line of comment?.split('\n') ?? []) details.push(['comment', line]);
  return { name, n, params: { instance }, details };
}

function range(values: Float64Array): string {
  return `${values.reduce((a, b) => Math.min(a, b))} … ${values.reduce((a, b) => Math.max(a, b))}`;
}

import { LehrError, show } from '../../src/error.ts';

/**
 * An exponential family on a finite set, p(x) = e^(θ·φ(x) − Λ(θ)), by the table of its statistics φ. The states are the configurations of
 * sites, each with a few values, counted like a number's digits: the last site changes fastest. Plain data.
 */
export interface FiniteFamily {
  readonly name: string;
  /** How many values each site has. */
  readonly radix: readonly number[];
  /** The product of them. */
  readonly states: number;
  /** Parameters, and statistics of a state. */
  readonly size: number;
  /** states × size, state by state. */
  readonly statistics: Float64Array;
}

/** Beyond this many states a table is no way to go. */
const MOST_STATES = 1 << 20;

/**
 * The family of given statistics.
 * @param radix values of each site. @param size how many statistics there are.
 * @param statistic writes φ(x) of a configuration, the value of each site, to `out`.
 * @throws LehrError `option` for sizes that are none, more than 2²⁰ states, or statistics that are not finite.
 */
export function finiteFamily(
  name: string,
  radix: readonly number[],
  size: number,
  statistic: (values: Int32Array, out: Float64Array) => void,
): FiniteFamily {
  for (const values of radix)
    if (!(Number.isInteger(values) && values >= 1))
      throw new LehrError('option', `${name}: a site has ${show(values)} values, expected a whole number from 1 on.`);
  if (!(Number.isInteger(size) && size >= 1))
    throw new LehrError('option', `${name}: size is ${show(size)}, expected at least one statistic.`);
  const states = radix.reduce((product, values) => product * values, 1);
  if (radix.length === 0 || states > MOST_STATES)
    throw new LehrError('option', `${name}: there are ${states} states of ${radix.length} sites, expected 1 to ${MOST_STATES}.`);
  const statistics = new Float64Array(states * size);
  const values = new Int32Array(radix.length);
  for (let state = 0; state < states; state++) {
    configure(radix, state, values);
    statistic(values, statistics.subarray(state * size, (state + 1) * size));
  }
  const odd = statistics.findIndex((value) => !Number.isFinite(value));
  if (odd >= 0)
    throw new LehrError(
      'option',
      `${name}: statistic ${odd % size} of state ${Math.floor(odd / size)} is ${statistics[odd]}, expected a finite number.`,
    );
  return { name, radix: [...radix], states, size, statistics };
}

/** Writes the values of a state's sites. */
export function configure(radix: readonly number[], state: number, values: Int32Array): void {
  for (let site = radix.length - 1; site >= 0; site--) {
    values[site] = state % radix[site];
    state = Math.floor(state / radix[site]);
  }
}

/** What a step of 1 in a site's value adds to the state's number: the product of the radices behind it. */
export function stridesOf(radix: readonly number[]): Int32Array {
  const strides = new Int32Array(radix.length);
  let stride = 1;
  for (let site = radix.length - 1; site >= 0; site--) {
    strides[site] = stride;
    stride *= radix[site];
  }
  return strides;
}

/**
 * The fully visible 2 × 2 machine as bipartite, p(x, y) ∝ e^(x'Wy) with x, y in {0, 1}²: four parameters W row by row, no biases. Sites 0 and 1 are x, 2 and 3 y. That arXiv
 * 1605.06220 means this one by its "2 × 2 machine" is a reading of ours: the paper could not be had in full.
 */
export function machine2x2(): FiniteFamily {
  return finiteFamily('machine 2×2', [2, 2, 2, 2], 4, ([x0, x1, y0, y1], out) => {
    out[0] = x0 * y0;
    out[1] = x0 * y1;
    out[2] = x1 * y0;
    out[3] = x1 * y1;
  });
}

/**
 * The Ising model on a rows × columns grid with open ends, spins ±1 (value 0 is −1): one coupling for each edge, then one field for each site; or with
 * `shared` one coupling and one field for all. Of 1 × 2 … 4 × 4 sites all is exact.
 */
export function isingFamily(rows: number, columns: number, options: { readonly shared?: boolean } = {}): FiniteFamily {
  const { shared = false } = options;
  const sites = rows * columns;
  const edges: [number, number][] = [];
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) {
      if (c + 1 < columns) edges.push([r * columns + c, r * columns + c + 1]);
      if (r + 1 < rows) edges.push([r * columns + c, (r + 1) * columns + c]);
    }
  }
  const size = shared ? 2 : edges.length + sites;
  return finiteFamily(`ising ${rows}×${columns}${shared ? ' shared' : ''}`, Array<number>(sites).fill(2), size, (values, out) => {
    edges.forEach(([i, j], k) => (out[shared ? 0 : k] += (2 * values[i] - 1) * (2 * values[j] - 1)));
    for (let i = 0; i < sites; i++) out[shared ? 1 : edges.length + i] += 2 * values[i] - 1;
  });
}

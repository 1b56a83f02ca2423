import { fit, type Fit } from '../../../problems/exponential-family/fit.ts';
import { meanOf, probabilities, sharesOf } from '../../../problems/exponential-family/exact.ts';
import { machine2x2 } from '../../../problems/exponential-family/family.ts';
import { countsOf, crowdModel, type Crowd } from '../../../problems/exponential-family/model.ts';
import { contrastive, type ContrastiveState, type Learned } from '../../../src/dynamics/contrastive.ts';
import type { Dynamics } from '../../../src/dynamics/dynamics.ts';
import { weighted } from '../../../src/random/weighted.ts';
import type { Outcome } from '../../../src/run/outcome.ts';
import { power } from '../../../src/schedules/arithmetic.ts';
import type { Schedule } from '../../../src/schedules/schedule.ts';

/** What the data are drawn from: couplings of both signs and two sizes. Ours; the paper's are not known to us. */
export const TRUTH = Float64Array.of(1, -0.5, 0.5, -1);

/** Block Gibbs, y given x, then x given y: the machine's own kernel. */
const KERNEL = {
  kernel: 'block',
  blocks: [
    [2, 3],
    [0, 1],
  ],
} as const;

/** A run of contrastive divergence on rows that are drawn when it begins. */
export interface MachineParams {
  /** Rows of data. */
  readonly rows: number;
  /** With `copies` only so many are drawn, and repeated until there are `rows`: more rows that tell nothing more. */
  readonly drawn?: number;
  readonly m: number;
  /** The rate is scale · (step + 1)^−gamma; gamma 0 keeps it fixed. */
  readonly scale: number;
  readonly gamma: number;
  /** The step the weighted average begins at, t₀. */
  readonly from: number;
  /** Spans of steps, [from, to), over which the parameters' fluctuation is measured. */
  readonly windows?: readonly (readonly [from: number, to: number])[];
}

/** What a run comes to: distances in parameters, Euclidean. Those to the estimate are null where there is none. */
export interface MachineResult {
  readonly averageToTruth: number;
  readonly lastToTruth: number;
  readonly estimateToTruth: number | null;
  readonly averageToEstimate: number | null;
  readonly lastToEstimate: number | null;
  /** For each window the root mean square distance of the parameters from their mean over it. */
  readonly fluctuations: readonly number[];
}

interface MachineState {
  readonly data: Int32Array;
  readonly inner: ContrastiveState<Crowd>;
  readonly learner: Dynamics<ContrastiveState<Crowd>, 'rate', Learned>;
  /** For each window, of the parameters less those at its begin: their sums, the sum of their squares, and how many there were. */
  readonly sums: Float64Array;
  readonly begins: Float64Array;
  readonly squares: Float64Array;
  readonly counts: Int32Array;
}

const family = machine2x2();
const { size } = family;

/**
 * Contrastive divergence as arXiv 1605.06220 has it, on n rows drawn from the 2 × 2 machine at `TRUTH` by the run's own stream: runs of one stream
 * that differ in n share the rows they both have. Its score is the distance of the average from the truth.
 */
export default function recipe(params: MachineParams): {
  dynamics: Dynamics<MachineState, 'rate', MachineResult>;
  controls: { rate: Schedule };
  score: (outcome: Outcome<MachineResult>) => number;
} {
  const { rows, drawn = rows, m, from, windows = [] } = params;
  const learnerOf = (data: Int32Array): MachineState['learner'] =>
    contrastive(crowdModel(family, data, { kernel: KERNEL }), { m, average: 'weighted', from });
  return {
    controls: { rate: powerRate(params.scale, params.gamma) },
    score: ({ result }) => result.averageToTruth,
    dynamics: {
      name: 'contrastive on drawn rows',
      controls: ['rate'],
      energies: 'exact',
      kept: 'average',
      cost: 1,
      fingerprint: { rows, drawn, m, from, windows },

      init(rng) {
        const table = weighted(probabilities(family, TRUTH));
        const own = Int32Array.from({ length: drawn }, () => table.draw(rng));
        const data = Int32Array.from({ length: rows }, (_, row) => own[row % drawn]);
        const learner = learnerOf(data);
        const count = windows.length;
        return {
          data,
          learner,
          inner: learner.init(rng),
          sums: new Float64Array(count * size),
          begins: new Float64Array(count * size),
          squares: new Float64Array(count),
          counts: new Int32Array(count),
        };
      },

      advance(state, controls, n, rng, block) {
        if (windows.length === 0) {
          state.learner.advance(state.inner, controls, n, rng, block);
          return;
        }
        for (let k = 0; k < n; k++) {
          state.learner.advance(state.inner, controls, 1, rng, block);
          for (let w = 0; w < windows.length; w++) {
            const [first, end] = windows[w];
            if (state.inner.steps >= first && state.inner.steps < end) watch(state, w);
          }
        }
      },

      energy: ({ learner, inner }) => learner.energy(inner),

      result({ learner, inner, data, sums, squares, counts }, lane, rng) {
        const { parameters, last } = learner.result(inner, lane, rng);
        const found: Fit = fit(family, meanOf(family, sharesOf(countsOf(family, data))));
        const estimate = found.exists ? found.parameters : null;
        return {
          averageToTruth: distance(parameters, TRUTH),
          lastToTruth: distance(last, TRUTH),
          estimateToTruth: estimate && distance(estimate, TRUTH),
          averageToEstimate: estimate && distance(parameters, estimate),
          lastToEstimate: estimate && distance(last, estimate),
          fluctuations: windows.map((_, w) => {
            let variance = squares[w] / counts[w];
            for (let k = 0; k < size; k++) variance -= (sums[w * size + k] / counts[w]) * (sums[w * size + k] / counts[w]);
            return Math.sqrt(Math.max(0, variance));
          }),
        };
      },

      save: ({ data, learner, inner, sums, begins, squares, counts }) => ({
        data: data.slice(),
        inner: learner.save(inner),
        sums: sums.slice(),
        begins: begins.slice(),
        squares: squares.slice(),
        counts: counts.slice(),
      }),
      load(saved) {
        const { inner, ...rest } = saved as Omit<MachineState, 'learner'>;
        const learner = learnerOf(rest.data);
        return { ...rest, learner, inner: learner.load(inner) };
      },
    },
  };
}

/** scale · (step + 1)^−gamma, for any gamma: also those that the schedules of Lehr refuse as no Robbins–Monro rates. */
export function powerRate(scale: number, gamma: number): Schedule {
  return (_, step) => scale * power(step + 1, -gamma);
}

function watch({ inner, sums, begins, squares, counts }: MachineState, w: number): void {
  for (let k = 0; k < size; k++) {
    if (counts[w] === 0) begins[w * size + k] = inner.parameters[k];
    const off = inner.parameters[k] - begins[w * size + k];
    sums[w * size + k] += off;
    squares[w] += off * off;
  }
  counts[w]++;
}

function distance(a: Float64Array, b: Float64Array): number {
  let squares = 0;
  for (let k = 0; k < a.length; k++) squares += (a[k] - b[k]) * (a[k] - b[k]);
  return Math.sqrt(squares);
}

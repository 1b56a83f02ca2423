import { gaussianMixture } from '../../../problems/gaussian-mixture/model.ts';
import { drawSequences } from '../../../problems/hidden-markov/data.ts';
import { hiddenMarkov } from '../../../problems/hidden-markov/model.ts';
import { drawCorpus, halves, selectDocuments } from '../../../problems/topics/corpus.ts';
import { topics } from '../../../problems/topics/model.ts';
import { perplexity } from '../../../problems/topics/perplexity.ts';
import type { VariationalModel } from '../../../src/dynamics/variational-model.ts';
import { LehrError, show } from '../../../src/error.ts';
import { gamma } from '../../../src/random/distributions.ts';
import type { Rng } from '../../../src/random/rng.ts';

/** What data are drawn from, and with what they are learned. */
export type Source =
  | {
      /** Points from components of deviation 0.35 on each axis, whose means are uniform on a cube; diagonal covariances (as in our calibration). */
      readonly model: 'mixture';
      readonly points: number;
      readonly components: number;
      /** Axes (2). */
      readonly axes?: number;
      /** Half the cube's side (4). */
      readonly half?: number;
    }
  | {
      /** Sequences of a chain whose transitions and symbols are drawn from Dirichlet laws of concentration 0.3. */
      readonly model: 'chains';
      readonly sequences: number;
      readonly length: number;
      readonly states: number;
      readonly symbols: number;
    }
  | {
      /** Documents drawn from the model, 100 more of which are only tried. */
      readonly model: 'topics';
      readonly documents: number;
      readonly length: number;
      readonly words: number;
      readonly topics: number;
      /** Whether documents go on from their topics of the step before, in 5 rounds a step, or begin anew, in at most 20. */
      readonly remember: boolean;
    };

/** A model of drawn data, and the perplexity of unseen data where there are any. */
export interface Drawn {
  readonly model: VariationalModel;
  perplexity?(lambda: Float64Array): number;
}

/** Of a component, on each axis. */
export const DEVIATION = 0.35;
/** Documents that are tried. */
const UNSEEN = 100;
const CONCENTRATION = 0.1;

/** Draws data and builds their model. */
export function draw(source: Source, rng: Rng): Drawn {
  if (source.model === 'mixture') return mixture(source, rng);
  if (source.model === 'chains') return chains(source, rng);
  if (source.model === 'topics') return corpus(source, rng);
  throw new LehrError('option', `source is ${show(source)}, expected a model of mixture, chains and topics.`);
}

function mixture({ points, components, axes = 2, half = 4 }: Extract<Source, { model: 'mixture' }>, rng: Rng): Drawn {
  const centres = Float64Array.from({ length: axes * components }, () => half * (2 * rng.uniform() - 1));
  const data = new Float64Array(axes * points);
  for (let n = 0; n < points; n++) {
    const k = rng.below(components);
    for (let j = 0; j < axes; j++) data[axes * n + j] = centres[axes * k + j] + DEVIATION * rng.normal();
  }
  // gamma(2, 0.3) on each axis' precision, κ₀ = 0.05, m₀ = 0, a₀ = 1; in the plane a run begins with responsibilities e^(−r²) around random points.
  const model = gaussianMixture(data, axes, {
    components,
    covariance: 'diagonal',
    concentration: 1,
    mean: new Float64Array(axes),
    meanPrecision: 0.05,
    degrees: 4,
    scatter: new Float64Array(axes).fill(0.6),
    ...(axes === 2 ? { width: 1 } : {}),
  });
  return { model };
}

function chains({ sequences, length, states, symbols }: Extract<Source, { model: 'chains' }>, rng: Rng): Drawn {
  const rows = (count: number, size: number, concentration: number): number[] =>
    Array.from({ length: count }, () => {
      const parts = Array.from({ length: size }, () => gamma(rng, concentration));
      const total = parts.reduce((a, b) => a + b);
      return parts.map((part) => part / total);
    }).flat();
  const chain = { initial: rows(1, states, 1), transitions: rows(states, states, 0.3), emissions: rows(states, symbols, 0.3) };
  return { model: hiddenMarkov(drawSequences(chain, sequences, length, rng), { states }) };
}

function corpus({ documents, length, words, topics: count, remember }: Extract<Source, { model: 'topics' }>, rng: Rng): Drawn {
  const priors = { alpha: CONCENTRATION, eta: CONCENTRATION };
  const all = drawCorpus({ documents: documents + UNSEEN, length, words, topics: count, ...priors }, rng);
  const range = (from: number, size: number): Int32Array => Int32Array.from({ length: size }, (_, d) => from + d);
  const unseen = halves(selectDocuments(all, range(documents, UNSEEN)), rng);
  const options = { topics: count, ...priors };
  return {
    model: topics(selectDocuments(all, range(0, documents)), { ...options, remember, iterations: remember ? 5 : 20 }),
    perplexity: (lambda) => perplexity(lambda, unseen, { ...options, precision: 'single' }),
  };
}

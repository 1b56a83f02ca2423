import type { VariationalModel } from '../../src/dynamics/variational-model.ts';
import { LehrError, show } from '../../src/error.ts';
import { gamma } from '../../src/random/distributions.ts';
import { checkKeys } from '../../src/run/plan.ts';
import { dirichletExpect, dirichletNormaliser, dirichletPerturb, type Spread } from '../conjugate/dirichlet.ts';
import { digestOf } from '../table/digest.ts';
import type { SparseRows } from '../table/sparse.ts';
import { checkCorpus } from './corpus.ts';
import { fastDocuments } from './documents-kernel.ts';
import { plainDocuments } from './documents.ts';
import { topicWords } from './words.ts';

/** Documents that are visited at once: their sums are in f32, which so few do not wear out. */
const CHUNK = 1024;
/** Shape of the gamma law that topics begin with, its mean 1 (Hoffman, Blei and Bach's program, and scikit-learn). */
const START_SHAPE = 100;

/** Latent Dirichlet allocation, its priors and its local iteration. */
export interface TopicsOptions {
  /** How many topics. */
  readonly topics: number;
  /** Concentrations of documents' topics and of topics' words (1 / topics each). */
  readonly alpha?: number;
  readonly eta?: number;
  /** Rounds of a document's iteration at most (20), which ends at a mean change of its topics' counts below `tolerance` (1e-3). */
  readonly iterations?: number;
  readonly tolerance?: number;
  /**
   * Whether documents go on from their topics of the step before, where a step visits all. Then coordinate ascent never lowers the bound, and needs few rounds a step; but what documents once have chosen, they keep:
   * on drawn corpora of a million words, topics so learned told unseen words with a perplexity of 3,380 after 40 steps, begun anew at each visit with one of 2,940. Default false.
   */
  readonly remember?: boolean;
  /** `double`: f64, with temperature and noise. `single`: f32 with SIMD, some ten times as fast, without them. Default double. */
  readonly precision?: 'double' | 'single';
}

/** Topics for `svi`; its rows are documents, each with a set of topics' counts. */
export interface Topics extends VariationalModel {
  readonly topics: number;
  readonly words: readonly string[];
  /** topics × words: posterior means of words' probabilities. */
  describe(lambda: Float64Array): Float64Array;
  /** The most probable words of each topic, best first. */
  topWords(lambda: Float64Array, count: number): string[][];
  /** documents × topics: posterior means of documents' shares. */
  shares(lambda: Float64Array): Float64Array;
}

/**
 * Latent Dirichlet allocation with Dirichlet laws on topics' words (Blei, Ng and Jordan, JMLR 3, 2003; online: Hoffman, Blei and Bach, NIPS 2010). Natural parameters: the concentrations, words × topics, word by
 * word. The local factors of a document are its topics' shares θ and the topic of each word.
 * @throws LehrError `input` for a corpus that is none, by document and word; `option` for options that do not fit.
 */
export function topics(corpus: SparseRows, options: TopicsOptions): Topics {
  checkKeys('topics', options, ['topics', 'alpha', 'eta', 'iterations', 'tolerance', 'remember', 'precision']);
  checkCorpus(corpus);
  const { rows, names } = corpus;
  const words = names.length;
  const {
    topics: count,
    alpha = 1 / count,
    eta = 1 / count,
    iterations = 20,
    tolerance = 1e-3,
    remember = false,
    precision = 'double',
  } = options;
  const fail = (name: string, value: unknown, expected: string): never => {
    throw new LehrError('option', `topics: ${name} is ${show(value)}, expected ${expected}.`);
  };
  if (!(Number.isSafeInteger(count) && count >= 1 && count <= words)) fail('topics', count, `a whole number from 1 to the ${words} words`);
  if (!(alpha > 0 && alpha < Infinity)) fail('alpha', alpha, 'a finite concentration above 0');
  if (!(eta > 0 && eta < Infinity)) fail('eta', eta, 'a finite concentration above 0');
  if (!(Number.isSafeInteger(iterations) && iterations >= 1)) fail('iterations', iterations, 'a whole number from 1 on');
  if (!(tolerance >= 0 && tolerance < Infinity)) fail('tolerance', tolerance, 'a finite number of at least 0');
  if (typeof remember !== 'boolean') fail('remember', remember, 'true or false');
  if (precision !== 'double' && precision !== 'single') fail('precision', precision, "'double' or 'single'");
  const size = words * count;
  const laws: Spread[] = Array.from({ length: count }, (_, k) => ({ at: k, count: words, stride: count }));
  const prior = new Float64Array(size).fill(eta);
  const rounds = { iterations, tolerance };
  const most = Math.min(rows, CHUNK);
  const documents =
    precision === 'single' ? fastDocuments(corpus, count, alpha, rounds, most) : plainDocuments(corpus, count, alpha, rounds);
  const lengths = lengthsOf(corpus);
  const gammas = new Float64Array(most * count);
  const sink = new Float64Array(size);

  /** Calls `visit` for chunks of documents, whose rows of γ are in `gammas` before and after. */
  const inChunks = (
    order: Int32Array,
    from: number,
    to: number,
    memory: Float64Array | null,
    visit: (from: number, to: number) => void,
  ): void => {
    for (let at = from; at < to; at += most) {
      const end = Math.min(to, at + most);
      for (let n = at; n < end; n++) {
        const place = (n - at) * count;
        const kept = order[n] * count;
        const known = memory !== null && memory[kept] === memory[kept];
        const begin = alpha + lengths[order[n]] / count;
        for (let k = 0; k < count; k++) gammas[place + k] = known ? memory[kept + k] : begin;
      }
      visit(at, end);
      if (memory === null) continue;
      for (let n = at; n < end; n++) for (let k = 0; k < count; k++) memory[order[n] * count + k] = gammas[(n - at) * count + k];
    }
  };

  return {
    name: 'latent Dirichlet allocation',
    rows,
    topics: count,
    words: names,
    prior,
    base: new Float64Array(size).fill(1),
    ...(remember ? { memory: count } : {}),
    fingerprint: {
      digest: digestOf({ inputs: corpus.values, targets: Float64Array.from(corpus.columns) }),
      rows,
      words,
      topics: count,
      alpha,
      eta,
      iterations,
      tolerance,
      remember,
      precision,
    },
    init: (rng) => Float64Array.from({ length: size }, () => gamma(rng, START_SHAPE) / START_SHAPE),
    prepare: (lambda) => documents.prepare(lambda),

    local(order, from, to, into, visit) {
      if (precision === 'single' && (visit.temperature !== 1 || visit.noiseScale > 0))
        throw new LehrError(
          'option',
          `topics: temperature is ${visit.temperature} and local noise ${visit.noiseScale} with precision 'single', expected 1 and 0. Maybe precision: 'double'.`,
        );
      let value = 0;
      inChunks(order, from, to, visit.memory, (at, end) => (value += documents.visit(order, at, end, gammas, into, visit)));
      return value;
    },

    logNormaliser: (lambda) => laws.reduce((sum, law) => sum + dirichletNormaliser(lambda, law), 0),

    expect(lambda, into) {
      for (const law of laws) dirichletExpect(lambda, law, into);
    },

    perturb(lambda, scale, rng) {
      for (const law of laws) dirichletPerturb(lambda, law, prior, scale, rng);
    },

    describe(lambda) {
      const means = new Float64Array(size);
      for (let k = 0; k < count; k++) {
        let total = 0;
        for (let w = 0; w < words; w++) total += lambda[w * count + k];
        for (let w = 0; w < words; w++) means[k * words + w] = lambda[w * count + k] / total;
      }
      return means;
    },

    topWords(lambda, number) {
      return topicWords(this.describe(lambda), corpus, number).map((list) => list.map(({ word }) => word));
    },

    shares(lambda) {
      const all = new Float64Array(rows * count);
      const order = Int32Array.from({ length: rows }, (_, d) => d);
      const visit = { temperature: 1, all: false, noiseScale: 0, told: false } as Parameters<typeof documents.visit>[5];
      documents.prepare(lambda);
      inChunks(order, 0, rows, null, (at, end) => {
        documents.visit(order, at, end, gammas, sink, visit);
        for (let n = 0; n < (end - at) * count; n++) all[at * count + n] = gammas[n];
      });
      for (let d = 0; d < rows; d++) {
        const total = lengths[d] + alpha * count;
        for (let k = 0; k < count; k++) all[d * count + k] /= total;
      }
      return all;
    },
  };
}

function lengthsOf({ rows, starts, values }: SparseRows): Float64Array {
  const lengths = new Float64Array(rows);
  for (let d = 0; d < rows; d++) for (let i = starts[d]; i < starts[d + 1]; i++) lengths[d] += values[i];
  return lengths;
}

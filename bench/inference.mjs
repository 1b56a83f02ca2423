// Variational inference beside scikit-learn: npm run bench:inference -- [--rounds R] [--python PYTHON] [--quick]
// Topics of a million drawn tokens, online and in batches, and Gaussian mixtures. One thread each; the programs take turns, and the best of the turns counts. Times are CPU seconds, so that a busy machine matters less, of passes alone: a run
// of some passes less a run of fewer, so that neither's start and end count. How well topics are learned is told by one measure for both: the perplexity of
// the second halves of documents that neither has seen.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { anneal, stream, svi } from 'lehr';
import { gaussianMixture } from 'lehr/problems/gaussian-mixture';
import { drawCorpus, halves, perplexity, selectDocuments, topics } from 'lehr/problems/topics';
import { robbinsMonro } from 'lehr/schedules';
import { beside } from './beside.mjs';

const { quick, python, rounds } = beside('npm run bench:inference -- [--rounds R] [--python PYTHON] [--quick]', {
  rounds: 3,
  more: { quick: { type: 'boolean', default: false } },
});
const TURNS = quick ? 1 : rounds;
const folder = mkdtempSync(join(tmpdir(), 'lehr-inference-'));
const environment = { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1', MKL_NUM_THREADS: '1' };

const TOPICS = `
import json, sys, time, warnings
import numpy as np
import scipy.sparse as sp
from sklearn.decomposition import LatentDirichletAllocation
warnings.filterwarnings("ignore")
folder, method, few, many, topics, words, alpha, eta, batch, dtype = sys.argv[1], sys.argv[2], *map(int, sys.argv[3:7]), *map(float, sys.argv[7:9]), int(sys.argv[9]), sys.argv[10]
starts = np.fromfile(folder + "/starts.bin", dtype=np.int32)
X = sp.csr_matrix((np.fromfile(folder + "/counts.bin", dtype=np.float64).astype(dtype), np.fromfile(folder + "/ids.bin", dtype=np.int32), starts), shape=(len(starts) - 1, words))
def fit(passes):
    lda = LatentDirichletAllocation(topics, doc_topic_prior=alpha, topic_word_prior=eta, learning_method=method, learning_decay=0.7, learning_offset=10.0, max_iter=passes, batch_size=batch, total_samples=X.shape[0], random_state=passes, n_jobs=1)
    began = time.process_time()
    lda.fit(X)
    return time.process_time() - began, lda
short, _ = fit(few)
long, lda = fit(many)
lda.components_.T.astype(np.float64).ravel().tofile(folder + "/components.bin")
print(json.dumps({"seconds": (long - short) / (many - few)}))
`;

const MIXTURE = `
import json, sys, time, warnings
import numpy as np
from sklearn.mixture import BayesianGaussianMixture
warnings.filterwarnings("ignore")
folder, d, components, covariance, few, many = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4], int(sys.argv[5]), int(sys.argv[6])
X = np.fromfile(folder + "/points.bin", dtype=np.float64).reshape(-1, d)
def fit(iterations):
    mixture = BayesianGaussianMixture(n_components=components, covariance_type={"diagonal": "diag"}.get(covariance, covariance), weight_concentration_prior_type="dirichlet_distribution", init_params="random", max_iter=iterations, tol=0, random_state=0)
    began = time.process_time()
    mixture.fit(X)
    return time.process_time() - began
short = min(fit(few) for _ in range(2))
print(json.dumps({"seconds": (min(fit(many) for _ in range(2)) - short) / (many - few)}))
`;

const run = (script, ...args) =>
  JSON.parse(execFileSync(python, ['-c', script, folder, ...args.map(String)], { encoding: 'utf8', env: environment, maxBuffer: 1e9 }))
    .seconds;

const cpu = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

/** Seconds of a pass of `steps` steps, by the difference of two runs; the parameters of the longer. */
function lehr(dynamics, controls, steps, few, many) {
  const fit = (passes) => {
    const began = cpu();
    const outcome = anneal({ dynamics, controls, budget: { steps: passes * steps }, block: 1, every: 1e9, seed: passes });
    return [cpu() - began, outcome.result.parameters];
  };
  fit(1);
  const [short] = fit(few);
  const [long, parameters] = fit(many);
  return [(long - short) / (many - few), parameters];
}

const best = (turns) => Math.min(...turns);
const ratio = (theirs, ours) => `${(best(theirs) / best(ours)).toFixed(2)}×`;

function benchTopics({ documents, length, words, count }) {
  const priors = { alpha: 0.1, eta: 0.05 };
  const all = drawCorpus({ documents: documents + 500, length, words, topics: count, ...priors }, stream(1, 'bench'));
  const range = (from, size) => Int32Array.from({ length: size }, (_, d) => from + d);
  const corpus = selectDocuments(all, range(0, documents));
  const unseen = halves(selectDocuments(all, range(documents, 500)), stream(2, 'bench'));
  writeFileSync(join(folder, 'starts.bin'), corpus.starts);
  writeFileSync(join(folder, 'ids.bin'), corpus.columns);
  writeFileSync(join(folder, 'counts.bin'), corpus.values);
  const tokens = documents * length;
  const options = { topics: count, ...priors, precision: 'single' };
  const tried = (parameters) => perplexity(parameters, unseen, options).toFixed(1);
  console.log(
    `topics: ${tokens / 1e6} million tokens, ${documents} documents, ${words} words, ${count} topics; millions of tokens a second and pass`,
  );
  for (const [method, batch, few, many] of [
    ['online', 128, 1, 4],
    ['batch', null, 2, 12],
  ]) {
    const times = { lehr: [], float64: [], float32: [] };
    const perplexities = {};
    for (let turn = 0; turn < TURNS; turn++) {
      const steps = batch === null ? 1 : Math.ceil(documents / batch);
      // Few rounds online: topics that are still vague teach documents little, and tell unseen words better than many rounds do.
      const own = { iterations: batch === null ? 20 : 10 };
      const dynamics = svi(topics(corpus, { ...options, ...own }), { tell: 1e9, ...(batch === null ? {} : { batch }) });
      const [seconds, parameters] = lehr(dynamics, batch === null ? {} : { rate: robbinsMonro(1) }, steps, few, many);
      times.lehr.push(seconds);
      perplexities.lehr = tried(parameters);
      for (const dtype of ['float64', 'float32']) {
        times[dtype].push(run(TOPICS, method, few, many, count, words, priors.alpha, priors.eta, batch ?? 128, dtype));
        perplexities[dtype] = tried(new Float64Array(new Uint8Array(readFileSync(join(folder, 'components.bin'))).buffer));
      }
    }
    const rate = (turns) => (tokens / best(turns) / 1e6).toFixed(2);
    console.log(
      `  ${method}, ${many} passes: Lehr ${rate(times.lehr)} (perplexity ${perplexities.lehr}), scikit-learn f64 ${rate(times.float64)} (${perplexities.float64}), f32 ${rate(times.float32)} (${perplexities.float32}); ` +
        `${ratio(times.float64, times.lehr)} and ${ratio(times.float32, times.lehr)}`,
    );
  }
}

function benchMixtures({ rows, d, components }) {
  const rng = stream(3, 'bench', d, components);
  const centres = Float64Array.from({ length: d * components }, () => 6 * rng.uniform());
  const points = new Float64Array(rows * d);
  for (let n = 0; n < rows; n++) {
    const k = rng.below(components);
    for (let j = 0; j < d; j++) points[n * d + j] = centres[k * d + j] + rng.normal();
  }
  writeFileSync(join(folder, 'points.bin'), points);
  for (const covariance of ['diagonal', 'full']) {
    const times = { lehr: [], theirs: [] };
    const [few, many] = [2, 12];
    for (let turn = 0; turn < TURNS; turn++) {
      const dynamics = svi(gaussianMixture(points, d, { components, covariance }));
      times.lehr.push(lehr(dynamics, {}, 1, few, 10 * many)[0]);
      times.theirs.push(run(MIXTURE, d, components, covariance, few, many));
    }
    const rate = (turns) => (rows / best(turns) / 1e6).toFixed(2);
    console.log(
      `mixture, ${covariance}, ${rows} rows × ${d}, ${components} components: millions of rows a second and iteration: Lehr ${rate(times.lehr)}, scikit-learn ${rate(times.theirs)}; ${ratio(times.theirs, times.lehr)}`,
    );
  }
}

try {
  benchTopics({ documents: 10_000, length: 100, words: 10_000, count: 20 });
  if (!quick) benchTopics({ documents: 4000, length: 250, words: 5000, count: 100 });
  for (const [d, components] of quick
    ? [[8, 10]]
    : [
        [2, 10],
        [8, 10],
        [16, 20],
      ])
    benchMixtures({ rows: 50_000, d, components });
} finally {
  rmSync(folder, { recursive: true });
}

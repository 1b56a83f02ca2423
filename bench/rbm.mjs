// Persistent contrastive divergence on 8 × 8 digits, against scikit-learn's BernoulliRBM in f64 and f32: npm run bench:rbm -- DIR [--rounds R] [--python PYTHON]
// DIR holds optdigits.tra and optdigits.tes. One thread each; the programs take turns, and the best of the turns counts. Both learn the same number of epochs from the
// same law of first weights at the same rate; how well is told by one measure for both, on rows neither has seen: the exact log-likelihood with 16
// hidden units, the pseudo-log-likelihood with more.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { anneal, contrastive } from 'lehr';
import { binarise, logLikelihood, pseudoLogLikelihood, rbmModel, sizeOf } from 'lehr/problems/rbm';
import { readCsv } from 'lehr/problems/table';
import { beside } from './beside.mjs';

const {
  folder: directory,
  python,
  rounds: TURNS,
} = beside('npm run bench:rbm -- DIR [--rounds R] [--python PYTHON], DIR with optdigits.tra and optdigits.tes', {
  folder: true,
  rounds: 4,
});
const EPOCHS = 15;
const RATE = 0.05;
const PIXELS = 64;

/** The pictures, on where a count is at least 8 of 16. */
function rowsOf(file) {
  const { rows, columns } = readCsv(readFileSync(join(directory, file), 'utf8'), { path: file, header: false });
  return binarise(
    Float64Array.from({ length: rows * PIXELS }, (_, i) => columns[i % PIXELS].values[Math.floor(i / PIXELS)]),
    8,
  );
}

const training = rowsOf('optdigits.tra');
const unseen = rowsOf('optdigits.tes');
const count = training.length / PIXELS;
const folder = mkdtempSync(join(tmpdir(), 'lehr-rbm-'));
writeFileSync(join(folder, 'rows.bin'), training);

const SCRIPT = `
import json, sys, time
import numpy as np
from sklearn.neural_network import BernoulliRBM
path, hidden, batch, dtype, seed = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4], int(sys.argv[5])
X = np.fromfile(path, dtype=np.uint8).reshape(-1, ${PIXELS}).astype(dtype)
BernoulliRBM(n_components=hidden, batch_size=batch, n_iter=1, random_state=0).fit(X)
rbm = BernoulliRBM(n_components=hidden, learning_rate=${RATE}, batch_size=batch, n_iter=${EPOCHS}, random_state=seed)
began = time.perf_counter()
rbm.fit(X)
seconds = time.perf_counter() - began
parameters = np.concatenate([rbm.components_.T.ravel(), rbm.intercept_visible_, rbm.intercept_hidden_])
print(json.dumps({"seconds": seconds, "parameters": parameters.tolist()}))
`;

function scikit(hidden, batch, dtype, seed) {
  const env = { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' };
  const args = ['-c', SCRIPT, join(folder, 'rows.bin'), hidden, batch, dtype, seed].map(String);
  const { seconds, parameters } = JSON.parse(execFileSync(python, args, { encoding: 'utf8', env, maxBuffer: 1e9 }));
  return { seconds, parameters: Float64Array.from(parameters) };
}

function lehr(hidden, batch, seed) {
  const model = rbmModel(training, PIXELS, { hidden, energy: 'pseudo', probe: 1, tell: Number.MAX_SAFE_INTEGER });
  const steps = EPOCHS * Math.ceil(count / batch);
  const learn = (n) =>
    anneal({ dynamics: contrastive(model, { batch, persistent: true }), controls: { rate: RATE }, budget: { steps: n }, block: 100, seed });
  learn(Math.ceil(steps / EPOCHS));
  const began = performance.now();
  const { result } = learn(steps);
  return { seconds: (performance.now() - began) / 1000, parameters: result.last };
}

try {
  console.log(`${count} digits, ${EPOCHS} epochs, best of ${TURNS} turns; log-likelihood per unseen digit in nats`);
  for (const hidden of [16, 64, 256]) {
    for (const batch of [10, 64]) {
      const runs = { lehr: [], float64: [], float32: [] };
      for (let turn = 0; turn < TURNS; turn++) {
        runs.lehr.push(lehr(hidden, batch, turn));
        for (const dtype of ['float64', 'float32']) runs[dtype].push(scikit(hidden, batch, dtype, turn));
      }
      const shape = { visible: PIXELS, hidden };
      const judge = hidden <= 16 ? logLikelihood : pseudoLogLikelihood;
      const cells = Object.entries(runs).map(([name, turns]) => {
        const seconds = Math.min(...turns.map((turn) => turn.seconds));
        const values = turns.map(({ parameters }) => judge(shape, parameters.subarray(0, sizeOf(shape)), unseen));
        const mean = values.reduce((a, b) => a + b, 0) / TURNS;
        const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (TURNS - 1));
        return {
          name,
          seconds,
          said: `${((1e3 * seconds) / EPOCHS).toFixed(1)} ms/epoch, ${mean.toFixed(2)}${TURNS > 1 ? ` ± ${deviation.toFixed(2)}` : ''}`,
        };
      });
      const [own, ...others] = cells;
      console.log(
        `\n${hidden} hidden, batches of ${batch} (${hidden <= 16 ? 'exact' : 'pseudo'}-log-likelihood)\n  lehr             ${own.said}`,
      );
      for (const { name, seconds, said } of others)
        console.log(`  scikit-learn ${name.slice(5)}  ${said}: Lehr is ${(seconds / own.seconds).toFixed(2)} times as fast`);
    }
  }
} finally {
  rmSync(folder, { recursive: true });
}

// A perceptron 784-256-10 on the MNIST test file, plain SGD, minibatches of 64, beside scikit-learn and TensorFlow.js where they are there:
//   npm run bench:learning -- DIR [--rounds R] [--python PYTHON] [--tfjs FOLDER]
// DIR holds mnist-t10k-images-idx3-ubyte.gz and …-labels-idx1-ubyte.gz; PYTHON is an interpreter that has scikit-learn (python3); FOLDER has in its node_modules
// @tensorflow/tfjs-core, -layers and -backend-wasm. Inputs are pixels / 255, four fifths of them 0 ("zeros"), or standardised, none 0 ("dense"). Everybody has one thread, learns
// the same rows at the same rate in f32, and takes turns, a pass over 10,000 rows at a time; the fastest of each counts, and losses show that all learn alike. The ratios are the result.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { gunzipSync } from 'node:zlib';
import { beside } from './beside.mjs';

const ROWS = 10_000;
const RATE = 0.05;
const BATCH = 64;

/** Pixels and labels; `dense`: standardised by the mean and deviation of the pixels, so that no input is 0. */
function readMnist(folder, dense) {
  const read = (name, header) => gunzipSync(readFileSync(join(folder, `mnist-t10k-${name}-ubyte.gz`))).subarray(header);
  const inputs = Float64Array.from(read('images-idx3', 16), (pixel) => (dense ? (pixel / 255 - 0.1307) / 0.3081 : pixel / 255));
  return { rows: ROWS, features: 784, classes: 10, inputs, targets: Float64Array.from(read('labels-idx1', 8)) };
}

async function lehr({ folder, dense, kernel }) {
  const { Block, gradient, sgd, stream } = await import('lehr');
  const { mlp } = await import('lehr/problems/network');
  const model = mlp(readMnist(folder, dense), { hidden: [256], ...(kernel === undefined ? {} : { kernel }) });
  const dynamics = gradient(model, { optimizer: sgd(), batch: BATCH });
  const state = dynamics.init(stream(1, 'init'));
  const [rng, block] = [stream(1, 'run'), new Block(3)];
  return () => {
    block.clear(Infinity);
    dynamics.advance(state, { rate: RATE }, Math.ceil(ROWS / BATCH), rng, block);
    return block.energy;
  };
}

async function tensorflow({ folder, dense, tfjs }) {
  const require = createRequire(join(tfjs, 'package.json'));
  const load = (name) => import(pathToFileURL(require.resolve(name)).href);
  const [tf, layers, wasm] = [
    await load('@tensorflow/tfjs-core'),
    await load('@tensorflow/tfjs-layers'),
    await load('@tensorflow/tfjs-backend-wasm'),
  ];
  wasm.setWasmPaths(`${dirname(require.resolve('@tensorflow/tfjs-backend-wasm'))}/`);
  wasm.setThreadsCount?.(1);
  await tf.setBackend('wasm');
  await tf.ready();
  const { inputs, targets } = readMnist(folder, dense);
  const x = tf.tensor2d(Float32Array.from(inputs), [ROWS, 784]);
  const y = tf.oneHot(tf.tensor1d(Int32Array.from(targets), 'int32'), 10);
  const model = layers.sequential();
  model.add(layers.layers.dense({ units: 256, activation: 'relu', inputShape: [784] }));
  model.add(layers.layers.dense({ units: 10, activation: 'softmax' }));
  model.compile({ optimizer: tf.train.sgd(RATE), loss: 'categoricalCrossentropy' });
  return async () => (await model.fit(x, y, { batchSize: BATCH, epochs: 1, verbose: 0, yieldEvery: 'never' })).history.loss[0];
}

const PYTHON = `
import gzip, sys, time, warnings, numpy as np
warnings.filterwarnings('ignore')
from sklearn.neural_network import MLPClassifier
folder, dense = sys.argv[1], sys.argv[2] == 'true'
x = np.frombuffer(gzip.open(folder + '/mnist-t10k-images-idx3-ubyte.gz').read()[16:], dtype=np.uint8).reshape(-1, 784).astype(np.float32) / np.float32(255)
y = np.frombuffer(gzip.open(folder + '/mnist-t10k-labels-idx1-ubyte.gz').read()[8:], dtype=np.uint8)
if dense: x = ((x - np.float32(0.1307)) / np.float32(0.3081)).astype(np.float32)
m = MLPClassifier(hidden_layer_sizes=(256,), solver='sgd', learning_rate_init=${RATE}, momentum=0, nesterovs_momentum=False, alpha=0, batch_size=${BATCH})
for line in sys.stdin:
    t = time.perf_counter()
    m.partial_fit(x, y, classes=np.arange(10))
    print(time.perf_counter() - t, m.loss_, flush=True)
`;

/** Somebody who learns in a thread; gives (seconds, loss) of a pass when asked. */
function inThread(kind, data) {
  const worker = new Worker(new URL(import.meta.url), { workerData: { kind, ...data } });
  const failed = new Promise((_, reject) => worker.once('error', reject));
  return {
    pass: () => {
      worker.postMessage('pass');
      return Promise.race([new Promise((done) => worker.once('message', done)), failed]);
    },
    end: () => worker.terminate(),
  };
}

function inPython(python, folder, dense) {
  const env = { ...process.env, OPENBLAS_NUM_THREADS: '1', OMP_NUM_THREADS: '1', MKL_NUM_THREADS: '1' };
  const child = spawn(python, ['-u', '-c', PYTHON, folder, String(dense)], { env, stdio: ['pipe', 'pipe', 'ignore'] });
  child.stdin.on('error', () => {});
  const lines = createInterface({ input: child.stdout });
  const gone = new Promise((_, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`${python} ended with ${code}: is scikit-learn there?`)));
  });
  gone.catch(() => {});
  return {
    pass: () => {
      const line = new Promise((done) => lines.once('line', (text) => done(text.split(' ').map(Number))));
      child.stdin.write('pass\n');
      return Promise.race([line, gone]);
    },
    end: () => child.stdin.end(),
  };
}

async function main() {
  const { folder, rounds, python, tfjs } = beside('npm run bench:learning -- DIR [--rounds R] [--python PYTHON] [--tfjs FOLDER]', {
    folder: true,
    rounds: 8,
    more: { tfjs: { type: 'string' } },
  });
  for (const dense of [true, false]) {
    const rivals = [
      ['lehr', inThread('lehr', { folder, dense })],
      ['scikit-learn', inPython(python, folder, dense)],
      ['lehr, plain TypeScript', inThread('lehr', { folder, dense, kernel: 'plain' }), 2],
      ...(tfjs === undefined ? [] : [['TensorFlow.js wasm', inThread('tfjs', { folder, dense, tfjs: resolve(tfjs) }), 3]]),
    ].map(([name, rival, most = rounds]) => ({ name, rival, most, best: Infinity, loss: NaN, absent: '' }));
    for (let round = 0; round < rounds; round++) {
      for (const each of rivals) {
        if (each.absent !== '' || round >= each.most) continue;
        try {
          const [seconds, loss] = await each.rival.pass();
          each.best = Math.min(each.best, seconds);
          if (round === 1) each.loss = loss;
        } catch (error) {
          each.absent = error.message;
        }
      }
    }
    console.log(`\n${dense ? 'dense' : 'zeros'}: seconds per 10,000 rows, speed of lehr ÷ theirs, loss of the second pass`);
    for (const { name, best, loss, absent } of rivals) {
      if (absent !== '') console.log(`  ${name.padEnd(24)} absent: ${absent}`);
      else console.log(`  ${name.padEnd(24)} ${best.toFixed(3)}  ${(best / rivals[0].best).toFixed(2).padStart(6)}×  ${loss.toFixed(4)}`);
    }
    for (const { rival } of rivals) rival.end();
  }
}

if (isMainThread) await main();
else {
  const pass = await { lehr, tfjs: tensorflow }[workerData.kind](workerData);
  parentPort.on('message', async () => {
    const began = performance.now();
    const loss = await pass();
    parentPort.postMessage([(performance.now() - began) / 1000, loss]);
  });
}

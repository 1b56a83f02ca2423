import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { adam, anneal, gradient, sgd, type Model, type Optimizer } from 'lehr';
import { rateOf, parse, setLearningRate } from 'lehr/schedules';

const VERSION = '4.22.0';
const PACKAGES = ['tfjs-core', 'tfjs-backend-cpu', 'tfjs-layers'];

/**
 * A folder in whose node_modules TensorFlow.js is (the layers bring the gradients): no dependency of Lehr, it is installed for this test alone,
 * once. Undefined where it cannot be had.
 */
function tensorflow(): string | undefined {
  const into = process.env.LEHR_TFJS ?? join(tmpdir(), `lehr-tfjs-${VERSION}`);
  if (PACKAGES.every((name) => existsSync(join(into, 'node_modules/@tensorflow', name, 'package.json')))) return into;
  mkdirSync(into, { recursive: true });
  try {
    const packages = PACKAGES.map((name) => `@tensorflow/${name}@${VERSION}`);
    execFileSync('npm', ['install', '--prefix', into, '--no-save', '--no-audit', '--no-fund', ...packages], { stdio: 'ignore' });
    return into;
  } catch {
    return undefined;
  }
}

const folder = tensorflow();

const curvatures = [1, 0.3, 0.05];
const valley: Model<Float32Array> = {
  name: 'valley',
  rows: 1,
  size: 3,
  init: () => Float32Array.of(1, -2, 3),
  gradient(w, _rows, _from, _to, into) {
    let loss = 0;
    for (let i = 0; i < 3; i++) {
      into[i] = curvatures[i] * w[i];
      loss += 0.5 * curvatures[i] * w[i] * w[i];
    }
    return loss;
  },
};

describe.skipIf(folder === undefined)('optimisers of TensorFlow.js, driven by rateOf and setLearningRate', () => {
  const text = 'warmup(0.1) > cosine(0.2, 0)';
  const steps = 60;

  it.each([
    ['sgd', (tf: any) => tf.train.sgd(1), sgd()],
    // Keras' eps, which TensorFlow.js has for Adam, too.
    ['adam', (tf: any) => tf.train.adam(1), adam({ eps: 1e-7 })],
  ] as const)('%s follows the same course as here', async (_, make, optimizer: Optimizer<'rate'>) => {
    const require = createRequire(join(folder!, 'package.json'));
    const [tf] = PACKAGES.map((name) => require(`@tensorflow/${name}`));
    await tf.setBackend('cpu');
    const w = tf.variable(tf.tensor1d([1, -2, 3]));
    const c = tf.tensor1d(curvatures);
    const theirs = make(tf);
    const rate = rateOf(text, { steps });
    for (let k = 0; k < steps; k++) {
      setLearningRate(theirs, rate(k));
      theirs.minimize(() => tf.mul(0.5, tf.sum(tf.mul(c, tf.square(w)))));
    }
    const { result } = anneal({
      dynamics: gradient(valley, { optimizer }),
      controls: { rate: parse(text) },
      budget: { steps },
      block: 1,
      seed: 1,
    });
    const found: number[] = [...(await w.data())];
    found.forEach((each, i) => expect(Math.abs(each - result.weights[i])).toBeLessThan(2e-5));
  });
});

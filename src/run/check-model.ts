import { allRows, trainingLoss, type Model, type Weights } from '../dynamics/model.ts';
import { difference } from '../dynamics/plain.ts';
import { LehrError, show } from '../error.ts';
import { maybe } from '../closest.ts';
import { sample, shuffle } from '../random/distributions.ts';
import { stream } from '../random/rng.ts';
import type { Seed } from '../random/seed.ts';
import { checkDesk } from './check-desk.ts';

/** `weights`: how many coordinates are tried by finite differences (40). `points`: at how many places (3). `tolerance`: relative error that is borne. */
export interface CheckModelOptions {
  readonly seed?: Seed;
  readonly weights?: number;
  readonly points?: number;
  readonly tolerance?: number;
}

type Fail = (message: string) => never;

/**
 * Tries a model against the contract of `Model` and throws a `contract` error that names the first breach: a gradient that differs from central
 * differences of the loss, losses of parts that do not add up to that of the whole, functions that change what they are only asked about or remember it, randomness
 * from elsewhere, figures that are not told, a `desk` at which
 * gradients are others than elsewhere, or at which one state leaves something to the next.
 *
 * A coordinate is tried at two widths, and passes if one agrees: near a kink (of ReLU, say) differences are of two pieces; at one, any slope between those of the two
 * sides is right. Float32 models are borne an error of 2 % of the gradient's size, as their losses have seven digits.
 */
export function checkModel<W extends Weights>(model: Model<W, any>, options: CheckModelOptions = {}): void {
  const name = shape(model);
  const fail: Fail = (message) => {
    throw new LehrError('contract', `${name}: ${message}`);
  };
  const { seed = 1, weights: tried = 40, points = 3 } = options;
  const first = checkInit(model, seed, fail);
  const single = first instanceof Float32Array;
  const tolerance = options.tolerance ?? (single ? 2e-2 : 1e-5);
  const rng = stream(seed, 'check-model');
  const all = allRows(model.rows);
  for (let point = 0; point < points; point++) {
    const weights = first.slice() as W;
    // Away from the start: at zeros many a wrong gradient is right.
    if (point > 0) for (let i = 0; i < weights.length; i++) weights[i] += 0.3 * rng.normal();
    const at = point === 0 ? 'at the start' : `at random weights ${point}`;
    const rows = shuffle(rng, all.slice()).subarray(0, Math.max(1, Math.min(model.rows, 64)));
    const gradient = checkPurity(model, weights, rows, at, fail);
    checkParts(model, weights, rows, gradient, single, at, fail);
    checkDifferences(
      model,
      weights,
      rows,
      gradient,
      sample(rng, weights.length, Math.min(tried, weights.length)),
      single,
      tolerance,
      at,
      fail,
    );
    checkEvaluation(model, weights, at, fail);
    checkDesk(model, weights, rows, at, fail);
  }
}

function shape(model: Model<any, any>): string {
  const methods = ['init', 'gradient'] as const;
  if (typeof model !== 'object' || model === null)
    throw new LehrError('contract', `The model is ${show(model)}, expected an object with name, rows, size, ${methods.join(', ')}.`);
  if (typeof model.name !== 'string') throw new LehrError('contract', `model: name is ${show(model.name)}, expected a string.`);
  for (const method of methods) {
    if (typeof model[method] === 'function') continue;
    const others = Object.keys(model).filter((key) => !(methods as readonly string[]).includes(key));
    throw new LehrError('contract', `${model.name}: ${method} is ${show(model[method])}, expected a function.${maybe(method, others)}`);
  }
  for (const count of ['rows', 'size'] as const) {
    if (!Number.isSafeInteger(model[count]) || model[count] < 1)
      throw new LehrError('contract', `${model.name}: ${count} is ${show(model[count])}, expected a whole number of at least 1.`);
  }
  return model.name;
}

function checkInit<W extends Weights>(model: Model<W, any>, seed: Seed, fail: Fail): W {
  const [weights, twin] = [0, 1].map(() => model.init(stream(seed, 'check-model', 'init')));
  if (!(weights instanceof Float64Array) && !(weights instanceof Float32Array))
    fail(`init returned ${show(weights)}, expected a Float64Array or a Float32Array.`);
  if (weights.length !== model.size) fail(`init returned ${weights.length} weights, expected size = ${model.size}.`);
  const path = difference(weights, twin);
  if (path !== null) fail(`two starts from the same stream differ at ${path}. Maybe init draws from elsewhere than rng.`);
  if (weights === twin || weights.buffer === twin.buffer) fail('two starts share memory. Maybe init hands out the same array twice.');
  return weights;
}

/** The gradient there; asked twice, into arrays of different content, it must be the same, and change nothing. */
function checkPurity<W extends Weights>(model: Model<W, any>, weights: W, rows: Int32Array, at: string, fail: Fail): W {
  const [kept, keptRows] = [weights.slice(), rows.slice()];
  const [gradient, again] = [weights.slice().fill(0) as W, weights.slice().fill(7) as W];
  const loss = model.gradient(weights, rows, 0, rows.length, gradient);
  if (typeof loss !== 'number' || !Number.isFinite(loss)) fail(`${at} the loss is ${show(loss)}, expected a finite number.`);
  const path = difference(kept, weights);
  if (path !== null) fail(`${at} gradient changes the weights at ${path}, expected it to write only into its last array.`);
  if (difference(keptRows, rows) !== null) fail(`${at} gradient changes the rows, expected it to write only into its last array.`);
  // Other weights in between: nothing of them may be remembered.
  model.gradient(gradient, rows, 0, 1, again);
  again.fill(7);
  const twice = model.gradient(weights, rows, 0, rows.length, again);
  const other = difference(gradient, again);
  if (other !== null)
    fail(
      `${at} the gradient at ${other} is ${show(gradient[Number(other.slice(1, -1))])} and then ${show(again[Number(other.slice(1, -1))])}. Maybe it adds to the array instead of overwriting it, or draws without being given a stream.`,
    );
  if (twice !== loss) fail(`${at} the loss is ${loss} and then ${twice}. Maybe gradient keeps something from call to call.`);
  if (model.loss !== undefined) {
    const alone = model.loss(weights, rows, 0, rows.length);
    if (!near(alone, loss, 1e-6)) fail(`${at} loss says ${alone} where gradient says ${loss}, expected the same.`);
  }
  return gradient;
}

/** Loss and gradient of the whole against the means over two parts, in another order of asking. */
function checkParts<W extends Weights>(
  model: Model<W, any>,
  weights: W,
  rows: Int32Array,
  gradient: W,
  single: boolean,
  at: string,
  fail: Fail,
): void {
  const n = rows.length;
  if (n < 2) return;
  const close = single ? 1e-4 : 1e-9;
  const cut = Math.ceil(n / 3);
  const parts = [weights.slice() as W, weights.slice() as W];
  const scratch = weights.slice() as W;
  const whole = model.gradient(weights, rows, 0, n, scratch);
  const second = model.gradient(weights, rows, cut, n, parts[1]);
  const alone = model.gradient(weights, rows.slice(cut), 0, n - cut, scratch);
  if (!near(alone, second, close))
    fail(`${at} the loss of some rows is ${second} inside a longer list and ${alone} alone. Maybe gradient ignores from and to.`);
  const loss = (cut * model.gradient(weights, rows, 0, cut, parts[0]) + (n - cut) * second) / n;
  if (!near(loss, whole, close))
    fail(`${at} the mean loss of two parts is ${loss}, of both together ${whole}. Maybe gradient returns the sum over rows.`);
  const scale = sizeOf(gradient);
  for (let i = 0; i < gradient.length; i++) {
    const mean = (cut * parts[0][i] + (n - cut) * parts[1][i]) / n;
    if (Math.abs(mean - gradient[i]) > close * Math.max(1, scale))
      fail(
        `${at} the mean gradient [${i}] of two parts is ${mean}, of both together ${gradient[i]}. Maybe it is not divided by to − from.`,
      );
  }
}

function checkDifferences<W extends Weights>(
  model: Model<W, any>,
  weights: W,
  rows: Int32Array,
  gradient: W,
  places: Int32Array,
  single: boolean,
  tolerance: number,
  at: string,
  fail: Fail,
): void {
  const scratch = weights.slice() as W;
  const moved = weights.slice() as W;
  const scale = sizeOf(gradient);
  const centre = trainingOf(model, weights, rows, scratch);
  for (const i of places) {
    let slope = NaN;
    let passed = false;
    for (const width of single ? [1e-2, 3e-3] : [1e-5, 1e-7]) {
      moved[i] = weights[i] + width;
      const [up, above] = [moved[i], trainingOf(model, moved, rows, scratch)];
      moved[i] = weights[i] - width;
      const [down, below] = [moved[i], trainingOf(model, moved, rows, scratch)];
      moved[i] = weights[i];
      slope = (above - below) / (up - down);
      // A loss has its last digits wrong: what those make of a difference is borne.
      const noise = ((single ? 1e-6 : 1e-14) * Math.max(Math.abs(above), Math.abs(below), 1)) / width;
      const off = tolerance * Math.max(scale, Math.abs(slope)) + noise;
      const [left, right] = [(centre - below) / (weights[i] - down), (above - centre) / (up - weights[i])];
      const between = gradient[i] >= Math.min(left, right) - off && gradient[i] <= Math.max(left, right) + off;
      if (Math.abs(slope - gradient[i]) <= off || between) {
        passed = true;
        break;
      }
    }
    if (passed) continue;
    const ratio = gradient[i] / slope;
    const factor = [2, 0.5, -1, rows.length, 1 / rows.length].find((each) => near(ratio, each, 1e-3));
    const cause = factor === undefined ? '' : ` Maybe a factor ${factor === -1 ? 'of −1: the gradient points uphill' : factor} too much.`;
    fail(`${at} the gradient [${i}] is ${gradient[i]}, but differences of the loss say ${slope}.${cause}`);
  }
}

function checkEvaluation<W extends Weights>(model: Model<W, any>, weights: W, at: string, fail: Fail): void {
  if (model.evaluate === undefined) {
    if ((model.figures?.length ?? 0) > 0) fail(`figures are ${show(model.figures)}, but there is no evaluate.`);
    return;
  }
  const kept = weights.slice();
  const [told, again] = [model.evaluate(weights), model.evaluate(weights)];
  if (difference(kept, weights) !== null) fail(`${at} evaluate changes the weights.`);
  for (const name of ['loss', ...(model.figures ?? [])]) {
    if (typeof told[name] !== 'number') fail(`${at} evaluate tells ${show(told[name])} of ${name}, expected a number.`);
    if (!Object.is(told[name], again[name])) fail(`${at} evaluate tells ${told[name]} of ${name} and then ${again[name]}.`);
  }
}

function trainingOf<W extends Weights>(model: Model<W, any>, weights: W, rows: Int32Array, scratch: W): number {
  return rows.length === model.rows ? trainingLoss(model, weights, rows, scratch) : model.gradient(weights, rows, 0, rows.length, scratch);
}

/** The largest component. */
function sizeOf(gradient: Weights): number {
  let most = 0;
  for (let i = 0; i < gradient.length; i++) most = Math.max(most, Math.abs(gradient[i]));
  return most;
}

function near(a: number, b: number, tolerance: number): boolean {
  return a === b || Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(a), Math.abs(b));
}

import type { Desk } from '../../src/dynamics/desk.ts';
import { expMinus } from '../../src/dynamics/exp.ts';
import { products } from './dense-kernel.ts';
import { plainProducts, type Products } from './dense.ts';
import type { Inputs } from './inputs.ts';
import { layersOf, sizeOf, type Layer, type Shape } from './shape.ts';

/** Rows that go through a network together; longer lists go in parts. */
export const CHUNK = 256;

/** Inputs of so many numbers at most stay in the memory of the products: a GiB of each array. */
const RESIDENT = 2 ** 28;

/** Up to this share of non-zeros in a delta the product that leaves zeros out is faster: it has three quarters of the rate of the other. */
const WORTHWHILE = 0.7;

/** Moments that the desk has room for: no optimiser here has more. */
const MOMENTS = 3;

/** A layer's arrays: the gradient of its parameters, and of the rows at hand the outputs and the gradient in them. */
interface Buffers extends Layer {
  readonly dw: Float32Array;
  readonly db: Float32Array;
  /** The weights the other way round, outputs × inputs; none in the first layer. */
  readonly turned: Float32Array;
  readonly out: Float32Array;
  readonly delta: Float32Array;
}

/** The arrays of a network in the memory of its products, and the passes through it. */
export class Workspace {
  readonly layers: readonly Buffers[];
  /** Where a run works: parameters that need no copying, their gradient after `backward`, and an optimiser's moments. */
  readonly desk: Desk<Float32Array>;
  /** Parameters from elsewhere. */
  private readonly copy: Float32Array;
  private readonly parameters: { readonly desk: Parameters; readonly copy: Parameters };
  /** The parameters at hand. */
  private at: Parameters;
  readonly products: Products;
  private readonly shape: Shape;
  /** The rows at hand: dense, or their non-zeros, and these by column. */
  private readonly x: Float32Array;
  private readonly begin: Int32Array;
  private readonly end: Int32Array;
  private index: Int32Array;
  private value: Float32Array;
  private readonly copies: { readonly index: Int32Array; readonly value: Float32Array };
  /** Inputs that stay in the memory of the products: the rows of sparse ones need no copying, those of dense ones are gathered there. */
  private readonly resident: { readonly of: Inputs; readonly index: Int32Array; readonly value: Float32Array } | null;
  private readonly list: Int32Array;
  /** The non-zeros of a delta by column. */
  private readonly columns: {
    readonly begin: Int32Array;
    readonly end: Int32Array;
    readonly row: Int32Array;
    readonly value: Float32Array;
  };
  private readonly starts: Int32Array;
  private readonly ends: Int32Array;
  private readonly next: Int32Array;
  private readonly rowOf: Int32Array;
  private readonly byColumn: Float32Array;
  private sparse = false;

  /** @param inputs those that are read most. @param plain whether the plain products are wanted where the engine has SIMD, too. */
  constructor(shape: Shape, inputs: Inputs, plain: boolean) {
    const { widths } = shape;
    const layers = layersOf(shape);
    const size = sizeOf(shape);
    const features = widths[0];
    const units = widths.slice(1).reduce((a, b) => a + b);
    const turned = layers.slice(1).reduce((sum, { inputs, outputs }) => sum + inputs * outputs, 0);
    const { sparse, dense } = inputs;
    const values = sparse?.value ?? dense!;
    const held = values.length <= RESIDENT ? values.length : 0;
    const widest = Math.max(...widths.slice(1));
    const length =
      (3 + MOMENTS) * size +
      turned +
      CHUNK * (2 * units + 5 * features + 3 + 2 * widest) +
      2 * (features + 1 + widest) +
      (sparse === null ? 1 : 2) * held;
    const kernel = plain ? plainProducts() : products(length, Math.max(CHUNK, ...widths));
    this.shape = shape;
    this.products = kernel;
    const gradient = kernel.floats(size);
    this.desk = { weights: kernel.floats(size), gradient, moments: Array.from({ length: MOMENTS }, () => kernel.floats(size)) };
    this.copy = kernel.floats(size);
    this.parameters = { desk: parametersOf(this.desk.weights, layers), copy: parametersOf(this.copy, layers) };
    this.at = this.parameters.desk;
    this.layers = layers.map((layer, l) => {
      const { inputs, outputs, weights, biases } = layer;
      return {
        ...layer,
        dw: gradient.subarray(weights, biases),
        db: gradient.subarray(biases, biases + outputs),
        turned: kernel.floats(l === 0 ? 0 : inputs * outputs),
        out: kernel.floats(CHUNK * outputs),
        delta: kernel.floats(CHUNK * outputs),
      };
    });
    this.x = kernel.floats(CHUNK * features);
    this.begin = kernel.ints(CHUNK);
    this.end = kernel.ints(CHUNK);
    this.copies = { index: kernel.ints(CHUNK * features), value: kernel.floats(CHUNK * features) };
    this.index = this.copies.index;
    this.value = this.copies.value;
    this.resident = held === 0 ? null : { of: inputs, index: kernel.ints(sparse === null ? 0 : held), value: kernel.floats(held) };
    this.resident?.value.set(values);
    if (sparse !== null) this.resident?.index.set(sparse.index);
    this.list = kernel.ints(CHUNK);
    const each = CHUNK * widest;
    this.columns = { begin: kernel.ints(widest), end: kernel.ints(widest), row: kernel.ints(each), value: kernel.floats(each) };
    this.starts = kernel.ints(features + 1);
    this.ends = this.starts.subarray(1);
    this.next = kernel.ints(features);
    this.rowOf = kernel.ints(CHUNK * features);
    this.byColumn = kernel.floats(CHUNK * features);
  }

  /** Takes the parameters of the next passes: those on the desk where they are. */
  take(weights: Float32Array): void {
    const here = weights === this.desk.weights;
    if (!here) this.copy.set(weights);
    this.at = here ? this.parameters.desk : this.parameters.copy;
  }

  /** Takes rows `list[from]` … `list[to − 1]` of the inputs in, at most CHUNK. */
  load(inputs: Inputs, list: Int32Array, from: number, to: number): void {
    const { features, dense, sparse } = inputs;
    this.sparse = sparse !== null;
    if (dense !== null && inputs === this.resident?.of) {
      for (let r = from; r < to; r++) this.list[r - from] = list[r];
      this.products.gather(this.resident.value, this.list, to - from, features, this.x);
      return;
    }
    if (dense !== null) {
      for (let r = from, at = 0; r < to; r++, at += features) {
        const row = list[r] * features;
        this.x.set(dense.subarray(row, row + features), at);
      }
      return;
    }
    const { starts, index, value } = sparse!;
    if (inputs === this.resident?.of) {
      this.index = this.resident.index;
      this.value = this.resident.value;
      for (let r = from; r < to; r++) {
        this.begin[r - from] = starts[list[r]];
        this.end[r - from] = starts[list[r] + 1];
      }
      return;
    }
    this.index = this.copies.index;
    this.value = this.copies.value;
    let at = 0;
    for (let r = from; r < to; r++) {
      const [first, last] = [starts[list[r]], starts[list[r] + 1]];
      this.begin[r - from] = at;
      this.index.set(index.subarray(first, last), at);
      this.value.set(value.subarray(first, last), at);
      at += last - first;
      this.end[r - from] = at;
    }
  }

  /** From the m rows at hand to the outputs of the last layer, its sums as they are. */
  forward(m: number): Float32Array {
    const { products, layers } = this;
    for (let l = 0; l < layers.length; l++) {
      const { inputs, outputs, out } = layers[l];
      const { w, b } = this.at[l];
      if (l > 0) products.product(layers[l - 1].out, inputs, 1, w, out, m, outputs, inputs);
      else if (this.sparse) products.sparseProduct(this.begin, this.end, this.index, this.value, w, out, m, outputs, inputs);
      else products.product(this.x, inputs, 1, w, out, m, outputs, inputs);
      if (l === layers.length - 1) addBiases(out, b, m);
      else this.activate(out, b, m);
    }
    return layers.at(-1)!.out;
  }

  /** From the gradient in the last layer's outputs, which its `delta` holds, to the desk's `gradient`, for the m rows of the last `forward`. */
  backward(m: number): void {
    const { products, layers } = this;
    for (let l = layers.length - 1; l >= 0; l--) {
      const { inputs, outputs, dw, db, delta, turned } = layers[l];
      products.columnSums(delta, db, m, outputs);
      if (l > 0) {
        const below = layers[l - 1];
        this.outer(l, below.out, m);
        products.turn(this.at[l].w, turned, inputs, outputs);
        products.product(delta, outputs, 1, turned, below.delta, m, inputs, outputs);
        this.differentiate(below.out, below.delta, m * inputs);
      } else if (this.sparse) {
        products.byColumn(this.begin, this.end, this.index, this.value, m, inputs, this.starts, this.next, this.rowOf, this.byColumn);
        products.sparseProduct(this.starts, this.ends, this.rowOf, this.byColumn, delta, dw, inputs, outputs, m);
      } else this.outer(l, this.x, m);
    }
  }

  /** The gradient in a layer's weights: inputsᵀ · delta. ReLU makes about half of a hidden layer's delta zero, and these are left out. */
  private outer(l: number, below: Float32Array, m: number): void {
    const { products, columns } = this;
    const { inputs, outputs, delta, dw } = this.layers[l];
    if (l < this.layers.length - 1 && this.shape.activation === 'relu') {
      const { begin, end, row, value } = columns;
      const count = products.columnsOf(delta, m, outputs, begin, end, row, value);
      if (count <= WORTHWHILE * m * outputs) return products.turnedSparseProduct(begin, end, row, value, below, dw, outputs, inputs, m);
    }
    products.product(below, 1, inputs, delta, dw, inputs, outputs, m);
  }

  private activate(out: Float32Array, b: Float32Array, m: number): void {
    const n = b.length;
    const { activation, slope } = this.shape;
    if (activation !== 'tanh') this.products.rectify(out, b, m, n, activation === 'leaky' ? slope : 0);
    else for (let i = 0, at = 0; i < m; i++) for (let j = 0; j < n; j++, at++) out[at] = tanh(out[at] + b[j]);
  }

  /** delta ← delta · activation′, told by the outputs. */
  private differentiate(out: Float32Array, delta: Float32Array, length: number): void {
    const { activation, slope } = this.shape;
    if (activation !== 'tanh') this.products.unrectify(out, delta, length, activation === 'leaky' ? slope : 0);
    else for (let i = 0; i < length; i++) delta[i] *= 1 - out[i] * out[i];
  }
}

/** A network's parameters by layer. */
type Parameters = readonly { readonly w: Float32Array; readonly b: Float32Array }[];

function parametersOf(all: Float32Array, layers: readonly Layer[]): Parameters {
  return layers.map(({ weights, biases, outputs }) => ({ w: all.subarray(weights, biases), b: all.subarray(biases, biases + outputs) }));
}

function addBiases(out: Float32Array, b: Float32Array, m: number): void {
  const n = b.length;
  for (let i = 0, at = 0; i < m; i++) for (let j = 0; j < n; j++, at++) out[at] += b[j];
}

/** tanh by the repo's own exponential: `Math.tanh` may differ between engines. */
function tanh(z: number): number {
  const e = expMinus(2 * Math.abs(z));
  const t = (1 - e) / (1 + e);
  return z < 0 ? -t : t;
}

import type { Rng } from '../../src/random/rng.ts';
import { sizeOf, type RbmShape } from './exact.ts';
import { layers as fastLayers } from './layers-kernel.ts';
import { plainLayers, type Layers } from './layers.ts';

/** n rounded up to a multiple of 4. */
export function padded(n: number): number {
  return (n + 3) & ~3;
}

/** Scratch of one machine: its parameters in f32, and the layers of so many particles. Nothing in it outlives a call. */
export class Room {
  readonly most: number;
  private readonly shape: RbmShape;
  private readonly layers: Layers;
  private readonly v: number;
  private readonly h: number;
  private readonly parameters: Float64Array;
  private readonly total: Float64Array;
  private readonly weights: Float32Array;
  private readonly turned: Float32Array;
  private readonly visibleBias: Float32Array;
  private readonly hiddenBias: Float32Array;
  private readonly nothing: Float32Array;
  private readonly bits: Uint8Array;
  private readonly hiddenBits: Uint8Array;
  private readonly up: Float32Array;
  private readonly down: Float32Array;
  private readonly sums: Float32Array;
  private readonly columns: Float32Array;
  private readonly counts: Int32Array;
  private readonly list: Int32Array;
  private readonly words: Int32Array;

  constructor(shape: RbmShape, most: number, kernel: 'fast' | 'plain') {
    const { visible, hidden } = shape;
    const [v, h] = [padded(visible), padded(hidden)];
    const size = sizeOf(shape);
    const floats = visible * h + hidden * v + v + h + h + most * (h + v) + visible * h + h;
    const ints = Math.max(most, visible, hidden) + 1 + visible + 16;
    const layers = kernel === 'fast' ? fastLayers(16 * size + 4 * floats + most * (v + h) + 4 * ints) : plainLayers();
    this.shape = shape;
    this.most = most;
    this.layers = layers;
    this.v = v;
    this.h = h;
    this.parameters = layers.doubles(size);
    this.total = layers.doubles(size);
    this.weights = layers.floats(visible * h);
    this.turned = layers.floats(hidden * v);
    this.visibleBias = layers.floats(v);
    this.hiddenBias = layers.floats(h);
    this.nothing = layers.floats(h);
    this.up = layers.floats(most * h);
    this.down = layers.floats(most * v);
    this.sums = layers.floats(visible * h);
    this.columns = layers.floats(h);
    this.bits = layers.bytes(most * v);
    this.hiddenBits = layers.bytes(most * h);
    // One more: the kernel writes an entry before it knows whether it is kept.
    this.list = layers.ints(Math.max(most, visible, hidden) + 1);
    this.counts = layers.ints(visible);
    this.words = layers.ints(16);
  }

  /** Takes in the parameters, and begins a gradient of 0. */
  load(parameters: Float64Array): void {
    const { layers, shape, v, h } = this;
    const { visible, hidden } = shape;
    const b = visible * hidden;
    this.parameters.set(parameters);
    layers.narrow(this.parameters, visible, hidden, h, this.weights);
    layers.transpose(this.weights, visible, hidden, h, v, this.turned);
    for (let i = 0; i < visible; i++) this.visibleBias[i] = parameters[b + i];
    for (let j = 0; j < hidden; j++) this.hiddenBias[j] = parameters[b + visible + j];
    this.total.fill(0);
  }

  /** Takes in visible units. */
  show(bits: Uint8Array, count: number): void {
    this.bits.set(bits.subarray(0, count * this.v));
  }

  /** Gives the visible units back. */
  copy(bits: Uint8Array, count: number): void {
    bits.set(this.bits.subarray(0, count * this.v));
  }

  /** Hidden units' probabilities given the visible ones. */
  infer(count: number): void {
    const { layers, shape, v, h } = this;
    layers.sums(this.bits, v, count, shape.visible, this.weights, this.hiddenBias, h, this.up, this.list);
    layers.logistic(this.up, count * h);
  }

  /** m times: hidden units from their probabilities, visible ones from theirs; between two of them the hidden units' probabilities anew. */
  walk(count: number, m: number, rng: Rng): void {
    const { layers, shape, v, h, words } = this;
    for (let k = 0; k < 16; k++) words[k] = rng.uint32() | 0;
    for (let k = 0; k < m; k++) {
      if (k > 0) this.infer(count);
      layers.sample(this.up, count, shape.hidden, h, words, this.hiddenBits);
      layers.sums(this.hiddenBits, h, count, shape.hidden, this.turned, this.visibleBias, v, this.down, this.list);
      layers.logistic(this.down, count * v);
      layers.sample(this.down, count, shape.visible, v, words, this.bits);
    }
  }

  /** Adds `scale` times the particles' statistics to the gradient: v h' with the hidden units' probabilities, v and these. */
  gather(count: number, scale: number): void {
    const { layers, shape, v, h, total, bits } = this;
    const { visible, hidden } = shape;
    const b = visible * hidden;
    layers.outer(bits, v, count, visible, this.up, this.nothing, h, this.sums, this.counts, this.list);
    layers.columns(this.up, count, h, this.columns);
    layers.widen(this.sums, visible, hidden, h, scale, total);
    for (let i = 0; i < visible; i++) total[b + i] += scale * this.counts[i];
    for (let j = 0; j < hidden; j++) total[b + visible + j] += scale * this.columns[j];
  }

  /** Adds what was gathered to a gradient. */
  addTo(gradient: Float64Array): void {
    const { total } = this;
    for (let k = 0; k < total.length; k++) gradient[k] += total[k];
  }

  /** Writes what was gathered to a gradient. */
  deliver(gradient: Float64Array): void {
    gradient.set(this.total);
  }
}

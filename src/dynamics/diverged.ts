import { LehrError, show } from '../error.ts';

/** What an error about a run that went to infinity tells in its `details`, also after it has crossed threads: where, and the last finite weights. */
export interface Diverged {
  readonly diverged: { readonly step: number; readonly rate: number; readonly kept: Float64Array | Float32Array };
}

/** The `option` error of a training loss that is not a finite number. `kept`: the weights of the last finite state. */
export class DivergedError extends LehrError {
  readonly step: number;
  readonly rate: number;
  readonly kept: Float64Array | Float32Array;

  /** @param step the step, from 1, that met the loss. */
  constructor(model: string, loss: number, step: number, rate: number, kept: Float64Array | Float32Array) {
    super(
      'option',
      `${model}: at step ${step}, rate ${show(rate)}, the training loss is ${loss}, expected a finite number. The last finite state is kept. ` +
        'Maybe the rate is too large: try a tenth of it, or a range test.',
      { details: { diverged: { step, rate, kept } } },
    );
    this.step = step;
    this.rate = rate;
    this.kept = kept;
  }
}

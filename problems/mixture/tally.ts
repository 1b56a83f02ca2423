import type { MixtureData } from './data.ts';
import type { Discrete } from './discrete.ts';
import type { Numeric } from './numeric.ts';
import { statisticsOf } from './statistics.ts';

/**
 * Statistics of some features under a partition of the rows of a window, for marginal likelihoods alone: no row can be scored by it. A `Partition` would work out predictive laws
 * of every group, which costs more than the statistics where rows are few.
 */
export class Tally {
  private readonly sizes: Int32Array;
  private readonly discrete: Discrete;
  private readonly numerics: readonly Numeric[];

  constructor(data: MixtureData, features: readonly number[], hyper: readonly Float64Array[], assignment: Int32Array, window: Int32Array) {
    let top = 0;
    for (let i = 0; i < window.length; i++) if (assignment[window[i]] >= top) top = assignment[window[i]] + 1;
    const sizes = new Int32Array(top);
    const [discrete, numerics] = statisticsOf(data, features, hyper, top);
    for (let i = 0; i < window.length; i++) {
      const row = window[i];
      const k = assignment[row];
      discrete.move(row, k, 1, ++sizes[k]);
      for (let f = 0; f < numerics.length; f++) numerics[f].move(row, k, 1);
    }
    this.sizes = sizes;
    this.discrete = discrete;
    this.numerics = numerics;
  }

  /** ln of the marginal likelihood of the rows' values of feature f, under the hyperparameters given. */
  logMarginal(f: number, hyper: Float64Array): number {
    const { discrete, numerics, sizes } = this;
    const j = discrete.features.indexOf(f);
    if (j >= 0) return discrete.logMarginal(j, sizes, sizes.length, hyper);
    const numeric = numerics.find(({ feature }) => feature === f)!;
    let sum = 0;
    for (let k = 0; k < sizes.length; k++) if (sizes[k] > 0) sum += numeric.logMarginal(k, hyper);
    return sum;
  }
}

import type { MixtureData } from '../mixture/data.ts';
import { Partition } from '../mixture/partition.ts';
import { logPartition } from '../mixture/pitman-yor.ts';
import { loadPartition, savePartition, type SavedPartition } from '../mixture/save.ts';

/** Features dealt into kinds, and for each kind a partition of the rows. */
export class Views {
  readonly data: MixtureData;
  /** Hyperparameters of each feature, whatever its kind. */
  readonly hyper: readonly Float64Array[];
  /** In the order of their first features; none is without a feature. */
  kinds: Partition[];
  /** Concentration and discount of the process that deals features. */
  alpha: number;
  discount: number;

  constructor(data: MixtureData, hyper: readonly Float64Array[], kinds: Partition[], alpha: number, discount: number) {
    this.data = data;
    this.hyper = hyper;
    this.kinds = kinds;
    this.alpha = alpha;
    this.discount = discount;
  }

  /** The kind of each feature. */
  kindOf(): Int32Array {
    const of = new Int32Array(this.data.features.length);
    this.kinds.forEach(({ features }, k) => {
      for (const f of features) of[f] = k;
    });
    return of;
  }

  /** How many features each kind has. */
  sizes(): number[] {
    return this.kinds.map(({ features }) => features.length);
  }

  /** ln of prior · likelihood^power. */
  logJoint(power: number): number {
    let [prior, likelihood] = [logPartition(this.sizes(), this.alpha, this.discount), 0];
    for (const kind of this.kinds) {
      prior += kind.logPrior();
      for (const f of kind.features) likelihood += kind.logMarginal(f);
    }
    return prior + power * likelihood;
  }
}

/** Views as plain data. */
export interface SavedViews {
  readonly hyper: readonly Float64Array[];
  readonly alpha: number;
  readonly discount: number;
  readonly kinds: readonly (SavedPartition & { readonly features: readonly number[] })[];
}

export function saveViews({ hyper, alpha, discount, kinds }: Views): SavedViews {
  return {
    hyper: hyper.map((values) => values.slice()),
    alpha,
    discount,
    kinds: kinds.map((kind) => ({ ...savePartition(kind), hyper: [], features: [...kind.features] })),
  };
}

export function loadViews(data: MixtureData, { hyper, alpha, discount, kinds }: SavedViews): Views {
  return new Views(
    data,
    hyper,
    kinds.map((saved) => loadPartition(data, saved.features, saved, hyper)),
    alpha,
    discount,
  );
}

/** A kind of these features without rows. */
export function emptyKind(
  data: MixtureData,
  features: readonly number[],
  hyper: readonly Float64Array[],
  process: readonly [alpha: number, discount: number],
): Partition {
  return new Partition(data, features, hyper, process);
}

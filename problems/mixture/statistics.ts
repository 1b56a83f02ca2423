import type { MixtureData, NumberFeature } from './data.ts';
import { Discrete } from './discrete.ts';
import { Normal } from './normal.ts';
import type { Numeric } from './numeric.ts';
import { Poisson } from './poisson.ts';

/** Empty statistics of some features: of the discrete ones together, and of each number feature. */
export function statisticsOf(
  data: MixtureData,
  features: readonly number[],
  hyper: readonly Float64Array[],
  capacity: number,
): [Discrete, readonly Numeric[]] {
  const isNumber = (f: number): boolean => data.features[f].kind === 'normal' || data.features[f].kind === 'poisson';
  const discrete = new Discrete(
    data,
    features.filter((f) => !isNumber(f)),
    capacity,
  );
  const numerics = features.filter(isNumber).map((f): Numeric => {
    const feature = data.features[f] as NumberFeature;
    return new (feature.kind === 'normal' ? Normal : Poisson)(f, feature, hyper[f], capacity);
  });
  return [discrete, numerics];
}

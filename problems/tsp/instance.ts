/** How two cities' distance is computed: the TSPLIB95 edge weight types of its symmetric instances (Reinelt 1991). */
export type Metric = 'EUC_2D' | 'CEIL_2D' | 'MAN_2D' | 'MAX_2D' | 'GEO' | 'ATT' | 'EXPLICIT';

/** A symmetric travelling-salesman instance, as plain data. Cities are numbered from 0 here, from 1 in files. */
export interface TspInstance {
  readonly name: string;
  readonly comment?: string;
  readonly n: number;
  readonly metric: Metric;
  /** Coordinates as in the file (GEO: DDD.MM latitude in x, longitude in y); for EXPLICIT only if the file has display data. */
  readonly x?: Float64Array;
  readonly y?: Float64Array;
  /** EXPLICIT only: the full n × n matrix, row by row, symmetric, zero diagonal. */
  readonly matrix?: Float64Array;
}

/** The distance of cities i and j of an instance, by the letter of TSPLIB95: slow, exact, the oracle of the kernels. */
export type Distance = (i: number, j: number) => number;

/** TSPLIB95's constants for GEO; the published optima hold with this π and with truncated degrees. */
const PI = 3.141592;
const EARTH_RADIUS = 6378.388;

/** Nearest integer as TSPLIB95 rounds: (int)(x + 0.5). */
export function nint(x: number): number {
  return Math.floor(x + 0.5);
}

/** GEO: latitude or longitude in radians from DDD.MM (degrees truncated, minutes as hundredths). */
export function geoRadians(value: number): number {
  const degrees = Math.trunc(value);
  return (PI * (degrees + (5 * (value - degrees)) / 3)) / 180;
}

/** The distance function of an instance. */
export function distance(instance: TspInstance): Distance {
  const { metric, n } = instance;
  if (metric === 'EXPLICIT') {
    const matrix = instance.matrix!;
    return (i, j) => matrix[i * n + j];
  }
  const x = instance.x!;
  const y = instance.y!;
  switch (metric) {
    case 'EUC_2D':
      return (i, j) => nint(Math.sqrt((x[i] - x[j]) * (x[i] - x[j]) + (y[i] - y[j]) * (y[i] - y[j])));
    case 'CEIL_2D':
      return (i, j) => Math.ceil(Math.sqrt((x[i] - x[j]) * (x[i] - x[j]) + (y[i] - y[j]) * (y[i] - y[j])));
    case 'MAN_2D':
      return (i, j) => nint(Math.abs(x[i] - x[j]) + Math.abs(y[i] - y[j]));
    case 'MAX_2D':
      return (i, j) => Math.max(nint(Math.abs(x[i] - x[j])), nint(Math.abs(y[i] - y[j])));
    case 'ATT':
      return (i, j) => {
        const real = Math.sqrt(((x[i] - x[j]) * (x[i] - x[j]) + (y[i] - y[j]) * (y[i] - y[j])) / 10);
        const near = nint(real);
        return near < real ? near + 1 : near;
      };
    case 'GEO': {
      const latitude = Float64Array.from(x, geoRadians);
      const longitude = Float64Array.from(y, geoRadians);
      return (i, j) => {
        if (i === j) return 0;
        const q1 = Math.cos(longitude[i] - longitude[j]);
        const q2 = Math.cos(latitude[i] - latitude[j]);
        const q3 = Math.cos(latitude[i] + latitude[j]);
        return Math.trunc(EARTH_RADIUS * Math.acos(0.5 * ((1 + q1) * q2 - (1 - q1) * q3)) + 1);
      };
    }
  }
}

/** The length of a closed tour through all cities in the given order. */
export function tourLength(instance: TspInstance, tour: ArrayLike<number>): number {
  const d = distance(instance);
  let total = 0;
  for (let k = 0; k < tour.length; k++) total += d(tour[k], tour[k + 1 < tour.length ? k + 1 : 0]);
  return tour.length < 2 ? 0 : total;
}

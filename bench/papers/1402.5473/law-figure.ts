import { formatNumber } from '../../../src/report/numbers.ts';
import type { Figure, FigureAxis, FigureSeries } from '../../../src/report/figures.ts';
import { slopeOf } from './slopes.ts';

/** Times at some sizes, exact or measured. */
export interface Law {
  readonly name: string;
  readonly times: readonly number[];
}

/** Times over sizes on a logarithmic scale, each with the straight line fitted to their logarithms; over a logarithmic scale of sizes its slope is the power of N, over a linear one the rate. The legend tells it. */
export function lawFigure(id: string, title: string, sizes: readonly number[], scale: FigureAxis['scale'], laws: readonly Law[]): Figure {
  const place = scale === 'log' ? Math.log : (size: number): number => size;
  return {
    id,
    title,
    x: { label: 'N', scale },
    y: { label: 'moves', scale: 'log' },
    series: laws.flatMap(({ name, times }, group): FigureSeries[] => {
      const logs = times.map(Math.log);
      const slope = slopeOf(sizes.map(place), logs);
      const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
      const from = mean(logs) - slope * mean(sizes.map(place));
      const fitted = sizes.map((size) => [size, Math.exp(from + slope * place(size))] as const);
      return [
        {
          name: `${name}: slope ${formatNumber(slope, 3)}`,
          group,
          role: 'dots',
          points: sizes.map((size, i) => [size, times[i]] as const),
        },
        { name: `${name}, fitted`, group, role: 'value', points: fitted },
      ];
    }),
  };
}

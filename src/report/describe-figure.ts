import type { Figure, FigureSeries } from './figures.ts';
import { formatNumber } from './numbers.ts';

/** Series beyond this are only counted. */
const MOST = 8;

/** What a figure shows, in words: where each curve that is not the wandering one begins and ends, how dots spread, what intervals hold. */
export function describeFigure(figure: Figure): string {
  const shown = figure.series.filter(({ role, points }) => role !== 'current' && points.length > 0);
  const parts = shown.slice(0, MOST).map((series) => `${series.name}: ${describe(series, figure.y.rows)}`);
  const rest = shown.length - parts.length;
  return `${parts.join('; ')}${rest > 0 ? `; and ${rest} more` : ''}.`;
}

function describe({ role, points }: FigureSeries, rows: readonly string[] | undefined): string {
  if (role === 'dots') {
    const values = points.map(([x, y]) => (rows === undefined ? y : x));
    return `${values.length} from ${formatNumber(Math.min(...values))} to ${formatNumber(Math.max(...values))}`;
  }
  if (role === 'interval') {
    return points
      .map(([x, y, low, high]) => `${formatNumber(rows === undefined ? y : x)} (${formatNumber(low!)} to ${formatNumber(high!)})`)
      .join(', ');
  }
  const of = ([x, y]: FigureSeries['points'][number]): string => formatNumber(role === 'limit' && rows !== undefined ? x : y);
  const [from, to] = [of(points[0]), of(points[points.length - 1])];
  return role === 'limit' ? `the line at ${from}` : `from ${from} to ${to}`;
}

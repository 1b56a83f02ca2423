import type { Figure, FigurePoint, FigureSeries } from './figures.ts';
import { COLOURS, SERIES } from './palette.ts';

/** Half the height of an interval's bar and of its mark, in pixels. */
const BAR = 2;
const MARK = 4;
const FAINT = 0.45;

/** The groups of a figure, in the order of their first series. */
export function groupsOf(figure: Figure): number[] {
  return [...new Set(figure.series.filter(({ role }) => role !== 'limit').map(({ group }) => group))];
}

/** The series of a figure as echarts takes them, in the order they are drawn. */
export function seriesOf(figure: Figure): object[] {
  return figure.series.flatMap((series) => {
    const colour = series.role === 'limit' ? COLOURS.muted[0] : SERIES[series.group % SERIES.length][0];
    if (series.role === 'band') return [band(series, colour), curve(series, colour)];
    if (series.role === 'dots') return [dots(series, colour)];
    if (series.role === 'interval') return [intervals(series, colour, figure.y.rows !== undefined)];
    return [curve(series, colour)];
  });
}

function curve({ name, role, points }: FigureSeries, colour: string): object {
  const faint = role === 'current';
  return {
    type: 'line',
    name,
    data: points.map(([x, y]) => [x, y]),
    showSymbol: points.length === 1,
    symbolSize: 6,
    silent: true,
    clip: false,
    itemStyle: { color: colour },
    lineStyle: { width: faint || role === 'limit' ? 1 : 1.8, opacity: faint ? FAINT : 1, ...(role === 'limit' ? { type: [4, 4] } : {}) },
  };
}

/** What a custom series needs of its interface: values of the datum at hand, and the place of a point in pixels. */
interface Api {
  value(dimension: number): number;
  coord(point: readonly [x: number, y: number]): [x: number, y: number];
}

function custom(
  series: FigureSeries,
  colour: string,
  data: readonly FigurePoint[],
  encode: object,
  renderItem: (api: Api) => object,
): object {
  return {
    type: 'custom',
    name: series.name,
    data,
    encode,
    silent: true,
    clip: false,
    itemStyle: { color: colour },
    renderItem: (_params: unknown, api: Api) => renderItem(api),
  };
}

/** The area between the lows and the highs, as one polygon, which the first datum draws. */
function band(series: FigureSeries, colour: string): object {
  const { points } = series;
  let drawn = false;
  return custom(series, colour, points, { x: 0, y: [1, 2, 3] }, (api) => {
    if (drawn) return { type: 'group', children: [] };
    drawn = true;
    const lows = points.map(([x, y, low = y]) => api.coord([x, low]));
    const highs = points.map(([x, y, , high = y]) => api.coord([x, high]));
    return { type: 'polygon', shape: { points: [...lows, ...highs.reverse()] }, style: { fill: colour, opacity: 0.15 } };
  });
}

/** Dots over each other remain visible; in rows they stand a little apart, always in the same way. */
function dots(series: FigureSeries, colour: string): object {
  return custom(series, colour, series.points, { x: 0, y: 1 }, (api) => {
    const [cx, cy] = api.coord([api.value(0), api.value(1)]);
    return { type: 'circle', shape: { cx, cy, r: 2.5 }, style: { fill: colour, opacity: FAINT } };
  });
}

/** For each point a bar from low to high, and a mark at the value. */
function intervals(series: FigureSeries, colour: string, rows: boolean): object {
  return custom(series, colour, series.points, rows ? { x: [0, 2, 3], y: 1 } : { x: 0, y: [1, 2, 3] }, (api) => {
    const [x, y, low, high] = [0, 1, 2, 3].map((dimension) => api.value(dimension));
    const [cx, cy] = api.coord([x, y]);
    const [x1, y1] = rows ? api.coord([low, y]) : api.coord([x, low]);
    const [x2, y2] = rows ? api.coord([high, y]) : api.coord([x, high]);
    const [left, top] = [Math.min(x1, x2), Math.min(y1, y2)];
    const bar = rows
      ? { x: left, y: cy - BAR, width: Math.abs(x2 - x1), height: 2 * BAR }
      : { x: cx - BAR, y: top, width: 2 * BAR, height: Math.abs(y2 - y1) };
    return {
      type: 'group',
      children: [
        { type: 'rect', shape: bar, style: { fill: colour, opacity: FAINT } },
        { type: 'circle', shape: { cx, cy, r: MARK }, style: { fill: colour } },
      ],
    };
  });
}

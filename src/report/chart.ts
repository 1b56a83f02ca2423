import type { EChartsType } from 'echarts/core';
import { describeFigure } from './describe-figure.ts';
import { escapeText, legalText } from './escape.ts';
import type { Figure } from './figures.ts';
import { seriesOf, groupsOf } from './chart-series.ts';
import { formatCompact, formatNumber } from './numbers.ts';
import { COLOURS, SERIES, darkRules } from './palette.ts';

/** More groups than this have no legend: the colours repeat. */
const LEGEND_LIMIT = SERIES.length;
/** Least width of a legend entry, and what its mark and each letter take: the server measures no fonts, so there is room for wide ones. */
const LEGEND_ITEM = 88;
const LEGEND_MARK = 40;
const LETTER = 7;
const LEGEND_ROW = 28;
/** Height of a figure without its legend, and of each row of one that has rows. */
const HEIGHT = 250;
const ROW = 34;
/** Names of rows are cut here. */
const LONGEST = 30;

/** Size of a figure in its own pixels, of which text is 12 high; by default 440 wide, and as high as its legend or its rows need. */
export interface FigureSize {
  readonly width?: number;
  readonly height?: number;
}

/**
 * A figure as standalone, accessible SVG, light or dark as its reader prefers: the same figure always gives the same bytes. Loads echarts (half a
 * second) when first called.
 */
export async function renderFigure(figure: Figure, size: FigureSize = {}): Promise<string> {
  const { width = 440 } = size;
  const { rows } = figure.y;
  const { height = rows === undefined ? HEIGHT + LEGEND_ROW * legendOf(figure, width).rows : 64 + ROW * rows.length } = size;
  const echarts = await loadEcharts();
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width, height });
  try {
    chart.setOption(optionOf(figure, width));
    return finish(chart.renderToSVGString(), figure);
  } finally {
    // An undisposed chart keeps Node alive.
    chart.dispose();
  }
}

async function loadEcharts(): Promise<{ init: (dom: null, theme: null, options: object) => EChartsType }> {
  const [core, charts, components, renderers] = await Promise.all([
    import('echarts/core'),
    import('echarts/charts'),
    import('echarts/components'),
    import('echarts/renderers'),
  ]);
  core.use([charts.LineChart, charts.CustomChart, components.GridComponent, components.LegendComponent, renderers.SVGRenderer]);
  return core;
}

/** One entry per group: its best curve, or its first. No legend for one group, for rows, which have names, nor for more groups than colours. */
function legendOf(figure: Figure, width: number): { readonly names: readonly string[]; readonly rows: number } {
  const named = figure.series.filter(({ role }) => role !== 'current' && role !== 'limit');
  const names = groupsOf(figure).flatMap((group) => named.find((series) => series.group === group)?.name ?? []);
  if (figure.y.rows !== undefined || names.length < 2 || names.length > LEGEND_LIMIT) return { names: [], rows: 0 };
  let rows = 1;
  let left = width;
  for (const name of names) {
    const item = Math.max(LEGEND_ITEM, LEGEND_MARK + LETTER * shortName(name).length);
    if (item > left && left < width) {
      rows++;
      left = width;
    }
    left -= item;
  }
  return { names, rows };
}

/** `chain 3, best so far` is `chain 3` in the legend. */
function shortName(name: string): string {
  return name.replace(/, best so far$/, '');
}

function optionOf(figure: Figure, width: number): Record<string, unknown> {
  const legend = legendOf(figure, width);
  const text = { color: COLOURS.muted[0], fontSize: 12, fontFamily: 'system-ui,sans-serif' };
  const line = { lineStyle: { color: COLOURS.muted[0] } };
  const { x, y } = figure;
  return {
    animation: false,
    textStyle: text,
    grid:
      y.rows === undefined
        ? { left: 12, right: 24, top: 34 + LEGEND_ROW * legend.rows, bottom: 28, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' }
        : {
            left: 20 + LETTER * Math.max(...y.rows.map((name) => cut(name).length)),
            right: 28,
            top: 12,
            bottom: 52,
            outerBoundsMode: 'none',
          },
    legend:
      legend.rows === 0
        ? { show: false }
        : {
            top: 0,
            left: 0,
            icon: 'roundRect',
            itemWidth: 12,
            itemHeight: 4,
            itemGap: 20,
            textStyle: text,
            data: legend.names.map((name) => ({ name })),
            formatter: shortName,
            selectedMode: false,
          },
    xAxis: {
      type: x.scale === 'log' ? 'log' : 'value',
      ...(y.rows === undefined ? { max: 'dataMax' } : { scale: true }),
      name: x.label,
      nameLocation: 'middle',
      nameGap: 28,
      nameTextStyle: text,
      splitNumber: 4,
      // At the foot even where a y of 0 is not: rows count from the top.
      axisLine: { ...line, onZero: y.rows === undefined },
      axisTick: line,
      axisLabel: { ...text, formatter: formatCompact, hideOverlap: true },
      splitLine: { show: false },
    },
    yAxis:
      y.rows === undefined
        ? {
            type: y.scale === 'log' ? 'log' : 'value',
            scale: true,
            name: y.label + (y.scale === 'log' ? ' (log scale)' : ''),
            nameLocation: 'end',
            nameTextStyle: { ...text, align: 'left' },
            axisLine: { show: false },
            axisTick: { show: false },
            axisLabel: { ...text, formatter: (value: number) => formatNumber(value, 12), hideOverlap: true },
            splitLine: { lineStyle: { color: COLOURS.grid[0] } },
          }
        : rowsAxis(y.rows, text),
    series: seriesOf(figure),
  };
}

/** A value axis whose whole numbers are rows, so that dots may stand a little above and below the middle of theirs. */
function rowsAxis(rows: readonly string[], text: object): object {
  return {
    type: 'value',
    inverse: true,
    min: -0.5,
    max: rows.length - 0.5,
    axisLine: { show: false },
    axisTick: { show: false },
    axisLabel: { ...text, customValues: rows.map((_, row) => row), formatter: (row: number) => cut(rows[row] ?? ''), hideOverlap: false },
    splitLine: { show: false },
  };
}

function cut(name: string): string {
  return name.length > LONGEST ? `${name.slice(0, LONGEST - 1)}…` : name;
}

/** Takes out what only a live chart needs (and what counts up per process), puts in names, a description and the dark rules. */
function finish(svg: string, figure: Figure): string {
  const body = legalText(svg)
    .slice(svg.indexOf('>') + 1)
    .replaceAll(/<style\b[\s\S]*?<\/style>\s*/g, '')
    .replaceAll(/ (?:class="zr[^"]*"|ecmeta_\w+="[^"]*"|pointer-events="[^"]*")/g, '')
    .replaceAll(/zr\d+-/g, `${figure.id}-`);
  const box = /viewBox="([^"]*)"/.exec(svg)![1];
  return `<svg xmlns="http://www.w3.org/2000/svg" class="lehr-figure" viewBox="${box}" role="img" aria-label="${escapeText(nameOf(figure))}">
<title>${escapeText(nameOf(figure))}</title>
<desc>${escapeText(describeFigure(figure))}</desc>
<style>${darkRules('lehr-figure')}</style>${body.trimEnd()}
`;
}

function nameOf(figure: Figure): string {
  return figure.y.rows === undefined ? `${figure.title} over ${figure.x.label}` : figure.title;
}

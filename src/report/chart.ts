import type { EChartsType } from 'echarts/core';
import { escapeText, legalText } from './escape.ts';
import type { FigureSeries, TraceFigure } from './figures.ts';
import { formatCompact, formatNumber } from './numbers.ts';
import { COLOURS, SERIES, darkRules } from './palette.ts';

/** More chains than this have no legend: the colours repeat. */
const LEGEND_LIMIT = SERIES.length;
/** Width of one legend entry: the server measures no fonts, so there is room for wide ones. */
const LEGEND_ITEM = 88;
const LEGEND_ROW = 28;

/** Size of a figure in its own pixels, of which text is 12 high; by default 440 wide, and as high as its legend needs. */
export interface FigureSize {
  readonly width?: number;
  readonly height?: number;
}

/**
 * A figure as standalone, accessible SVG, light or dark as its reader prefers: the same figure always gives the same bytes. Loads echarts (half a
 * second) when first called.
 */
export async function renderFigure(figure: TraceFigure, size: FigureSize = {}): Promise<string> {
  const { width = 440 } = size;
  const { height = 250 + LEGEND_ROW * legendRows(chainsOf(figure).length, width) } = size;
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
  core.use([charts.LineChart, components.GridComponent, components.LegendComponent, renderers.SVGRenderer]);
  return core;
}

function chainsOf(figure: TraceFigure): number[] {
  return [...new Set(figure.series.map(({ chain }) => chain))];
}

/** No legend for one chain, nor for more than there are colours. */
function legendRows(chains: number, width: number): number {
  return chains > 1 && chains <= LEGEND_LIMIT ? Math.ceil((chains * LEGEND_ITEM) / width) : 0;
}

function optionOf(figure: TraceFigure, width: number): Record<string, unknown> {
  const chains = chainsOf(figure);
  const rows = legendRows(chains.length, width);
  const legend = rows > 0;
  const text = { color: COLOURS.muted[0], fontSize: 12, fontFamily: 'system-ui,sans-serif' };
  const line = { lineStyle: { color: COLOURS.muted[0] } };
  const grid = { lineStyle: { color: COLOURS.grid[0] } };
  return {
    animation: false,
    textStyle: text,
    grid: { left: 12, right: 24, top: 34 + LEGEND_ROW * rows, bottom: 28, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    legend: legend
      ? {
          top: 0,
          left: 0,
          icon: 'roundRect',
          itemWidth: 12,
          itemHeight: 4,
          itemGap: 20,
          textStyle: text,
          data: legendOf(figure, chains),
          formatter: (name: string) => name.replace(/,.*/, ''),
          selectedMode: false,
        }
      : { show: false },
    xAxis: {
      type: 'value',
      max: 'dataMax',
      name: figure.x.label,
      nameLocation: 'middle',
      nameGap: 28,
      nameTextStyle: text,
      splitNumber: 4,
      axisLine: line,
      axisTick: line,
      axisLabel: { ...text, formatter: formatCompact, hideOverlap: true },
      splitLine: { show: false },
    },
    yAxis: {
      type: figure.y.scale === 'log' ? 'log' : 'value',
      scale: true,
      name: figure.y.label + (figure.y.scale === 'log' ? ' (log scale)' : ''),
      nameLocation: 'end',
      nameTextStyle: { ...text, align: 'left' },
      axisLine: { show: false },
      axisTick: { show: false },
      axisLabel: { ...text, formatter: (value: number) => formatNumber(value, 12), hideOverlap: true },
      splitLine: grid,
    },
    series: figure.series.map((series) => lineOf(series, chains)),
  };
}

/** One entry per chain: its best curve, or its only one. */
function legendOf(figure: TraceFigure, chains: readonly number[]): { name: string }[] {
  return figure.series
    .filter(({ role }) => role !== 'current')
    .sort((a, b) => chains.indexOf(a.chain) - chains.indexOf(b.chain))
    .map(({ name }) => ({ name }));
}

function lineOf(series: FigureSeries, chains: readonly number[]): object {
  const faint = series.role === 'current';
  return {
    type: 'line',
    name: series.name,
    data: series.points,
    showSymbol: series.points.length === 1,
    symbolSize: 6,
    silent: true,
    clip: false,
    itemStyle: { color: SERIES[chains.indexOf(series.chain) % SERIES.length][0] },
    lineStyle: { width: faint ? 1 : 1.8, opacity: faint ? 0.45 : 1 },
  };
}

/** Takes out what only a live chart needs (and what counts up per process), puts in names, a description and the dark rules. */
function finish(svg: string, figure: TraceFigure): string {
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

function nameOf(figure: TraceFigure): string {
  return `${figure.title} over ${figure.x.label}`;
}

/** What the figure shows, in words: where each curve that is not the wandering one begins and ends. */
export function describeFigure(figure: TraceFigure): string {
  const shown = figure.series.filter(({ role }) => role !== 'current');
  const parts = shown.slice(0, LEGEND_LIMIT).map(({ name, points }) => {
    const [, from] = points[0];
    const [, to] = points[points.length - 1];
    return `${name}: from ${formatNumber(from)} to ${formatNumber(to)}`;
  });
  const rest = shown.length - parts.length;
  return `${parts.join('; ')}${rest > 0 ? `; and ${rest} more` : ''}.`;
}

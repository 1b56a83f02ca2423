export { renderFigure, type FigureSize } from './chart.ts';
export { traceFields, traceFigure, type Figure, type FigureAxis, type FigurePoint, type FigureSeries, type TraceField } from './figures.ts';
export { readReport, renderReport } from './html.ts';
export type { SolveReport } from './record.ts';
export type { Scene, SceneItem } from './scene.ts';
export { renderScene, type SceneOptions } from './svg.ts';
export {
  bar,
  formatCompact,
  formatCount,
  formatGap,
  formatNumber,
  formatPercent,
  formatRate,
  formatSeconds,
  plotText,
  sparkline,
  type PlotInput,
  type PlotOptions,
} from './terminal.ts';
export { thinReport } from './thin.ts';
export { readJsonLines, type JsonLines, type TornLine } from './json-lines.ts';
export { readTrace, traceLine, type Trace, type TraceEntry } from './trace.ts';

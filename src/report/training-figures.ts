import type { Progress } from '../run/outcome.ts';
import { scaleOf, traceFields, traceFigure, type Figure, type FigurePoint, type FigureSeries } from './figures.ts';
import type { Traced } from './record.ts';
import { thin, traceLimit } from './thin.ts';
import type { TrainingReport } from './training-record.ts';

/** The signals that one figure shows together: losses of the same kind. */
const LOSSES = ['loss', 'validation'];

/**
 * The learning curves of a training, over steps: training loss (faint) and validation loss, then one figure for each other thing that was told of the validation rows, and one for each
 * control. Of machines, which tell no losses, the energy.
 */
export function learningFigures(report: TrainingReport): Figure[] {
  const names = new Set(report.chains.flatMap(({ trace }) => trace.flatMap(({ signals }) => Object.keys(signals))));
  const figures: Figure[] = [];
  if (names.has('loss')) {
    const many = report.chains.length > 1;
    const label = (chain: number, name: string): string => (many ? `chain ${chain}${name === '' ? '' : `, ${name}`}` : name);
    const series = report.chains.flatMap(({ chain, trace }) => [
      ...seriesOf(report, trace, ({ signals }) => signals.loss, {
        name: label(chain, 'training'),
        group: many ? chain : 0,
        role: names.has('validation') && many ? ('current' as const) : ('value' as const),
      }),
      ...seriesOf(report, trace, ({ signals }) => signals.validation, {
        name: label(chain, many ? '' : 'validation'),
        group: many ? chain : 1,
        role: 'best' as const,
      }),
    ]);
    if (series.length > 0) figures.push(figureOf('loss', 'Loss', 'mean loss', series));
  } else figures.push(traceFigure(report, 'energy'));
  figures.push(...signalFigures(report, LOSSES));
  const controls = traceFields(report).filter((field) => field.startsWith('control:'));
  return [...figures, ...controls.map((field) => traceFigure(report, field))];
}

/** A figure for each signal that was told. @param but signals that others show. */
export function signalFigures(report: Traced, but: readonly string[] = []): Figure[] {
  const names = new Set(report.chains.flatMap(({ trace }) => trace.flatMap(({ signals }) => Object.keys(signals))));
  const figures: Figure[] = [];
  for (const name of names) {
    if (but.includes(name)) continue;
    const series = report.chains.flatMap(({ chain, trace }) =>
      seriesOf(report, trace, ({ signals }) => signals[name], { name: `chain ${chain}`, group: chain, role: 'value' }),
    );
    if (series.length > 0) figures.push(figureOf(`signal-${name}`, name.charAt(0).toUpperCase() + name.slice(1), name, series));
  }
  return figures;
}

/** Predictions beside the truth, and the line on which they would be right; null without any. */
export function pairsFigure({ pairs, target }: TrainingReport): Figure | null {
  if (pairs === null || pairs.points.length === 0) return null;
  const values = pairs.points.flat();
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return {
    id: 'predictions',
    title: 'Predictions and truth',
    x: { label: `${target ?? 'the target'}, as it is`, scale: 'linear' },
    y: { label: 'as predicted', scale: 'linear' },
    series: [
      { name: 'rows', group: 0, role: 'dots', points: pairs.points },
      {
        name: 'right',
        group: 1,
        role: 'limit',
        points: [
          [low, low],
          [high, high],
        ],
      },
    ],
  };
}

function seriesOf(
  report: Traced,
  trace: readonly Progress[],
  of: (progress: Progress) => number | undefined,
  rest: Omit<FigureSeries, 'points'>,
): FigureSeries[] {
  const there = trace.filter((progress) => Number.isFinite(of(progress)));
  if (there.length === 0) return [];
  const rows = thin([(row) => of(there[row])!], there.length, traceLimit(report.chains.length));
  return [{ ...rest, points: rows.map((row): FigurePoint => [there[row].steps, of(there[row])!]) }];
}

function figureOf(id: string, title: string, label: string, series: readonly FigureSeries[]): Figure {
  return { id, title, x: { label: 'steps', scale: 'linear' }, y: { label, scale: scaleOf(series) }, series };
}

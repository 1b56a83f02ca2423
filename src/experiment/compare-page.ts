import type { Figure } from '../report/figures.ts';
import { formatCount, formatNumber, formatSeconds } from '../report/numbers.ts';
import { factsOf, figureSection, renderPage, repeatSection, settingsSection, tableSection, type TableRow } from '../report/page.ts';
import type { Report } from './report.ts';
import { tableText } from './table-text.ts';

/** What a comparison's page tells beside its report. */
export interface ComparisonPage {
  /** What the cells were tried on: a problem's name, and a file's. */
  readonly problem: string;
  readonly instance: string;
  readonly known: number | null;
  /** Wall seconds of all runs. */
  readonly seconds: number;
  readonly settings: readonly (readonly [label: string, value: string])[];
  /** The exact command that repeats it, and whether it does so bit for bit. */
  readonly command: string;
  readonly reproducible: boolean;
  readonly version: string;
}

/** The element of the page that holds its data: `{ data, table, page }`. */
export const COMPARISON = 'lehr-comparison';

/** A comparison as one self-contained HTML file without scripts: the table, the figures, the settings, the command and the data. */
export async function renderComparison(report: Report, page: ComparisonPage): Promise<string> {
  const { problem, instance, known, seconds, settings, command, reproducible, version } = page;
  const { cells, objective, sense, rows } = report.data;
  const figures: string[] = [];
  for (const figure of report.figures()) figures.push(await figureSection(figure, captionOf(figure, report)));
  const facts = factsOf([
    {
      label: 'cells',
      value: formatCount(cells.length),
      note: `judged by ${objective}, ${sense === 'min' ? 'less' : 'more'} is better`,
      main: true,
    },
    { label: 'runs', value: formatCount(rows.length), note: `${formatCount(rows.length / cells.length)} streams, shared by all cells` },
    { label: 'time', value: formatSeconds(seconds) },
    ...(known === null ? [] : [{ label: 'best known', value: formatNumber(known, 15) }]),
  ]);
  return renderPage({
    title: `${instance} (${problem}): ${cells.length} cells compared`,
    kicker: `${problem}, compared`,
    heading: instance,
    facts,
    parts: [tableOf(report, known), ...figures, settingsSection(settings), repeat(command, reproducible, version)],
    note: '',
    data: { page, data: { ...report.data, curves: [] }, table: report.table() },
    element: COMPARISON,
    version,
  });
}

function tableOf(report: Report, known: number | null): string {
  const { heads, rows } = tableText(report, known);
  const lines = rows.map(([head, ...cells]): TableRow => ({ head, cells: cells.map((text) => ({ text, number: true })) }));
  const note = `In parentheses 95 % intervals. A difference is the mean over streams of ${report.data.objective}, the cell's less the baseline's; wins is how often the cell is better on the same stream, a tie counting half.`;
  return tableSection(
    'cells',
    'Cells',
    heads.map((text, i) => ({ text, number: i > 0 })),
    lines,
    note,
  );
}

function captionOf(figure: Figure, { data }: Report): string {
  if (figure.id === 'best-so-far') return 'The median over the runs of a cell, in the band between its quartiles.';
  if (figure.id === 'scores') return 'Each dot is a run; the bar goes from the lower to the upper quartile, its mark is the median.';
  if (figure.id === 'reached') return `The share of runs that have reached the target ${formatNumber(data.target!, 15)}.`;
  return `The mean over streams of ${data.objective}, a cell's less the baseline's; a bar that crosses the dashed line leaves open which is better.`;
}

function repeat(command: string, reproducible: boolean, version: string): string {
  return repeatSection(
    command,
    reproducible
      ? ['It repeats the comparison bit for bit:', 'the same scores, on any number of workers.']
      : ['It does not repeat the comparison bit for bit:', 'the clock or an interruption had a say in how far the runs came.'],
    [[`Lehr ${version}`]],
  );
}

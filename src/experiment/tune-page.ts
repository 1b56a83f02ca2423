import { scaleOf, type Figure, type FigureSeries } from '../report/figures.ts';
import { formatCount, formatNumber, formatSeconds } from '../report/numbers.ts';
import { factsOf, figureSection, renderPage, repeatSection, settingsSection, tableSection, type TableRow } from '../report/page.ts';
import { tableText, type TextTable } from './table-text.ts';
import type { Trial, Tuned } from './tune.ts';

/** What a search's page tells beside what was found. */
export interface TuningPage {
  readonly problem: string;
  readonly instance: string;
  /** Wall seconds of all runs. */
  readonly seconds: number;
  /** What the winner is judged by, in words. */
  readonly judgedBy: string;
  readonly settings: readonly (readonly [label: string, value: string])[];
  /** The exact command that repeats it, and whether it does so bit for bit. */
  readonly command: string;
  readonly reproducible: boolean;
  readonly version: string;
}

/** The element of the page that holds its data: `{ page, trials, judged }`. */
export const TUNING = 'lehr-tuning';

const NONE = '–';

/** The ranking as texts; the first two columns are of the rank and the point. */
export function trialTable({ trials }: Pick<Tuned, 'trials'>): TextTable {
  return {
    heads: ['rank', 'trial', 'runs', 'mean'],
    rows: trials.map(({ rank, name, runs, failed, mean, interval }) => [
      String(rank),
      name,
      failed === 0 ? String(runs) : `${runs}, ${failed} failed`,
      interval === null
        ? mean === null
          ? NONE
          : formatNumber(mean)
        : `${formatNumber(interval.value)} (${formatNumber(interval.low)} to ${formatNumber(interval.high)})`,
    ]),
  };
}

/** For each parameter the trials' means over its values: what the search saw of it. */
export function tuningFigures({ trials, winner, search }: Tuned): Figure[] {
  const told = trials.filter((trial): trial is Trial & { mean: number } => trial.mean !== null && trial.failed === 0);
  if (told.length === 0) return [];
  return Object.keys(winner.point).map((parameter): Figure => {
    const values = told.map(({ point }) => point[parameter]);
    const least = Math.min(...values);
    const dots = (name: string, group: number, of: readonly (Trial & { mean: number })[]): FigureSeries => ({
      name,
      group,
      role: 'dots',
      points: of.map(({ point, mean }) => [point[parameter], mean] as const),
    });
    const series = [
      dots('trials', 0, told),
      dots(
        'winner',
        1,
        told.filter(({ name }) => name === winner.name),
      ),
    ];
    return {
      id: `parameter-${parameter.replaceAll(/[^A-Za-z0-9]+/g, '-')}`,
      title: parameter,
      x: { label: parameter, scale: least > 0 && Math.max(...values) >= 30 * least ? 'log' : 'linear' },
      y: { label: search.data.objective, scale: scaleOf(series) },
      series,
    };
  });
}

/** A search as one self-contained HTML file without scripts. */
export async function renderTuning(tuned: Tuned, page: TuningPage): Promise<string> {
  const { problem, instance, seconds, judgedBy, settings, command, reproducible, version } = page;
  const { trials, winner, judged, search } = tuned;
  const { objective, sense } = search.data;
  const figures: string[] = [];
  for (const figure of tuningFigures(tuned))
    figures.push(
      await figureSection(figure, `Each dot is a trial: its mean ${objective} over ${figure.title}, whatever the other parameters were.`),
    );
  const facts = factsOf([
    { label: 'winner', value: winner.name, note: `by ${objective}, ${sense === 'min' ? 'less' : 'more'} is better`, main: true },
    { label: 'trials', value: formatCount(trials.length) },
    { label: 'runs', value: formatCount(search.rows.length + (judged?.rows.length ?? 0)) },
    { label: 'time', value: formatSeconds(seconds) },
  ]);
  const { heads, rows } = trialTable(tuned);
  const ranking = tableSection(
    'trials',
    'Trials',
    heads.map((text, i) => ({ text, number: i > 1 })),
    rows.map(([rank, ...cells], i): TableRow => ({ head: rank, best: i === 0, cells: cells.map((text, k) => ({ text, number: k > 0 })) })),
    `Means of ${objective} over the streams that all trials share, with 95 % intervals. The best of many is flattered by having been picked: see below.`,
  );
  return renderPage({
    title: `${instance} (${problem}): ${trials.length} trials`,
    kicker: `${problem}, tuned`,
    heading: instance,
    facts,
    parts: [ranking, judgedSection(tuned, judgedBy), ...figures, settingsSection(settings), repeat(command, reproducible, version)],
    note: '',
    data: { page, trials, judged: judged?.table() ?? null },
    element: TUNING,
    version,
  });
}

function judgedSection({ judged }: Tuned, judgedBy: string): string {
  if (judged === null) return '';
  const { heads, rows } = tableText(judged);
  return tableSection(
    'judged',
    'Judged',
    heads.map((text, i) => ({ text, number: i > 0 })),
    rows.map(([head, ...cells]): TableRow => ({ head, cells: cells.map((text) => ({ text, number: true })) })),
    `By ${judgedBy}, which neither was chosen by. The runner-up is the baseline: an interval of the difference around 0 says that the choice between the two was luck.`,
  );
}

function repeat(command: string, reproducible: boolean, version: string): string {
  return repeatSection(
    command,
    reproducible
      ? ['It repeats the search bit for bit:', 'the same trials and scores, on any number of workers.']
      : ['It does not repeat the search bit for bit:', 'the clock or an interruption had a say in how far the runs came.'],
    [[`Lehr ${version}`]],
  );
}

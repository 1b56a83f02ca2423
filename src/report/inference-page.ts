import { escapeText } from './escape.ts';
import { traceFigure, traceFields, type Figure } from './figures.ts';
import type { InferenceReport, PlainTable } from './inference-record.ts';
import { renderMatrix } from './matrix-drawing.ts';
import type { Matrix } from './matrix.ts';
import { formatCount, formatRate, formatSeconds } from './numbers.ts';
import { factsOf, figureSection, inline, renderPage, repeatSection, settingsSection, tableSection } from './page.ts';
import type { Traced } from './record.ts';
import { chainSection, ENDED_BY, noticeSection } from './run-parts.ts';
import { thinTrace, traceLimit } from './thin.ts';
import { signalFigures } from './training-figures.ts';

const ELEMENT = 'lehr-inference';

/** A finished inference as one self-contained HTML file without scripts: what was found, the pictures of it, curves of all chains, whether they agree, settings, and the command that repeats it. */
export async function renderInference(report: InferenceReport): Promise<string> {
  const limit = traceLimit(report.chains.length);
  const data = { ...report, chains: report.chains.map((chain) => ({ ...chain, trace: thinTrace(chain.trace, limit) })) };
  const figures: string[] = [];
  for (const figure of curvesOf(data)) figures.push(await figureSection(figure, captionOf(figure.id, report)));
  return renderPage({
    title: `${report.data}: ${report.model}`,
    kicker: report.model,
    heading: report.data,
    facts: factsOf([
      ...report.facts.map((fact, i) => ({ ...fact, main: i === 0 })),
      { label: 'time', value: formatSeconds(report.seconds), note: ENDED_BY[report.stopped] ?? report.stopped },
      { label: 'steps', value: formatCount(report.steps), note: report.seconds > 0 ? formatRate(report.steps / report.seconds) : '' },
    ]),
    parts: [
      ...report.matrices.map(matrixSection),
      ...report.tables.map(plainSection),
      ...figures,
      report.agreement === null ? '' : plainSection(report.agreement),
      chainTable(report),
      noticeSection(report.notices),
      settingsSection(report.settings),
      repeatOf(report),
    ],
    note: '',
    data,
    element: ELEMENT,
    version: report.version,
  });
}

function matrixSection(matrix: Matrix): string {
  return `<figure class="scene">\n<h2>${escapeText(matrix.title)}</h2>\n${inline(renderMatrix(matrix))}<figcaption>${escapeText(matrix.caption)}</figcaption>\n</figure>`;
}

function plainSection({ id, heading, heads, rows, note }: PlainTable): string {
  return tableSection(id, heading, heads, rows, note);
}

/** The objective and the controls over steps, and the signals that were told. */
function curvesOf(report: InferenceReport): Figure[] {
  const from = comparableFrom(report);
  // The energy is minus the objective.
  const turned: Traced = {
    chains: report.chains.map((chain, i) => ({
      ...chain,
      trace: chain.trace.map((progress) => ({
        ...progress,
        energy: from === null || progress.steps >= from[i] ? -progress.energy : NaN,
        best: NaN,
      })),
    })),
  };
  const fields = traceFields(turned).filter((field) => field !== 'acceptance');
  const figures = fields.map((field) => {
    const figure = traceFigure(turned, field);
    if (field !== 'energy') return figure;
    return {
      ...figure,
      id: 'objective',
      title: report.objective.charAt(0).toUpperCase() + report.objective.slice(1),
      y: { ...figure.y, label: report.objective },
      series: figure.series.map((series) => ({ ...series, name: series.name.replace(', current', ''), role: 'value' as const })),
    };
  });
  return [...figures, ...signalFigures(turned)];
}

/** The step from which on each chain's objective is drawn; null for all of it, which is also where no chain came far enough. */
function comparableFrom({ comparable, chains }: InferenceReport): number[] | null {
  if (comparable === null) return null;
  const from = comparable.from.map((step) => step ?? Infinity);
  return chains.some(({ trace }, i) => trace.filter(({ steps }) => steps >= from[i]).length > 1) ? from : null;
}

function captionOf(id: string, report: InferenceReport): string {
  const { objective, chains, comparable } = report;
  const which = chains.length === 1 ? '' : `; ${chains.length} chains`;
  if (id === 'objective' && comparable === null) return `The ${objective} as the run told it${which}. Higher is better.`;
  if (id === 'objective')
    return comparableFrom(report) === null
      ? `The ${objective} as the run told it${which}: not yet comparable, as it never came so far that ${comparable!.when}.`
      : `The ${objective} once ${comparable!.when}${which}. Higher is better.`;
  if (id.startsWith('control-')) return `The control ${id.slice('control-'.length)} as the schedule drove it${which}.`;
  return `As the run told it${which}.`;
}

function chainTable({ chains, best, objective }: InferenceReport): string {
  return chains.length < 2 ? '' : chainSection(chains, best, { value: objective, digits: 8, tag: '★ the answer' });
}

function repeatOf({ command, reproducible, digest, version }: InferenceReport): string {
  return repeatSection(
    command,
    reproducible
      ? ['It repeats the inference bit for bit:', 'the same result with the same digest, on any number of workers.']
      : [
          'It does not repeat the inference bit for bit:',
          'the clock or an interruption had a say in how far it came, so another run may end elsewhere.',
        ],
    [['Digest (SHA-256 of the result’s file):', digest], [`Lehr ${version}`]],
  );
}

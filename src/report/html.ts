import { LehrError, show } from '../error.ts';
import type { Progress } from '../run/outcome.ts';
import { escapeText } from './escape.ts';
import { traceFields, traceFigure, type Figure, type TraceField } from './figures.ts';
import { formatCount, formatGap, formatNumber, formatPercent, formatRate, formatSeconds } from './numbers.ts';
import { factsOf, figureSection, inline, pageData, renderPage, repeatSection, settingsSection, type Fact } from './page.ts';
import type { SolveReport } from './record.ts';
import { chainSection, ENDED_BY } from './run-parts.ts';
import { renderScene } from './svg.ts';
import { thinReport } from './thin.ts';
import { progressFromJson, type ProgressJson } from './trace.ts';

const ELEMENT = 'lehr-report';

/**
 * A finished solve as one self-contained HTML file without scripts: what was found, the solution drawn, the curves of all chains, the settings,
 * the command that repeats it, and the data behind it all (`thinReport` of the record, which `readReport` takes out again). The same record always
 * gives the same bytes.
 */
export async function renderReport(report: SolveReport): Promise<string> {
  const data = thinReport(report);
  const figures: string[] = [];
  for (const field of traceFields(data)) {
    const figure = traceFigure(data, field);
    figures.push(await figureSection(figure, captionOf(field, figure)));
  }
  return renderPage({
    title: `${report.instance} (${report.problem}): ${report.objective} ${formatNumber(report.value, 15)}`,
    kicker: report.problem,
    heading: report.instance,
    facts: headline(report),
    parts: [sceneOf(report), ...figures, chainTable(report), settingsSection(report.settings), repeatOf(report)],
    note: data.scene === null && report.scene !== null ? '; of the drawing, which is large, it holds only the picture' : '',
    data,
    element: ELEMENT,
    version: report.version,
  });
}

/**
 * The data in a page that `renderReport` wrote.
 * @throws LehrError `input`, beginning with `path`, if there is none.
 */
export function readReport(html: string, path: string): SolveReport {
  const json = pageData(html, ELEMENT);
  if (json === null) throw new LehrError('input', `${path}: no element ${ELEMENT}, expected a report written by lehr solve --report`);
  let data: SolveReport;
  try {
    data = JSON.parse(json) as SolveReport;
  } catch (error) {
    throw new LehrError('input', `${path}: the data in ${ELEMENT} is not JSON: ${show((error as Error).message)}`, { cause: error });
  }
  const revive = (progress: Progress): Progress => progressFromJson(progress as ProgressJson);
  return { ...data, chains: data.chains.map((chain) => ({ ...chain, trace: chain.trace.map(revive) })) };
}

function headline(report: SolveReport): string {
  const facts: Fact[] = [
    {
      label: report.objective,
      value: formatNumber(report.value, 15),
      note: report.sense === 'min' ? 'smaller is better' : 'larger is better',
      main: true,
    },
  ];
  if (report.known !== null) {
    const gap = report.gap === null ? '–' : formatGap(report.gap);
    facts.push({ label: 'gap to the best known', value: gap, note: `best known ${formatNumber(report.known, 15)}` });
  }
  if (report.n !== null) facts.push({ label: 'size n', value: formatCount(report.n) });
  facts.push({ label: 'time', value: formatSeconds(report.seconds), note: ENDED_BY[report.stopped] ?? report.stopped });
  const rate = report.seconds > 0 ? formatRate(report.steps / report.seconds) : '';
  facts.push({ label: 'steps', value: formatCount(report.steps), note: rate });
  return factsOf(facts);
}

function sceneOf(report: SolveReport): string {
  if (report.scene === null) return '';
  const svg = inline(renderScene(report.scene, { title: `The solution of ${report.instance}, drawn`, caption: false }));
  const caption = report.scene.caption === undefined ? '' : `<figcaption>${escapeText(report.scene.caption)}</figcaption>\n`;
  return `<figure class="scene">\n<h2>The solution</h2>\n${svg}${caption}</figure>`;
}

function captionOf(field: TraceField, figure: Figure): string {
  const chains = new Set(figure.series.map(({ group }) => group)).size;
  const which = chains === 1 ? '' : `; ${chains} chains`;
  if (field === 'energy') return `Bold: the best so far; faint: the current state${which}. Lower is better.`;
  if (field === 'acceptance') return `Share of proposals accepted since the report before${which}.`;
  return `The control ${field.slice('control:'.length)} as the schedule drove it${which}.`;
}

function chainTable(report: SolveReport): string {
  const best = bestChain(report);
  return chainSection(report.chains, best < 0 || report.chains.length < 2 ? null : report.chains[best].chain, {
    value: report.objective,
    digits: 15,
    tag: '★ best',
    further: ['acceptance at the end', ({ trace }) => (trace.length === 0 ? '–' : formatPercent(trace.at(-1)!.acceptance))],
  });
}

/** The first of the chains with the best value, or -1. */
function bestChain(report: SolveReport): number {
  let best = -1;
  report.chains.forEach(({ value }, i) => {
    if (value === null) return;
    const other = best < 0 ? null : report.chains[best].value;
    if (other === null || (report.sense === 'min' ? value < other : value > other)) best = i;
  });
  return best;
}

function repeatOf({ command, reproducible, digest, version }: SolveReport): string {
  return repeatSection(
    command,
    reproducible
      ? ['It repeats the run bit for bit:', 'the same solution with the same digest, on any number of workers.']
      : [
          'It does not repeat the run bit for bit:',
          'the clock or an interruption had a say in how far the run came, so another run may end elsewhere.',
        ],
    [['Digest (SHA-256 of the solution file):', digest], [`Lehr ${version}`]],
  );
}

import { LehrError, show } from '../error.ts';
import type { Progress } from '../run/outcome.ts';
import { renderFigure } from './chart.ts';
import { escapeText, scriptJson } from './escape.ts';
import { traceFields, traceFigure, type TraceField, type TraceFigure } from './figures.ts';
import { formatCount, formatGap, formatNumber, formatPercent, formatRate, formatSeconds } from './numbers.ts';
import { PAGE_STYLE } from './page-style.ts';
import type { SolveReport } from './record.ts';
import { renderScene } from './svg.ts';
import { thinReport } from './thin.ts';
import { progressFromJson, type ProgressJson } from './trace.ts';

/** Nothing is loaded and nothing runs: the page forbids it itself. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";
const DATA_OPEN = '<script type="application/json" id="lehr-report">';
const DATA_CLOSE = '</script>';

const STOPPED: Readonly<Record<string, string>> = {
  budget: 'budget spent',
  target: 'target reached',
  steps: 'step limit',
  seconds: 'time limit',
  stalled: 'no more progress',
  settled: 'settled',
  signal: 'a signal',
  interrupted: 'interrupted',
};

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
    figures.push(
      `<figure>\n<h2>${escapeText(figure.title)}</h2>\n${inline(await renderFigure(figure))}<figcaption>${captionOf(field, figure)}</figcaption>\n</figure>`,
    );
  }
  const title = `${report.instance} (${report.problem})`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="${escapeText(`Lehr ${report.version}`)}">
<link rel="icon" href="data:,">
<title>${escapeText(`${title}: ${report.objective} ${formatNumber(report.value, 15)}`)}</title>
<style>
${PAGE_STYLE}
</style>
</head>
<body>
<header>
<p>${escapeText(report.problem)}</p>
<h1>${escapeText(report.instance)}</h1>
${headline(report)}
</header>
<main>
${[sceneOf(report), ...figures, chainTable(report), settingsTable(report), repeatOf(report)].filter((part) => part !== '').join('\n')}
</main>
<footer>Made by Lehr ${escapeText(report.version)}. The data behind this page is in it as JSON, in the element <code>lehr-report</code>${
    data.scene === null && report.scene !== null ? '; of the drawing, which is large, it holds only the picture' : ''
  }.</footer>
${DATA_OPEN}${scriptJson(data)}${DATA_CLOSE}
</body>
</html>
`;
}

/**
 * The data in a page that `renderReport` wrote.
 * @throws LehrError `input`, beginning with `path`, if there is none.
 */
export function readReport(html: string, path: string): SolveReport {
  const from = html.lastIndexOf(DATA_OPEN);
  const to = html.indexOf(DATA_CLOSE, from);
  if (from < 0 || to < 0) throw new LehrError('input', `${path}: no element lehr-report, expected a report written by lehr solve --report`);
  let data: SolveReport;
  try {
    data = JSON.parse(html.slice(from + DATA_OPEN.length, to)) as SolveReport;
  } catch (error) {
    throw new LehrError('input', `${path}: the data in lehr-report is not JSON: ${show((error as Error).message)}`, { cause: error });
  }
  const revive = (progress: Progress): Progress => progressFromJson(progress as ProgressJson);
  return { ...data, chains: data.chains.map((chain) => ({ ...chain, trace: chain.trace.map(revive) })) };
}

/** Inside HTML a drawing needs no namespace. */
function inline(svg: string): string {
  return svg.replace(' xmlns="http://www.w3.org/2000/svg"', '');
}

function headline(report: SolveReport): string {
  const fact = (label: string, value: string, note = '', className = ''): string =>
    `<div${className === '' ? '' : ` class="${className}"`}><dt>${escapeText(label)}</dt><dd>${escapeText(value)}${note === '' ? '' : `<small>${escapeText(note)}</small>`}</dd></div>`;
  const facts = [
    fact(report.objective, formatNumber(report.value, 15), report.sense === 'min' ? 'smaller is better' : 'larger is better', 'main'),
  ];
  if (report.known !== null) {
    const gap = report.gap === null ? '–' : formatGap(report.gap);
    facts.push(fact('gap to the best known', gap, `best known ${formatNumber(report.known, 15)}`));
  }
  if (report.n !== null) facts.push(fact('size n', formatCount(report.n)));
  facts.push(fact('time', formatSeconds(report.seconds), STOPPED[report.stopped] ?? report.stopped));
  const rate = report.seconds > 0 ? formatRate(report.steps / report.seconds) : '';
  facts.push(fact('steps', formatCount(report.steps), rate));
  return `<dl class="facts">\n${facts.join('\n')}\n</dl>`;
}

function sceneOf(report: SolveReport): string {
  if (report.scene === null) return '';
  const svg = inline(renderScene(report.scene, { title: `The solution of ${report.instance}, drawn`, caption: false }));
  const caption = report.scene.caption === undefined ? '' : `<figcaption>${escapeText(report.scene.caption)}</figcaption>\n`;
  return `<figure class="scene">\n<h2>The solution</h2>\n${svg}${caption}</figure>`;
}

function captionOf(field: TraceField, figure: TraceFigure): string {
  const chains = new Set(figure.series.map(({ chain }) => chain)).size;
  const which = chains === 1 ? '' : `; ${chains} chains`;
  if (field === 'energy') return `Bold: the best so far; faint: the current state${which}. Lower is better.`;
  if (field === 'acceptance') return `Share of proposals accepted since the report before${which}.`;
  return `The control ${escapeText(field.slice('control:'.length))} as the schedule drove it${which}.`;
}

function chainTable(report: SolveReport): string {
  const best = bestChain(report);
  const rows = report.chains.map((chain, i) => {
    const last = chain.trace.at(-1);
    const cells = [
      chain.value === null ? '–' : formatNumber(chain.value, 15),
      last === undefined ? '–' : formatCount(last.steps),
      last === undefined ? '–' : formatSeconds(last.seconds),
      last === undefined ? '–' : formatPercent(last.acceptance),
    ];
    const tag = i === best && report.chains.length > 1 ? ' <span class="tag">★ best</span>' : '';
    const open = tag === '' ? '<tr>' : '<tr class="best">';
    const numbers = cells.map((cell) => `<td class="number">${cell}</td>`).join('');
    return `${open}<th scope="row">${chain.chain}${tag}</th>${numbers}<td>${escapeText(STOPPED[chain.stopped] ?? chain.stopped)}</td></tr>`;
  });
  const heads = [report.objective, 'steps', 'time', 'acceptance at the end'];
  const numbers = heads.map((head) => `<th scope="col" class="number">${escapeText(head)}</th>`).join('');
  return `<section class="wide">
<h2 id="chains">Chains</h2>
<div class="scroll" tabindex="0" role="region" aria-labelledby="chains">
<table>
<thead><tr><th scope="col">chain</th>${numbers}<th scope="col">ended by</th></tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table>
</div>
</section>`;
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

function settingsTable(report: SolveReport): string {
  if (report.settings.length === 0) return '';
  const rows = report.settings.map(([label, value]) => `<tr><th scope="row">${escapeText(label)}</th><td>${escapeText(value)}</td></tr>`);
  return `<section>
<h2>Settings</h2>
<table class="settings">
<thead><tr><th scope="col">setting</th><th scope="col">value</th></tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table>
</section>`;
}

function repeatOf(report: SolveReport): string {
  const statement = report.reproducible
    ? '<strong>It repeats the run bit for bit:</strong> the same solution with the same digest, on any number of workers.'
    : '<strong>It does not repeat the run bit for bit:</strong> the clock or an interruption had a say in how far the run came, so another run may end elsewhere.';
  return `<section>
<h2 id="repeat">Repeat it</h2>
<pre tabindex="0" role="region" aria-labelledby="repeat"><code>${escapeText(report.command)}</code></pre>
<p>${statement}</p>
<p class="muted">Digest (SHA-256 of the solution file): <code>${escapeText(report.digest)}</code></p>
<p class="muted">Lehr ${escapeText(report.version)}</p>
</section>`;
}

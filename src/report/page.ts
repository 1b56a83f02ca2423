import { renderFigure } from './chart.ts';
import { escapeText, scriptJson } from './escape.ts';
import type { Figure } from './figures.ts';
import { PAGE_STYLE } from './page-style.ts';

/** Nothing is loaded and nothing runs: the page forbids it itself. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

/** What a page is made of. Texts are escaped here; `parts` and `facts` are HTML, as the functions below make it. */
export interface Page {
  /** Of the window, and above and in the heading. */
  readonly title: string;
  readonly kicker: string;
  readonly heading: string;
  readonly facts: string;
  /** In order; empty ones are left out. */
  readonly parts: readonly string[];
  /** What the foot says beside where the page is from. */
  readonly note: string;
  /** The data behind it, and the element that holds it. */
  readonly data: unknown;
  readonly element: string;
  readonly version: string;
}

/** One self-contained HTML file without scripts: the same parts always give the same bytes. */
export function renderPage({ title, kicker, heading, facts, parts, note, data, element, version }: Page): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="${escapeText(`Lehr ${version}`)}">
<link rel="icon" href="data:,">
<title>${escapeText(title)}</title>
<style>
${PAGE_STYLE}
</style>
</head>
<body>
<header>
<p>${escapeText(kicker)}</p>
<h1>${escapeText(heading)}</h1>
${facts}
</header>
<main>
${parts.filter((part) => part !== '').join('\n')}
</main>
<footer>Made by Lehr ${escapeText(version)}. The data behind this page is in it as JSON, in the element <code>${element}</code>${escapeText(note)}.</footer>
${dataOpen(element)}${scriptJson(data)}${DATA_CLOSE}
</body>
</html>
`;
}

/** The JSON text that a page holds in an element, or null if it has no such element. */
export function pageData(html: string, element: string): string | null {
  const open = dataOpen(element);
  const from = html.lastIndexOf(open);
  const to = html.indexOf(DATA_CLOSE, from);
  return from < 0 || to < 0 ? null : html.slice(from + open.length, to);
}

const DATA_CLOSE = '</script>';

function dataOpen(element: string): string {
  return `<script type="application/json" id="${element}">`;
}

/** A fact in the head of a page: a label, its value, and a few words under it. */
export interface Fact {
  readonly label: string;
  readonly value: string;
  readonly note?: string;
  /** The one that the page is about. */
  readonly main?: boolean;
}

export function factsOf(facts: readonly Fact[]): string {
  const lines = facts.map(
    ({ label, value, note = '', main = false }) =>
      `<div${main ? ' class="main"' : ''}><dt>${escapeText(label)}</dt><dd>${escapeText(value)}${note === '' ? '' : `<small>${escapeText(note)}</small>`}</dd></div>`,
  );
  return `<dl class="facts">\n${lines.join('\n')}\n</dl>`;
}

/** A cell of a table: text, or a number, which is set right. */
export interface TableCell {
  readonly text: string;
  readonly number?: boolean;
}

/** A row: what it is about, a tag beside that, and its cells; `best` stands out. */
export interface TableRow {
  readonly head: string;
  readonly tag?: string;
  readonly best?: boolean;
  readonly cells: readonly TableCell[];
}

/**
 * A table under a heading, as wide as the page. The first row's cells say which columns are of numbers.
 * @param id of the heading, unique in the page.
 */
export function tableSection(id: string, heading: string, heads: readonly TableCell[], rows: readonly TableRow[], note = ''): string {
  const cell = ({ text, number = false }: TableCell): string => `<td${number ? ' class="number"' : ''}>${escapeText(text)}</td>`;
  const lines = rows.map(({ head, tag, best = false, cells }) => {
    const label = `${escapeText(head)}${tag === undefined ? '' : ` <span class="tag">${escapeText(tag)}</span>`}`;
    return `<tr${best ? ' class="best"' : ''}><th scope="row">${label}</th>${cells.map(cell).join('')}</tr>`;
  });
  const columns = heads.map(({ text, number = false }) => `<th scope="col"${number ? ' class="number"' : ''}>${escapeText(text)}</th>`);
  return `<section class="wide">
<h2 id="${id}">${escapeText(heading)}</h2>
<div class="scroll" tabindex="0" role="region" aria-labelledby="${id}">
<table>
<thead><tr>${columns.join('')}</tr></thead>
<tbody>
${lines.join('\n')}
</tbody>
</table>
</div>${note === '' ? '' : `\n<p class="muted">${escapeText(note)}</p>`}
</section>`;
}

/** A figure, drawn, with a caption. */
export async function figureSection(figure: Figure, caption: string, width?: number): Promise<string> {
  const svg = inline(await renderFigure(figure, width === undefined ? {} : { width }));
  return `<figure>\n<h2>${escapeText(figure.title)}</h2>\n${svg}<figcaption>${escapeText(caption)}</figcaption>\n</figure>`;
}

/** Inside HTML a drawing needs no namespace. */
export function inline(svg: string): string {
  return svg.replace(' xmlns="http://www.w3.org/2000/svg"', '');
}

/** Settings as label and value. */
export function settingsSection(settings: readonly (readonly [label: string, value: string])[]): string {
  if (settings.length === 0) return '';
  const rows = settings.map(([label, value]) => `<tr><th scope="row">${escapeText(label)}</th><td>${escapeText(value)}</td></tr>`);
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

/**
 * The command that repeats it, and what that repeats.
 * @param notes further lines, as text, each with a code word at its end or none.
 */
export function repeatSection(
  command: string,
  [claim, rest]: readonly [claim: string, rest: string],
  notes: readonly (readonly [text: string, code?: string])[],
): string {
  const lines = notes.map(
    ([text, code]) => `<p class="muted">${escapeText(text)}${code === undefined ? '' : ` <code>${escapeText(code)}</code>`}</p>`,
  );
  return `<section>
<h2 id="repeat">Repeat it</h2>
<pre tabindex="0" role="region" aria-labelledby="repeat"><code>${escapeText(command)}</code></pre>
<p><strong>${escapeText(claim)}</strong> ${escapeText(rest)}</p>
${lines.join('\n')}
</section>`;
}

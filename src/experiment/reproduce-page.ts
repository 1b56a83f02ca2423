import type { Figure, FigurePoint, FigureSeries } from '../report/figures.ts';
import { escapeText } from '../report/escape.ts';
import { formatNumber, formatSeconds } from '../report/numbers.ts';
import { factsOf, figureSection, renderPage, repeatSection, settingsSection, tableSection, type TableRow } from '../report/page.ts';
import type { Judgement, Verdict } from './claim.ts';
import { limit } from './figures.ts';
import type { ClaimResult, Reproduced } from './reproduce.ts';

/** What a reproduction's page tells beside its claims. */
export interface ReproductionPage {
  readonly settings: readonly (readonly [label: string, value: string])[];
  readonly command: string;
  readonly version: string;
}

/** The element of the page that holds its data, as `lehr reproduce --json` prints it. */
export const REPRODUCTION = 'lehr-reproduction';

/** Verdicts in words. */
export const VERDICTS: Readonly<Record<Verdict, string>> = {
  holds: 'holds',
  fails: 'does not hold',
  undecided: 'cannot tell at this size',
};

/** A reproduction as one self-contained HTML file without scripts: its claims and controls, figures, settings, the command and the data. */
export async function renderReproduction(reproduced: Reproduced, { settings, command, version }: ReproductionPage): Promise<string> {
  const { reproduction, failures, figures, margins } = reproduced;
  const { paper, title, claims, seconds } = reproduction;
  const count = (verdict: Verdict): number => claims.filter((claim) => claim.verdict === verdict).length;
  const parts: string[] = [];
  for (const claim of claims) parts.push(claimSection(claim));
  const intervals: string[] = [];
  for (const claim of claims)
    if (claim.low < claim.high)
      intervals.push(await figureSection(figureOf(claim, margins[claim.id]), `${CAPTION} Expected: ${claim.expected}.`));
  for (const { figure, caption } of figures) intervals.push(await figureSection(figure, caption));
  return renderPage({
    title: `arXiv ${paper}: ${title}`,
    kicker: `arXiv ${paper}, reproduced`,
    heading: title,
    facts: factsOf([
      { label: 'claims that hold', value: `${count('holds')} of ${claims.length}`, main: true },
      { label: 'that do not', value: String(count('fails')) },
      { label: 'cannot tell at this size', value: String(count('undecided')) },
      { label: 'time', value: formatSeconds(seconds), ...(reproduced.interrupted ? { note: 'interrupted' } : {}) },
    ]),
    parts: [
      claimTable(claims),
      ...parts,
      ...intervals,
      failureSection(reproduced),
      settingsSection(settings),
      repeatSection(
        command,
        ['It repeats the verdicts:', 'the seed decides every number but times, on any number of workers.'],
        [[`Lehr ${version}`]],
      ),
    ],
    note: failures.length === 0 ? '' : '; experiments that could not run are not in it',
    data: reproduction,
    element: REPRODUCTION,
    version,
  });
}

const CAPTION = 'The mark is the estimate, the bar its 95 % interval, the dashed line the margin of the claim.';

/** A measured value with its interval; an exact one alone. */
export function measuredText({ measured, low, high, verdict }: Judgement): string {
  if (low === high && verdict === 'undecided') return `${formatNumber(measured)}, the same in every pair`;
  return low === high
    ? `${formatNumber(measured)}, exact`
    : `${formatNumber(measured)} (95 %: ${formatNumber(low)} to ${formatNumber(high)})`;
}

function claimTable(claims: readonly ClaimResult[]): string {
  const rows = claims.map((claim): TableRow => {
    const cells = [
      claim.expected,
      measuredText(claim),
      VERDICTS[claim.verdict],
      measuredText(claim.control),
      VERDICTS[claim.control.verdict],
    ];
    return { head: claim.id, cells: cells.map((text) => ({ text })) };
  });
  const heads = ['claim', 'expected', 'measured', 'verdict', 'control', 'verdict on it'];
  return tableSection(
    'claims',
    'Claims',
    heads.map((text) => ({ text })),
    rows,
    'A claim holds if the whole 95 % interval lies where it says. Its control is the same experiment where the effect is absent: there it must not hold.',
  );
}

function claimSection({ id, source, statement, expected, control, ...judgement }: ClaimResult): string {
  const lines = [
    ['source', source],
    ['expected', expected],
    ['measured', measuredText(judgement)],
    ['verdict', VERDICTS[judgement.verdict]],
    ['control', control.statement],
    ['measured there', measuredText(control)],
    ['verdict on it', VERDICTS[control.verdict]],
  ].map(([label, text]) => `<tr><th scope="row">${label}</th><td>${escapeText(text)}</td></tr>`);
  return `<section>
<h2>${escapeText(id)}: ${escapeText(VERDICTS[judgement.verdict])}</h2>
<p>${escapeText(statement)}</p>
<table class="settings">
<tbody>
${lines.join('\n')}
</tbody>
</table>
</section>`;
}

/** The interval of a claim over that of its control, and its margin. */
function figureOf(claim: ClaimResult, margin: readonly number[]): Figure {
  const rows: readonly (readonly [string, Judgement])[] = [
    ['measured', claim],
    ['control', claim.control],
  ];
  const series = rows.map(([name, { measured, low, high }], row): FigureSeries => {
    const points: FigurePoint[] = [[measured, row, low, high]];
    return { name, group: row, role: 'interval', points };
  });
  return {
    id: `claim-${claim.id.replaceAll(/[^A-Za-z0-9]+/g, '-')}`,
    title: claim.id,
    x: { label: '', scale: 'linear' },
    y: { label: '', scale: 'linear', rows: rows.map(([name]) => name) },
    series: [...margin.map((end) => limit(end, rows.length)), ...series],
  };
}

function failureSection({ failures }: Reproduced): string {
  if (failures.length === 0) return '';
  const lines = failures.map(({ id, error }) => `<p><strong>${escapeText(id)}</strong> ${escapeText(error.message)}</p>`);
  return `<section class="wide">\n<h2>Could not run</h2>\n${lines.join('\n')}\n</section>`;
}

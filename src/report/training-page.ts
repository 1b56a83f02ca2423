import { formatCount, formatNumber, formatPercent, formatRate, formatSeconds } from './numbers.ts';
import {
  factsOf,
  figureSection,
  renderPage,
  repeatSection,
  settingsSection,
  tableSection,
  type Fact,
  type TableCell,
  type TableRow,
} from './page.ts';
import { chainSection, ENDED_BY, noticeSection } from './run-parts.ts';
import { thinTrace, traceLimit } from './thin.ts';
import { learningFigures, pairsFigure } from './training-figures.ts';
import type { TrainingReport } from './training-record.ts';

const ELEMENT = 'lehr-training';
/** With more classes than this a confusion matrix is no table for people; the data in the page has it. */
const CLASSES = 40;

/** A finished training as one self-contained HTML file without scripts: figures, learning curves, what is taken for what, settings, and the command that repeats it. */
export async function renderTraining(report: TrainingReport): Promise<string> {
  const limit = traceLimit(report.chains.length);
  const data = { ...report, chains: report.chains.map((chain) => ({ ...chain, trace: thinTrace(chain.trace, limit) })) };
  const figures: string[] = [];
  for (const figure of learningFigures(data)) figures.push(await figureSection(figure, captionOf(figure.id, report)));
  const pairs = pairsFigure(report);
  if (pairs !== null)
    figures.push(
      await figureSection(pairs, `Each dot is a row of the ${report.pairs!.part} rows; on the dashed line a prediction is right.`),
    );
  return renderPage({
    title: `${report.data}: ${report.model}`,
    kicker: report.target === null ? report.model : `${report.model} of ${report.target}`,
    heading: report.data,
    facts: headline(report),
    parts: [
      ...figures,
      figureTable(report),
      confusionTable(report),
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

function headline({ figures, stopped, seconds, steps, epochs }: TrainingReport): string {
  const part = (['test', 'validation', 'training'] as const).find((name) => figures[name] !== null && figures[name] !== undefined)!;
  const own = figures[part]!;
  const first = 'accuracy' in own ? 'accuracy' : 'r2' in own ? 'r2' : 'loss';
  const facts: Fact[] = [
    {
      label: `${first} on the ${part} rows`,
      value: textOf(first, own[first]),
      note: first === 'loss' ? 'smaller is better' : 'larger is better',
      main: true,
    },
  ];
  if (first !== 'loss') facts.push({ label: `loss on the ${part} rows`, value: formatNumber(own.loss, 5) });
  facts.push({ label: 'time', value: formatSeconds(seconds), note: ENDED_BY[stopped] ?? stopped });
  facts.push({
    label: 'steps',
    value: formatCount(steps),
    note: `${formatNumber(epochs, 4)} epochs${seconds > 0 ? `, ${formatRate(steps / seconds)}` : ''}`,
  });
  return factsOf(facts);
}

function textOf(name: string, value: number): string {
  return name === 'accuracy' ? formatPercent(value) : formatNumber(value, 5);
}

function captionOf(id: string, report: TrainingReport): string {
  if (id === 'loss') {
    const many = report.chains.length > 1;
    return many
      ? 'Bold: loss on the validation rows; faint: on rows that are trained on. Lower is better.'
      : 'Loss on rows that are trained on, and on the validation rows. Lower is better.';
  }
  if (id === 'energy') return 'The energy as contrastive divergence tells it now and then. Lower is better.';
  if (id.startsWith('control-')) return `The control ${id.slice('control-'.length)} as the schedule drove it.`;
  return id === 'signal-gradientNorm' ? 'The length of the gradient.' : 'On the validation rows.';
}

const number = (text: string): TableCell => ({ text, number: true });

function figureTable({ figures }: TrainingReport): string {
  const parts = Object.entries(figures).filter((entry): entry is [string, Record<string, number>] => entry[1] !== null);
  const names = [...new Set(parts.flatMap(([, own]) => Object.keys(own)))];
  const rows = parts.map(([part, own]): TableRow => ({ head: part, cells: names.map((name) => number(textOf(name, own[name] ?? NaN))) }));
  return tableSection(
    'figures',
    'What the kept weights are worth',
    [{ text: 'rows' }, ...names.map(number)],
    rows,
    'The test rows were looked at once, after everything was chosen.',
  );
}

function confusionTable({ confusion }: TrainingReport): string {
  if (confusion === null || confusion.labels.length > CLASSES) return '';
  const { labels, counts, part } = confusion;
  const rows = labels.map((label, k): TableRow => {
    const total = counts[k].reduce((a, b) => a + b, 0);
    return {
      head: label,
      cells: [
        ...counts[k].map((count) => number(count === 0 ? '·' : formatCount(count))),
        number(total === 0 ? '–' : formatPercent(counts[k][k] / total)),
      ],
    };
  });
  const heads = [{ text: 'is ↓, taken for →' }, ...[...labels, 'right'].map(number)];
  return tableSection('confusion', 'What is taken for what', heads, rows, `Counts of the ${part} rows.`);
}

function chainTable({ chains, best }: TrainingReport): string {
  if (chains.length < 2) return '';
  return chainSection(chains, best, {
    value: 'loss of the kept weights',
    digits: 5,
    tag: '★ best',
    note: 'The loss is that of the validation rows, where there are any.',
  });
}

function repeatOf({ command, reproducible, digest, version }: TrainingReport): string {
  return repeatSection(
    command,
    reproducible
      ? ['It repeats the training bit for bit:', 'the same model with the same digest, on any number of workers.']
      : [
          'It does not repeat the training bit for bit:',
          'the clock or an interruption had a say in how far it came, so another run may end elsewhere.',
        ],
    [['Digest (SHA-256 of the model’s file):', digest], [`Lehr ${version}`]],
  );
}

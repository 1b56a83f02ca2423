import { bar, formatCompact, formatGap, formatNumber, formatPercent, formatSeconds } from '../report/terminal.ts';
import type { Progress } from '../run/outcome.ts';
import { gapOf } from './known.ts';
import type { Subject } from './subject.ts';
import type { Task } from './task.ts';

/** Up to so many chains have a live line each. */
const MOST_LINES = 8;
/** Milliseconds between two redraws on a terminal, and two plain lines elsewhere. */
const REDRAW = 100;
const PLAIN = 5000;
const BAR = 10;
/** Where a terminal does not say its size. */
const COLUMNS = 100;
const ROWS = 24;

/** Shows on standard error how the chains go: live lines on a terminal, a plain line every few seconds elsewhere. */
export interface ProgressLines {
  see(chain: number, progress: Progress): void;
  /** Takes live lines away. */
  end(): void;
}

/** No progress at all. */
export const QUIET: ProgressLines = { see() {}, end() {} };

/** @param label before each line, where there are several runs. */
export async function progressLines(task: Task, subject: Subject, label = ''): Promise<ProgressLines> {
  const latest: (Progress | null)[] = Array.from({ length: task.chains }, () => null);
  const began = performance.now();
  const { stderr } = process;
  if (!stderr.isTTY) {
    let due = began + PLAIN;
    return {
      see(chain, progress) {
        latest[chain] = progress;
        const now = performance.now();
        if (now < due) return;
        due = now + PLAIN;
        stderr.write(`${formatSeconds((now - began) / 1000)}  ${label}${together(latest, task, subject)}\n`);
      },
      end() {},
    };
  }
  const [{ createLogUpdate }, { default: colours }] = await Promise.all([import('log-update'), import('picocolors')]);
  const update = createLogUpdate(terminal(stderr), { showCursor: true });
  const dim = colours.createColors(colours.isColorSupported && process.env.NO_COLOR === undefined).dim;
  let drawn = -Infinity;
  return {
    see(chain, progress) {
      latest[chain] = progress;
      const now = performance.now();
      if (now - drawn < REDRAW && progress.stopped === null) return;
      drawn = now;
      const lines =
        task.chains > MOST_LINES
          ? [together(latest, task, subject)]
          : latest.map(
              (each, i) =>
                `${task.chains === 1 ? '' : dim(`chain ${i + 1}  `)}${each === null ? dim('waiting') : line(each, each.t, task, subject)}`,
            );
      update(lines.map((text) => fit(label + text, stderr.columns)).join('\n'));
    },
    end() {
      update.clear();
      update.done();
    },
  };
}

/** A terminal that always has a size: some pseudo-terminals say 0, and get nothing drawn. */
function terminal(stream: NodeJS.WriteStream): NodeJS.WriteStream {
  return {
    isTTY: true,
    write: stream.write.bind(stream),
    get columns() {
      return stream.columns || COLUMNS;
    },
    get rows() {
      return stream.rows || ROWS;
    },
  } as NodeJS.WriteStream;
}

/** One line for all chains: the mean progress, and the chain that is best. */
function together(latest: readonly (Progress | null)[], task: Task, subject: Subject): string {
  const begun = latest.filter((progress) => progress !== null);
  if (begun.length === 0) return 'waiting';
  const best = begun.reduce((least, progress) => (progress.best < least.best ? progress : least));
  const t = begun.reduce((sum, progress) => sum + (progress.stopped === null ? progress.t : 1), 0) / latest.length;
  return `${latest.length === 1 ? '' : `${latest.length} chains  `}${line(best, t, task, subject)}`;
}

function line(progress: Progress, t: number, task: Task, subject: Subject): string {
  const { family } = subject;
  const best = family.sense === 'max' ? -progress.best : progress.best;
  const gap = gapOf(best, task.known, family.sense);
  const controls = Object.entries(progress.controls)
    .filter(([, value]) => value === value)
    .map(([name, value]) => `${name} ${formatNumber(value, 3)}`);
  // What matters most stands first: a narrow terminal cuts the end.
  const parts = [
    `${bar(t, BAR)} ${formatNumber(Math.floor(t * 100)).padStart(3)} %`,
    (progress.stopped ?? eta(progress)).padEnd(12),
    `best ${formatNumber(best, 9)}${gap === null ? '' : ` (${formatGap(gap)})`}`,
    ...controls,
    ...(Number.isNaN(progress.acceptance) ? [] : [`accepted ${formatPercent(progress.acceptance)}`]),
    `${formatCompact(progress.steps)} steps`,
  ];
  return parts.join('  ');
}

/** What is left, if it goes on as fast as so far. */
function eta({ t, seconds }: Progress): string {
  return t > 0.01 && t < 1 ? `${formatSeconds((seconds * (1 - t)) / t)} left` : '';
}

/** A line that does not wrap. Only dim text is coloured, at its beginning. */
function fit(text: string, columns: number | undefined): string {
  // oxlint-disable-next-line no-control-regex
  const hidden = [...text.matchAll(/\u001B\[\d+m/g)].reduce((sum, [code]) => sum + code.length, 0);
  const width = (columns || COLUMNS) - 1 + hidden;
  return text.length > width ? text.slice(0, width) : text;
}

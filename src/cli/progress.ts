import { bar, formatCompact, formatGap, formatNumber, formatPercent, formatSeconds } from '../report/terminal.ts';
import type { Progress } from '../run/outcome.ts';
import { gapOf } from './known.ts';
import { liveLines } from './live.ts';
import type { Subject } from './subject.ts';
import type { Task } from './task.ts';

/** Up to so many chains have a live line each. */
const MOST_LINES = 8;
const BAR = 10;

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
  const live = await liveLines({
    lines: (dim) =>
      (task.chains > MOST_LINES
        ? [together(latest, task, subject)]
        : latest.map(
            (each, i) =>
              `${task.chains === 1 ? '' : dim(`chain ${i + 1}  `)}${each === null ? dim('waiting') : line(each, each.t, task, subject)}`,
          )
      ).map((text) => label + text),
    plain: () => label + together(latest, task, subject),
  });
  return {
    see(chain, progress) {
      latest[chain] = progress;
      live.changed(progress.stopped !== null);
    },
    end: live.end,
  };
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

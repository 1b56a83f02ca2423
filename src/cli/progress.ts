import { bar, formatCompact, formatNumber, formatSeconds } from '../report/terminal.ts';
import type { Progress } from '../run/outcome.ts';
import { liveLines } from './live.ts';

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

/** How progress is told: what there is to say of a report beside how far it is, most important first, as a narrow terminal cuts the end. */
export type Telling = (progress: Progress) => readonly string[];

/** @param label before each line, where there are several runs. */
export async function progressLines(chains: number, telling: Telling, label = ''): Promise<ProgressLines> {
  const latest: (Progress | null)[] = Array.from({ length: chains }, () => null);
  const live = await liveLines({
    lines: (dim) =>
      (chains > MOST_LINES
        ? [together(latest, telling)]
        : latest.map(
            (each, i) => `${chains === 1 ? '' : dim(`chain ${i + 1}  `)}${each === null ? dim('waiting') : line(each, each.t, telling)}`,
          )
      ).map((text) => label + text),
    plain: () => label + together(latest, telling),
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
function together(latest: readonly (Progress | null)[], telling: Telling): string {
  const begun = latest.filter((progress) => progress !== null);
  if (begun.length === 0) return 'waiting';
  const best = begun.reduce((least, progress) => (progress.best < least.best ? progress : least));
  const t = begun.reduce((sum, progress) => sum + (progress.stopped === null ? progress.t : 1), 0) / latest.length;
  return `${latest.length === 1 ? '' : `${latest.length} chains  `}${line(best, t, telling)}`;
}

function line(progress: Progress, t: number, telling: Telling): string {
  const parts = [
    `${bar(t, BAR)} ${formatNumber(Math.floor(t * 100)).padStart(3)} %`,
    (progress.stopped ?? eta(progress)).padEnd(12),
    ...telling(progress),
    `${formatCompact(progress.steps)} steps`,
  ];
  return parts.join('  ');
}

/** The values of the controls, as lines tell them. */
export function controlsTold({ controls }: Progress): string[] {
  return Object.entries(controls)
    .filter(([, value]) => value === value)
    .map(([name, value]) => `${name} ${formatNumber(value, 3)}`);
}

/** What is left, if it goes on as fast as so far. */
function eta({ t, seconds }: Progress): string {
  return t > 0.01 && t < 1 ? `${formatSeconds((seconds * (1 - t)) / t)} left` : '';
}

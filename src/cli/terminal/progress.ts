import { bar, formatCompact, formatNumber, formatSeconds } from '../../report/terminal.ts';
import type { Progress } from '../../run/outcome.ts';
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

/** Whether one chain's report is rather to be told than another's. */
type Better = (one: Progress, than: Progress) => boolean;

const LOWER: Better = (one, than) => one.best < than.best;

/** @param label before each line, where there are several runs. @param better which chain's report is told where there is one line for all. */
export async function progressLines(chains: number, telling: Telling, label = '', better: Better = LOWER): Promise<ProgressLines> {
  const latest: (Progress | null)[] = Array.from({ length: chains }, () => null);
  const clock = new Clock();
  const live = await liveLines({
    lines: (dim) =>
      (chains > MOST_LINES
        ? [together(latest, telling, clock, better)]
        : latest.map(
            (each, i) =>
              `${chains === 1 ? '' : dim(`chain ${i + 1}  `)}${each === null ? dim('waiting') : line(each, each.t, eta(each.t, each.seconds), telling)}`,
          )
      ).map((text) => label + text),
    plain: () => label + together(latest, telling, clock, better),
  });
  return {
    see(chain, progress) {
      latest[chain] = progress;
      clock.begin(meanOf(latest));
      live.changed(progress.stopped !== null);
    },
    end: live.end,
  };
}

/** How far chains are together. */
function meanOf(latest: readonly (Progress | null)[]): number {
  return latest.reduce((sum, each) => sum + (each === null ? 0 : each.stopped === null ? each.t : 1), 0) / latest.length;
}

/** The time since the first report of this process, in which chains may have taken turns, and how far they were then. */
class Clock {
  private began = NaN;
  private from = 0;

  begin(t: number): void {
    if (this.began === this.began) return;
    this.began = performance.now();
    this.from = t;
  }

  /** What is left. */
  left(t: number): string {
    return eta((t - this.from) / (1 - this.from), (performance.now() - this.began) / 1000);
  }
}

/** One line for all chains: the mean progress, and the chain that is best. */
function together(latest: readonly (Progress | null)[], telling: Telling, clock: Clock, better: Better): string {
  const begun = latest.filter((progress) => progress !== null);
  if (begun.length === 0) return 'waiting';
  const best = begun.reduce((first, progress) => (better(progress, first) ? progress : first));
  const t = meanOf(latest);
  // That the best has ended says nothing of the others.
  const shown = latest.length === 1 ? best : { ...best, stopped: null };
  return `${latest.length === 1 ? '' : `${latest.length} chains  `}${line(shown, t, clock.left(t), telling)}`;
}

/** How a chain ended, where the engine's word is not a person's. */
const ENDED: Readonly<Record<string, string>> = { budget: 'done', signal: 'settled' };

function line({ stopped, ...progress }: Progress, t: number, left: string, telling: Telling): string {
  const parts = [
    `${bar(t, BAR)} ${formatNumber(Math.floor(t * 100)).padStart(3)} %`,
    (stopped === null ? left : (ENDED[stopped] ?? stopped)).padEnd(12),
    ...telling({ stopped, ...progress }),
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

/** What is left, if it goes on as fast as so far: the share t took so many seconds. */
function eta(t: number, seconds: number): string {
  return t > 0.01 && t < 1 ? `${formatSeconds((seconds * (1 - t)) / t)} left` : '';
}

import type { CompareEvent } from '../../experiment/compare.ts';
import { quantile } from '../../experiment/interval.ts';
import { bar, formatNumber, formatSeconds } from '../../report/terminal.ts';
import type { Comparison } from './compare.ts';
import { liveLines } from '../terminal/live.ts';

/** Up to so many cells have a live line each. */
const MOST_LINES = 8;
const BAR = 20;

/** Shows on standard error how the runs of a comparison go. */
export async function compareLines({ subject, schedules }: Comparison): Promise<{ see(event: CompareEvent): void; end(): void }> {
  const { sign } = subject;
  const shares: number[] = [];
  const done = new Map<string, number[]>(schedules.map((cell) => [cell, []]));
  let runs = 0;
  let began = NaN;
  const total = (): string => {
    const over = [...done.values()].reduce((sum, values) => sum + values.length, 0);
    const share = runs === 0 ? 0 : shares.reduce((sum, t) => sum + t, 0) / runs;
    const seconds = (performance.now() - began) / 1000;
    const left = share > 0.01 && share < 1 ? `  ${formatSeconds((seconds * (1 - share)) / share)} left` : '';
    return `${bar(share, BAR)} ${formatNumber(Math.floor(share * 100)).padStart(3)} %  ${over} of ${runs} runs${left}`;
  };
  const live = await liveLines({
    lines: (dim) => [total(), ...(schedules.length > MOST_LINES ? [] : [...done].map(([cell, values]) => dim(`  ${cell}${tell(values)}`)))],
    plain: total,
  });
  return {
    see({ cell, run, runs: all, progress }) {
      if (runs === 0) began = performance.now();
      runs = all;
      shares[run] = progress.stopped === null ? progress.t : 1;
      if (progress.stopped !== null) done.get(cell)!.push(sign * progress.best);
      live.changed();
    },
    end: live.end,
  };
}

function tell(values: readonly number[]): string {
  if (values.length === 0) return '';
  const sorted = [...values].sort((a, b) => a - b);
  return `  ${values.length} ${values.length === 1 ? 'run' : 'runs'}, median ${formatNumber(quantile(sorted, 0.5), 9)}`;
}

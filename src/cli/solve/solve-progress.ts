import { formatGap, formatNumber, formatPercent } from '../../report/terminal.ts';
import { gapOf } from './known.ts';
import { controlsTold, progressLines, type ProgressLines } from '../terminal/progress.ts';
import type { Subject } from './subject.ts';
import type { Task } from '../runs/task.ts';

/** How the chains of a solve go. @param label before each line, where there are several runs. */
export function solveLines(task: Task, { family }: Subject, label = ''): Promise<ProgressLines> {
  return progressLines(
    task.chains,
    (progress) => {
      const best = family.sense === 'max' ? -progress.best : progress.best;
      const gap = gapOf(best, task.known, family.sense);
      return [
        `best ${formatNumber(best, 9)}${gap === null ? '' : ` (${formatGap(gap)})`}`,
        ...controlsTold(progress),
        ...(Number.isNaN(progress.acceptance) ? [] : [`accepted ${formatPercent(progress.acceptance)}`]),
      ];
    },
    label,
  );
}

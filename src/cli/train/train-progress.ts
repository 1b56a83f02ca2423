import { formatNumber, formatPercent } from '../../report/terminal.ts';
import type { Learner } from './learner.ts';
import { controlsTold, progressLines, type ProgressLines } from '../terminal/progress.ts';
import type { TrainTask } from './train-task.ts';

/** How the chains of a training go: the losses, what else is known of the validation rows, and the rate. @param label before each line. */
export function trainLines(task: TrainTask, { keep }: Learner, label = ''): Promise<ProgressLines> {
  return progressLines(
    task.chains,
    (progress) => {
      const { loss, training, validation, gradientNorm: _, ...figures } = progress.signals;
      const now = formatNumber(validation ?? NaN, 4);
      const best = formatNumber(progress.best, 4);
      return [
        `loss ${formatNumber(loss ?? training ?? progress.energy, 4)}`,
        ...(validation === undefined
          ? []
          : [`validation ${now}${keep === 'best' && Number.isFinite(validation) && best !== now ? ` (best ${best})` : ''}`]),
        ...controlsTold(progress),
        ...Object.entries(figures).map(([name, value]) => `${name} ${name === 'accuracy' ? formatPercent(value) : formatNumber(value, 4)}`),
      ];
    },
    label,
  );
}

import { LehrError, show } from '../../error.ts';
import { STDOUT } from '../files/output.ts';
import { isModule } from '../solve/subject.ts';
import { beginTraining } from '../train/train-begin.ts';
import { leaveTraining, runTraining, type RanTraining } from '../train/train.ts';
import { learnerOptionsOf, type TrainOptions } from '../train/train-options.ts';
import { usualEpochs } from '../train/train-task.ts';
import { schedulesAt, type TuneOptions } from './tune-options.ts';
import type { RanTuning } from './tune.ts';

/** Controls that `lehr train` has options for. */
const NAMED: readonly string[] = ['rate', 'momentum', 'decay', 'temperature'];

/**
 * Whether the winner is to be fitted once more: where a file for it is named, or the rows.
 * @throws LehrError `option` where there is nothing to fit.
 */
export function wantsRefit({ output, refit, evaluations, json }: TuneOptions, file: string, learning: boolean): boolean {
  const [name, value] = output === undefined ? ['refit', refit] : ['output', output];
  if (value === undefined) return false;
  const fail = (why: string): never => {
    throw new LehrError('option', `--${name} is ${show(value)}, ${why}.`);
  };
  if (!learning) fail('which is for data to learn from, expected it without');
  if (evaluations !== undefined) fail('but the budget is in evaluations, expected --epochs, --steps or --seconds');
  if (output === '') fail('expected a file');
  if (output === STDOUT && json === true) fail('and --json writes to standard output, too, expected one of them. Maybe --output FILE');
  if (refit !== undefined && isModule(file)) fail('but a module of your own deals its rows out itself, expected it without');
  return true;
}

/**
 * Fits the winner once more and writes its model: on training and validation rows unless options say otherwise (as scikit-learn's searches do), for as many epochs as the trials had, or as many steps where these are
 * said. The test rows stay unseen. Without validation rows there is nothing to choose weights by: the last are kept, or the average.
 */
export async function refitWinner(
  file: string,
  options: TuneOptions,
  { tuning, tuned }: RanTuning,
  flags: readonly string[],
  signal: AbortSignal,
): Promise<RanTraining> {
  const { refit = 'training+validation', epochs, steps, seconds, workers, output, quiet, verbose } = options;
  const { keep, ...learning } = learnerOptionsOf(options as unknown as TrainOptions);
  const both = !isModule(file) && refit === 'training+validation';
  const { templates, seed, block, subject } = tuning;
  const schedules = Object.entries(schedulesAt(templates, tuned.winner.point));
  const unsaid = epochs === undefined && steps === undefined && seconds === undefined;
  const training = {
    ...learning,
    ...(keep === undefined || (both && keep === 'best') ? {} : { keep }),
    ...(both ? { fit: refit } : {}),
    ...Object.fromEntries(schedules.filter(([name]) => NAMED.includes(name))),
    ...Object.fromEntries(
      Object.entries({ epochs: unsaid ? usualEpochs(subject.epoch!) : epochs, steps, seconds, workers, output, quiet, verbose }).filter(
        ([, value]) => value !== undefined,
      ),
    ),
    ...(block === null ? {} : { block }),
    seed,
    others: Object.fromEntries(schedules.filter(([name]) => !NAMED.includes(name))),
  } as TrainOptions;
  const ran = await runTraining(await beginTraining(file, training, flags), training, signal);
  await leaveTraining(ran);
  return ran;
}

import { beginKept, type BegunRun, type KeptRuns } from '../runs/begin-kept.ts';
import type { Learner } from './learner.ts';
import { openLearner } from './open-learner.ts';
import { contentOf } from '../data/open-table.ts';
import { isModule } from '../solve/subject.ts';
import { learnerOptionsOf, type TrainOptions } from './train-options.ts';
import { budgetSaid, controlsSaid, controlsWanted, newTrainTask, saidAgain, type TrainTask } from './train-task.ts';

/** A training that is ready to go on: new, resumed or replayed. */
export interface BegunTraining extends Omit<BegunRun<TrainTask, Learner>, 'subject'> {
  readonly learner: Learner;
}

const TRAININGS: KeptRuns<TrainTask, Learner, TrainOptions> = {
  verb: 'train',
  file: 'a table such as data.csv, or a module of your own',
  mayHaveOthers: isModule,
  open: (file, options) => openLearner(file, learnerOptionsOf(options), controlsWanted(options)),
  reopen(task, kept, moved) {
    const wanted = Object.keys(task.controls).filter((name) => name !== 'rate' && !task.chosen.includes(name));
    return openLearner(kept === null ? (moved ?? task.path) : task.given, task.learning, wanted, kept ?? undefined);
  },
  newTask: newTrainTask,
  again: saidAgain,
  said: (options, learner, flags) => ({
    budget: budgetSaid(options, learner) ?? undefined,
    controls: controlsSaid(options, learner.controls, flags),
  }),
  contentOf: async (file, { learning }) => contentOf(file, learning),
};

/**
 * The training that FILE and the options mean.
 * @param flags the names of all options, for suggestions.
 */
export async function beginTraining(file: string | undefined, options: TrainOptions, flags: readonly string[]): Promise<BegunTraining> {
  const { subject, ...begun } = await beginKept(TRAININGS, file, options, flags);
  return { ...begun, learner: subject };
}

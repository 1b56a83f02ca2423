import type { TrainingReport } from '../../report/training-record.ts';
import type { RanTraining } from './train.ts';
import { trainSettings } from './train-summary.ts';

/** The plain record behind the HTML report. */
export function trainingReport({ task, learner, trained, json }: RanTraining): TrainingReport {
  const part = trained.test !== null ? 'test' : trained.validation !== null ? 'validation' : 'training';
  const { confusion, pairs } = trained[part]!;
  return {
    model: learner.title,
    data: learner.name,
    target: learner.target,
    figures: json.figures,
    stopped: json.stopped,
    seconds: json.seconds,
    steps: json.steps,
    epochs: json.epochs,
    best: trained.best + 1,
    chains: trained.chains.map(({ chain, value, stopped, trace }) => ({ chain: chain + 1, value, stopped, trace })),
    confusion: confusion === null ? null : { part, labels: learner.labels, counts: confusion },
    pairs: pairs.length === 0 ? null : { part, points: pairs },
    notices: learner.notices,
    digest: json.digest,
    command: json.command,
    reproducible: json.reproducible,
    settings: trainSettings(task, learner, json),
    version: json.version,
  };
}

import type { Paper } from '../../../src/experiment/paper.ts';
import { accuracyClaims } from './accuracy.ts';
import { barrierClaims } from './barriers.ts';
import { localClaims } from './local.ts';
import { mixtureClaims } from './mixtures.ts';
import { plantedClaims } from './planted.ts';
import { wideClaims } from './wide.ts';

/**
 * Fritz Obermeyer, Jonathan Glidden, Eric Jonas, "Scaling Nonparametric Bayesian Inference via Subsample-Annealing", AISTATS 2014. Its theorems' models and its tables could not be
 * read: the laws are tried in the models in which the reading derives them, accuracy on planted tables.
 */
const paper: Paper = {
  paper: '1402.5473',
  title: 'Scaling Nonparametric Bayesian Inference via Subsample-Annealing',
  claims: (context) => [
    ...localClaims(context),
    ...barrierClaims(context),
    ...mixtureClaims(context),
    ...accuracyClaims(context),
    ...plantedClaims(context),
    ...wideClaims(context),
  ],
};

export default paper;

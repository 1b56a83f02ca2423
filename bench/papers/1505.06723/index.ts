import type { Paper } from '../../../src/experiment/paper.ts';
import { chainClaims } from './chains.ts';
import { mixtureClaims } from './mixtures.ts';
import { regimeClaims } from './regimes.ts';
import { topicClaims } from './topics.ts';

/**
 * San Gultekin, Aonan Zhang, John Paisley, "Stochastic Annealing for Variational Inference", 2015. Only its abstract could be read: it says that stochastic annealing clearly
 * improves Gaussian mixtures and hidden Markov models, and that topics tend to favour deterministic annealing. Noise, schedules, data and margins are ours; the settings were chosen on other data
 * than those tried here. Each method is set beside restarts of equal cost, which the abstract does not speak of: they do as well or
 * better where components are few, and worse where there are a hundred far apart (`regimes.ts`).
 */
const paper: Paper = {
  paper: '1505.06723',
  title: 'Stochastic Annealing for Variational Inference',
  claims: (context) => [...mixtureClaims(context), ...chainClaims(context), ...topicClaims(context), ...regimeClaims(context)],
};

export default paper;

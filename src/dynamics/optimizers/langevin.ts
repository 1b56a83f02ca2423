import { LehrError, show } from '../../error.ts';
import { checkSettings, controlsOf, type Optimizer, type Scheduled, type Setting } from './optimizer.ts';

/** `temperature`: a number, or `'scheduled'`, the default: then it is a control. `decay`: a Gaussian prior, decay · w added to the gradient (0). */
export interface SgldOptions<T extends Setting = 'scheduled', D extends Setting = number> {
  readonly temperature?: T;
  readonly decay?: D;
}

/**
 * Stochastic gradient Langevin dynamics (Welling & Teh, ICML 2011): w ← w − rate · g + √(2 · rate · temperature) · N(0, 1). The loss is a *mean* over rows, as
 * everywhere here: for small rates the weights are drawn with density ∝ e^(−loss / temperature), so temperature 1 / rows samples the posterior whose log-likelihood is
 * −rows · loss. Welling & Teh's step ε on the sum is rate = ε · rows / 2 then. Annealing the temperature to 0 is simulated annealing of weights. Controls: `rate`,
 * `temperature`; two 32-bit draws a weight.
 */
export function sgld<T extends Setting = 'scheduled', D extends Setting = number>(
  options: SgldOptions<T, D> = {},
): Optimizer<'rate' | Scheduled<T, 'temperature'> | Scheduled<D, 'decay'>> {
  checkSettings('sgld', options, { temperature: 'atLeast0', decay: 'atLeast0' });
  const settings: { temperature: Setting; decay: Setting } = {
    temperature: options.temperature ?? 'scheduled',
    decay: options.decay ?? 0,
  };
  return {
    name: 'sgld',
    controls: controlsOf(settings) as readonly ('rate' | Scheduled<T, 'temperature'> | Scheduled<D, 'decay'>)[],
    moments: 0,
    settings,
    step(weights, gradient, _moments, controls, _count, rng) {
      const { rate } = controls;
      const temperature = settings.temperature === 'scheduled' ? controls.temperature : settings.temperature;
      const l2 = settings.decay === 'scheduled' ? controls.decay : settings.decay;
      const spread = Math.sqrt(2 * rate * temperature);
      if (spread !== spread) {
        throw new LehrError(
          'option',
          `sgld: rate is ${show(rate)} and temperature ${show(temperature)}, expected numbers of at least 0. Maybe a schedule goes below zero.`,
        );
      }
      const n = weights.length;
      for (let i = 0; i < n; i++) weights[i] += spread * rng.normal() - rate * (gradient[i] + l2 * weights[i]);
    },
  };
}

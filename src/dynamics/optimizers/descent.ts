import type { Weights } from '../model.ts';
import { stepsOver } from './steps.ts';
import { checkSettings, controlsOf, type Optimizer, type Scheduled, type Setting } from './optimizer.ts';

/** `decay`: L2 regularisation, decay · w added to the gradient (PyTorch's `weight_decay`); default 0. */
export interface SgdOptions<D extends Setting = number> {
  readonly decay?: D;
}

/**
 * Gradient descent, w ← w − rate · g; on minibatches it is stochastic gradient descent (Robbins & Monro 1951). Control: `rate`, and `decay` if scheduled.
 */
export function sgd<D extends Setting = number>(options: SgdOptions<D> = {}): Optimizer<'rate' | Scheduled<D, 'decay'>> {
  checkSettings('sgd', options, { decay: 'atLeast0' });
  const settings = { decay: options.decay ?? 0 };
  const { decay } = settings;
  return {
    name: 'sgd',
    controls: controlsOf(settings) as readonly ('rate' | Scheduled<D, 'decay'>)[],
    moments: 0,
    settings,
    step(weights, gradient, moments, controls) {
      const { rate } = controls;
      const l2 = decay === 'scheduled' ? controls.decay : (decay as number);
      const n = weights.length;
      const steps = stepsOver(weights, gradient, moments);
      if (steps !== null) steps.sgd(weights.byteOffset, gradient.byteOffset, n, rate, l2);
      else if (l2 === 0) descend(weights, gradient, rate);
      else for (let i = 0; i < n; i++) weights[i] -= rate * (gradient[i] + l2 * weights[i]);
    },
  };
}

/**
 * w ← w − rate · g. Four at a time take 0.6 of the time of one at a time, and this is a seventh of a perceptron's step. The few that are left over come first: V8 compiles
 * the long loop during its first run, when what follows it has never been seen, and would fall back to slow code there again and again.
 */
function descend(weights: Weights, gradient: Weights, rate: number): void {
  const n = weights.length;
  let i = 0;
  for (const rest = n & 3; i < rest; i++) weights[i] -= rate * gradient[i];
  for (; i < n; i += 4) {
    weights[i] -= rate * gradient[i];
    weights[i + 1] -= rate * gradient[i + 1];
    weights[i + 2] -= rate * gradient[i + 2];
    weights[i + 3] -= rate * gradient[i + 3];
  }
}

/** `momentum`: a number, or `'scheduled'`, the default: then it is a control. `decay` as in `sgd`. */
export interface MomentumOptions<M extends Setting = 'scheduled', D extends Setting = number> {
  readonly momentum?: M;
  readonly decay?: D;
}

type MomentumControls<M extends Setting, D extends Setting> = 'rate' | Scheduled<M, 'momentum'> | Scheduled<D, 'decay'>;

/**
 * Descent with momentum (Polyak 1964, as PyTorch has it): v ← momentum · v + g, w ← w − rate · v, v = 0 at first. The rate is outside v, so a schedule acts at
 * once; in Keras it is inside, v ← momentum · v − rate · g, w ← w + v, the same only while the rate is constant. Controls: `rate`, `momentum`.
 */
export function momentum<M extends Setting = 'scheduled', D extends Setting = number>(
  options: MomentumOptions<M, D> = {},
): Optimizer<MomentumControls<M, D>> {
  return heavy('momentum', false, options);
}

/**
 * Nesterov's momentum (Nesterov 1983; in the form of Sutskever et al. 2013 that PyTorch has): v ← momentum · v + g, w ← w − rate · (g + momentum · v).
 * Controls: `rate`, `momentum`.
 */
export function nesterov<M extends Setting = 'scheduled', D extends Setting = number>(
  options: MomentumOptions<M, D> = {},
): Optimizer<MomentumControls<M, D>> {
  return heavy('nesterov', true, options);
}

function heavy<M extends Setting, D extends Setting>(
  name: string,
  ahead: boolean,
  options: MomentumOptions<M, D>,
): Optimizer<MomentumControls<M, D>> {
  checkSettings(name, options, { momentum: 'share', decay: 'atLeast0' });
  const settings: { momentum: Setting; decay: Setting } = { momentum: options.momentum ?? 'scheduled', decay: options.decay ?? 0 };
  return {
    name,
    controls: controlsOf(settings) as readonly MomentumControls<M, D>[],
    moments: 1,
    settings,
    step(weights, gradient, moments, controls) {
      const { rate } = controls;
      const keep = settings.momentum === 'scheduled' ? controls.momentum : settings.momentum;
      const l2 = settings.decay === 'scheduled' ? controls.decay : settings.decay;
      const n = weights.length;
      const [velocity] = moments;
      const steps = stepsOver(weights, gradient, moments);
      if (steps !== null) return steps.heavy(weights.byteOffset, gradient.byteOffset, velocity.byteOffset, n, rate, keep, l2, ahead);
      for (let i = 0; i < n; i++) {
        const g = gradient[i] + l2 * weights[i];
        const v = keep * velocity[i] + g;
        velocity[i] = v;
        weights[i] -= rate * (ahead ? g + keep * v : v);
      }
    },
  };
}

import { stepsOver } from './steps.ts';
import { checkSettings, controlsOf, type Optimizer, type Scheduled, type Setting } from './optimizer.ts';

/** PyTorch's defaults: `eps` 1e-10, `start` 0 (the sums at first). Keras has 1e-7 and 0.1. `decay`: L2, added to the gradient (0). */
export interface AdagradOptions<D extends Setting = number> {
  readonly eps?: number;
  readonly start?: number;
  readonly decay?: D;
}

/**
 * AdaGrad (Duchi, Hazan, Singer, JMLR 12, 2011, the diagonal form): s ← s + g², w ← w − rate · g / (√s + eps). optax puts eps under the root.
 */
export function adagrad<D extends Setting = number>(options: AdagradOptions<D> = {}): Optimizer<'rate' | Scheduled<D, 'decay'>> {
  checkSettings('adagrad', options, { eps: 'atLeast0', start: 'atLeast0', decay: 'atLeast0' });
  const { eps = 1e-10, start = 0 } = options;
  const decay: Setting = options.decay ?? 0;
  return {
    name: 'adagrad',
    controls: controlsOf({ decay }) as readonly ('rate' | Scheduled<D, 'decay'>)[],
    moments: 1,
    start,
    settings: { eps, start, decay },
    step(weights, gradient, moments, controls) {
      const { rate } = controls;
      const l2 = decay === 'scheduled' ? controls.decay : (decay as number);
      const n = weights.length;
      const [sums] = moments;
      const steps = stepsOver(weights, gradient, moments);
      if (steps !== null) return steps.adagrad(weights.byteOffset, gradient.byteOffset, sums.byteOffset, n, rate, eps, l2);
      for (let i = 0; i < n; i++) {
        const g = gradient[i] + l2 * weights[i];
        const s = sums[i] + g * g;
        sums[i] = s;
        const size = Math.sqrt(s) + eps;
        // With eps 0 a coordinate that never had a gradient stays.
        if (size > 0) weights[i] -= (rate * g) / size;
      }
    },
  };
}

/**
 * PyTorch's defaults: `alpha` 0.99 (how much the mean square keeps), `eps` 1e-8, not `centered`, `momentum` 0. Keras: 0.9, 1e-7; optax: 0.9, and its eps
 * 1e-8 under the root. `decay`: L2, added to the gradient (0).
 */
export interface RmspropOptions<M extends Setting = number, D extends Setting = number> {
  readonly alpha?: number;
  readonly eps?: number;
  readonly centered?: boolean;
  readonly momentum?: M;
  readonly decay?: D;
}

/**
 * RMSProp (Tieleman & Hinton, lecture 6.5 of "Neural networks for machine learning", 2012): s ← alpha · s + (1 − alpha) · g², step g / (√s + eps). Centred (Graves,
 * arXiv 1308.0850), the root is of s − m², m the running mean of g. With momentum, b ← momentum · b + step and w ← w − rate · b, as PyTorch has it.
 */
export function rmsprop<M extends Setting = number, D extends Setting = number>(
  options: RmspropOptions<M, D> = {},
): Optimizer<'rate' | Scheduled<M, 'momentum'> | Scheduled<D, 'decay'>> {
  checkSettings('rmsprop', options, { alpha: 'share', eps: 'positive', centered: 'boolean', momentum: 'share', decay: 'atLeast0' });
  const { alpha = 0.99, eps = 1e-8, centered = false } = options;
  const momentum: Setting = options.momentum ?? 0;
  const decay: Setting = options.decay ?? 0;
  return {
    name: 'rmsprop',
    controls: controlsOf({ momentum, decay }) as readonly ('rate' | Scheduled<M, 'momentum'> | Scheduled<D, 'decay'>)[],
    moments: 3,
    settings: { alpha, eps, centered, momentum, decay },
    step(weights, gradient, moments, controls) {
      const { rate } = controls;
      const keep = momentum === 'scheduled' ? controls.momentum : (momentum as number);
      const l2 = decay === 'scheduled' ? controls.decay : (decay as number);
      const n = weights.length;
      const [squares, means, velocity] = moments;
      const steps = stepsOver(weights, gradient, moments);
      if (steps !== null) {
        const at = [weights, gradient, ...moments].map((array) => array.byteOffset);
        return steps.rmsprop(at[0], at[1], at[2], at[3], at[4], n, rate, alpha, eps, keep, l2, centered);
      }
      for (let i = 0; i < n; i++) {
        const g = gradient[i] + l2 * weights[i];
        const s = alpha * squares[i] + (1 - alpha) * g * g;
        squares[i] = s;
        let variance = s;
        if (centered) {
          const m = alpha * means[i] + (1 - alpha) * g;
          means[i] = m;
          // Rounding may bring it below 0.
          variance = Math.max(0, s - m * m);
        }
        const v = keep * velocity[i] + g / (Math.sqrt(variance) + eps);
        velocity[i] = v;
        weights[i] -= rate * v;
      }
    },
  };
}

import { stepsOver } from './steps.ts';
import { checkSettings, controlsOf, wholePower, type Optimizer, type Scheduled, type Setting } from './optimizer.ts';

/**
 * PyTorch's defaults, which are the paper's: `momentum` (β₁) 0.9, `beta2` 0.999, `eps` 1e-8. Keras has eps 1e-7, and adds it to √s before the bias of s is
 * corrected. `momentum: 'scheduled'` makes β₁ a control (PyTorch's one-cycle moves it against the rate).
 */
export interface AdamOptions<M extends Setting = number, D extends Setting = number> {
  readonly momentum?: M;
  readonly beta2?: number;
  readonly eps?: number;
  /** In `adam`: L2, added to the gradient (0). In `adamW`: decoupled from it; `'scheduled'`, the default, makes it a control (PyTorch: 0.01, Keras: 0.004). */
  readonly decay?: D;
}

type AdamControls<M extends Setting, D extends Setting> = 'rate' | Scheduled<M, 'momentum'> | Scheduled<D, 'decay'>;

/**
 * Adam (Kingma & Ba, arXiv 1412.6980, algorithm 1): m ← β₁ m + (1 − β₁) g, s ← β₂ s + (1 − β₂) g², w ← w − rate · (m / (1 − β₁ᵗ)) / (√(s / (1 − β₂ᵗ)) + eps).
 */
export function adam<M extends Setting = number, D extends Setting = number>(
  options: AdamOptions<M, D> = {},
): Optimizer<AdamControls<M, D>> {
  return moments('adam', false, options, 0);
}

/**
 * AdamW (Loshchilov & Hutter, arXiv 1711.05101): Adam on the plain gradient, and w ← (1 − rate · decay) · w before each step, as PyTorch has it. The paper multiplies
 * decay by the schedule's factor only, not by the first rate.
 */
export function adamW<M extends Setting = number, D extends Setting = 'scheduled'>(
  options: AdamOptions<M, D> = {},
): Optimizer<AdamControls<M, D>> {
  return moments('adamW', true, options, 'scheduled');
}

function moments<M extends Setting, D extends Setting>(
  name: string,
  decoupled: boolean,
  options: AdamOptions<M, D>,
  usual: Setting,
): Optimizer<AdamControls<M, D>> {
  checkSettings(name, options, { momentum: 'share', beta2: 'share', eps: 'positive', decay: 'atLeast0' });
  const { beta2 = 0.999, eps = 1e-8 } = options;
  const settings: { momentum: Setting; decay: Setting } = { momentum: options.momentum ?? 0.9, decay: options.decay ?? usual };
  return {
    name,
    controls: controlsOf(settings) as readonly AdamControls<M, D>[],
    moments: 2,
    settings: { ...settings, beta2, eps },
    step(weights, gradient, both, controls, count) {
      const { rate } = controls;
      const beta1 = settings.momentum === 'scheduled' ? controls.momentum : settings.momentum;
      const decay = settings.decay === 'scheduled' ? controls.decay : settings.decay;
      const l2 = decoupled ? 0 : decay;
      const shrink = decoupled ? 1 - rate * decay : 1;
      const size = rate / (1 - wholePower(beta1, count));
      const root = Math.sqrt(1 - wholePower(beta2, count));
      const n = weights.length;
      const [means, squares] = both;
      const steps = stepsOver(weights, gradient, both);
      if (steps !== null) {
        const at = [weights, gradient, means, squares].map((array) => array.byteOffset);
        return steps.adam(at[0], at[1], at[2], at[3], n, size, beta1, beta2, root, eps, l2, shrink);
      }
      for (let i = 0; i < n; i++) {
        const g = gradient[i] + l2 * weights[i];
        const m = beta1 * means[i] + (1 - beta1) * g;
        const s = beta2 * squares[i] + (1 - beta2) * g * g;
        means[i] = m;
        squares[i] = s;
        weights[i] = shrink * weights[i] - (size * m) / (Math.sqrt(s) / root + eps);
      }
    },
  };
}

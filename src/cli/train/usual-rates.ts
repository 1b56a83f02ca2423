import { maybe } from '../../closest.ts';
import { optimizerFrom, USUAL_CONTROLS, type OptimizerSpec } from '../../dynamics/optimizers/by-name.ts';
import { LehrError, show } from '../../error.ts';
import type { Rated } from './learner.ts';

/**
 * First rates where none are given, for inputs of size 1. They are ours: with the schedule below, 3000 steps and regressions and networks on iris, biopsy, wine, Boston, California housing and
 * optdigits no run of any optimiser diverged, and sgd was among the best on each. Momentum 0.9 adds ten steps up: a tenth of sgd's.
 */
const RATES: Readonly<Record<string, number>> = {
  sgd: 0.1,
  momentum: 0.01,
  nesterov: 0.01,
  adagrad: 0.05,
  rmsprop: 0.001,
  adam: 0.003,
  adamW: 0.003,
  sgld: 0.05,
};

/**
 * For ratings, whose factors a minibatch moves only where its users and items are: rates of what adapts to the size of gradients. On generated ratings (1500 to 20,000 of them, ranks
 * 3 and 8, 3000 steps or 30 epochs) Adam's 0.05 came to a test rmse of 0.35 to 0.80 where 0.003 came to 0.44 to 0.96.
 */
const OF_RATINGS: Readonly<Record<string, number>> = { adagrad: 1, rmsprop: 0.05, adam: 0.05, adamW: 0.05 };

/** The schedule of a rate that is not given: it rises over a twentieth of the run, and falls along a cosine to 0. */
export function usualRate(rate: number): string {
  return `warmup(0.05) > cosine(${Number(rate.toPrecision(2))}, 0)`;
}

/**
 * The optimiser with the controls that are asked for. @param wanted options that were given beside `--rate`. @param most a rate beyond which steps would overshoot.
 * @param ratings whether a factorisation of ratings is learned.
 * @throws LehrError `option` for an optimiser that there is not, or a control that it cannot have.
 */
export function rated(name: string, wanted: readonly string[], most = Infinity, ratings = false): Rated {
  const plain = optimizerFrom(name);
  const settings: Record<string, string> = {};
  for (const control of wanted) {
    if (plain.controls.includes(control)) continue;
    const has = Object.keys(plain.settings);
    if (!has.includes(control) || !CONTROLS.includes(control)) {
      const able = CONTROLS.filter((each) => has.includes(each) || plain.controls.includes(each));
      throw new LehrError(
        'option',
        `--${control} is given, but ${plain.name} has no ${control}, expected --rate${able.map((each) => `, --${each}`).join('')}.${maybe(control, able)}`,
      );
    }
    settings[control] = 'scheduled';
  }
  const optimizer: OptimizerSpec = { name: plain.name, ...settings };
  const { controls } = optimizerFrom(optimizer);
  const rate = (ratings ? OF_RATINGS[plain.name] : undefined) ?? RATES[plain.name];
  if (rate === undefined) throw new LehrError('option', `--optimizer is ${show(name)}, expected ${Object.keys(RATES).join(', ')}.`);
  // Momentum adds ten steps up; what adapts to the size of gradients needs no bound.
  const bound = { sgd: most, sgld: most, momentum: most / 10, nesterov: most / 10 }[plain.name] ?? Infinity;
  const others = controls.filter((control) => control !== 'rate').map((control) => [control, String(USUAL_CONTROLS[control] ?? 0)]);
  return { optimizer, controls, usual: { rate: usualRate(Math.min(rate, bound)), ...Object.fromEntries(others) } };
}

/** What may be a control beside the rate. */
const CONTROLS = ['momentum', 'decay', 'temperature'];

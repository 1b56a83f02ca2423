import { checkVariational, type VariationalModel } from 'lehr';
import { describe, expect, test } from 'vitest';
import { mixture } from '../dynamics/variational-models.ts';

const model = mixture('full');

describe('the kit finds planted bugs', () => {
  test.each<[string, (model: VariationalModel) => VariationalModel, RegExp]>([
    [
      'a wrong expectation',
      (m) => ({ ...m, expect: (l, into) => (m.expect(l, into), void (into[0] += 0.01)) }),
      /expect is not its gradient/,
    ],
    ['a wrong normaliser', (m) => ({ ...m, logNormaliser: (l) => m.logNormaliser(l) + 0.01 * l[1] * l[1] }), /expect is not its gradient/],
    [
      'statistics that are too large',
      (m) => ({
        ...m,
        local(order, from, to, into, visit) {
          const value = m.local(order, from, to, into, visit);
          for (let i = 0; i < into.length; i++) into[i] *= 1.01;
          return value;
        },
      }),
      /in two parts|the bound rises by|lowers the bound/,
    ],
    [
      'a value of the tempered law',
      (m) => ({ ...m, local: (o, f, t, into, v) => m.local(o, f, t, into, v) + (v.temperature > 1 ? 1e6 : 0) }),
      /above the best ones/,
    ],
    [
      'a perturbation out of bounds',
      (m) => ({ ...m, perturb: (l) => void l.fill(-1) }),
      /perturb by 0.1 deviations leaves|not positive definite/,
    ],
  ])('%s', (_, plant, message) => expect(() => checkVariational(plant(model))).toThrow(message));
});

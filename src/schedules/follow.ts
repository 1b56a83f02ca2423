import { power } from './arithmetic.ts';

/** What the feedback of the Lam family remembers: the temperature, and the running acceptance rate. */
export interface Followed {
  temperature: number;
  rate: number;
}

/**
 * The constants of that feedback. After a step the rate is (keep · rate + give · accepted) / over, where accepted is 1 or 0, and then the temperature
 * is multiplied by `factor` if the rate is above its target and divided by it if not.
 */
export interface Feedback {
  readonly keep: number;
  readonly give: number;
  readonly over: number;
  readonly factor: number;
}

/** Published, the temperature is unbounded: it would end at 0 or Infinity, from where no factor leads back. */
const LEAST = 1e-150;
const GREATEST = 1e150;

/**
 * `steps` steps of the feedback at once, of which the share `accepted` was. One step is the published update, bit for bit; several move the rate
 * towards `accepted` as if each step had been that share, in closed form, and the temperature by as many factors in one direction.
 */
export function follow(memory: Followed, feedback: Feedback, steps: number, accepted: number, target: number): void {
  const { keep, give, over, factor } = feedback;
  let change = factor;
  if (steps === 1) memory.rate = (keep * memory.rate + give * accepted) / over;
  else {
    memory.rate = accepted + (memory.rate - accepted) * power(keep / over, steps);
    change = power(factor, steps);
  }
  const temperature = memory.rate > target ? memory.temperature * change : memory.temperature / change;
  memory.temperature = Math.min(Math.max(temperature, LEAST), GREATEST);
}

import { power } from './arithmetic.ts';

/** What the feedback of the Lam family remembers. */
export interface Followed {
  temperature: number;
  /** The running acceptance rate. */
  rate: number;
  /** Steps of the last block of several, what they keep of the rate, and their factors together: blocks are mostly alike. */
  many: number;
  kept: number;
  change: number;
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
  let change = feedback.factor;
  if (steps === 1) memory.rate = (feedback.keep * memory.rate + feedback.give * accepted) / feedback.over;
  else {
    if (steps !== memory.many) lengthen(memory, feedback, steps);
    memory.rate = accepted + (memory.rate - accepted) * memory.kept;
    change = memory.change;
  }
  const temperature = memory.rate > target ? memory.temperature * change : memory.temperature / change;
  memory.temperature = temperature < LEAST ? LEAST : temperature > GREATEST ? GREATEST : temperature;
}

function lengthen(memory: Followed, { keep, over, factor }: Feedback, steps: number): void {
  memory.many = steps;
  memory.kept = power(keep / over, steps);
  memory.change = power(factor, steps);
}

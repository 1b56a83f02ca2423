import { LehrError, show } from '../error.ts';

/** At how many places of a leg a curve is looked at beforehand. */
const PLACES = 200;

/** What the controls of optimisers may be; those of a model's own may be anything. */
const MOST: Readonly<Record<string, number>> = { rate: Infinity, momentum: 1, decay: Infinity, temperature: Infinity };

/**
 * Throws an `option` error for controls of an optimiser that leave their range: below 0 a rate climbs the loss, and a momentum above 1 grows without end.
 * @param where of the leg, for the message.
 */
export function checkRange(controls: Readonly<Record<string, number>>, names: readonly string[], where = ''): void {
  for (let i = 0; i < names.length; i++) {
    const name = names[i];
    const most = MOST[name];
    const value = controls[name];
    // A value that is no number is told of by the loss that it leads to.
    if (most === undefined || !(value < 0 || value > most)) continue;
    const range = most === 1 ? 'from 0 to 1' : 'of at least 0';
    const beyond = value < 0 ? 'goes below zero' : 'goes beyond it';
    throw new LehrError('option', `${name} is ${show(value)}${where}, expected a number ${range}. Maybe the schedule ${beyond}.`);
  }
}

/**
 * Looks at a leg's curves before it begins, as far as numbers and pure curves can be asked; what listens is looked at while it runs.
 * @param steps how long the leg is; NaN if its budget counts something else.
 */
export function checkCourse(
  controls: Readonly<Record<string, number | ((t: number, step: number) => number) | object>>,
  names: readonly string[],
  steps: number,
): void {
  for (let k = 0; k <= PLACES; k++) {
    const t = k / PLACES;
    const step = steps === steps ? Math.round(t * Math.max(0, steps - 1)) : NaN;
    for (const name of names) {
      const control = controls[name];
      if (typeof control === 'object') continue;
      const value = typeof control === 'number' ? control : control(t, step);
      checkRange({ [name]: value }, [name], typeof control === 'number' ? '' : ` at t = ${t}`);
    }
  }
}

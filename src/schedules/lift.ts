import { LehrError, show } from '../error.ts';
import type { Control, Controller } from './schedule.ts';

/** Any control as a controller: a number is constant, a schedule a controller without memory. */
export function lift(control: Control): Controller {
  if (typeof control === 'number') {
    if (control !== control) throw new LehrError('option', 'control: NaN, expected a number.');
    return { start: () => null, next: () => control };
  }
  if (typeof control === 'function') {
    return { ...(control.spec === undefined ? {} : { spec: control.spec }), start: () => null, next: (_, now) => control(now.t, now.step) };
  }
  if (typeof control === 'object' && control !== null && typeof control.next === 'function') return control;
  throw new LehrError('option', `control: ${show(control)}, expected a number, a schedule (t, step) => number, or a controller.`);
}

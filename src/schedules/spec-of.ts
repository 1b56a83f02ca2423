import { LehrError } from '../error.ts';
import type { Control, Spec } from './schedule.ts';

/** The plain data that stands for a control, or throws a `contract` error for a function without a spec. */
export function specOf(control: Control): Spec | number {
  if (typeof control === 'number') return control;
  if (control.spec !== undefined) return control.spec;
  throw new LehrError('contract', 'A schedule without a spec cannot cross to another thread or be printed. Maybe export it from a module and pass { from: the module’s URL, name }.');
}

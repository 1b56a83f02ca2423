import type { Length } from './check.ts';
import type { Control, Controller, Schedule } from './schedule.ts';

/** What a parameter takes. In text: `0.5`; `4`; `0.05` or `500 steps`; any schedule; a word; a signal's name; `[1, 0.5]`; `[0.5, linear(5, 1)]`; `[0.5, 1]`. */
export type ParameterKind = 'number' | 'count' | 'length' | 'control' | 'choice' | 'signal' | 'numbers' | 'phases' | 'pieces';

/** One parameter of a schedule, under its name in the API, in specs and in text. */
export interface Parameter {
  readonly name: string;
  readonly kind: ParameterKind;
  readonly meaning: string;
  /** `name: value` in text and a property of the last argument in the API; the others go by position. */
  readonly named?: boolean;
  readonly default?: number | string | Length;
  /** May be left out without having a default. */
  readonly optional?: boolean;
  readonly choices?: readonly string[];
}

/** One schedule that can be built by name: what the text form, `fromSpec` and the listing of the command line all read. */
export interface Definition {
  /** In the API; the text form writes it in kebab case (`textName`). */
  readonly name: string;
  /** A pure function of t and step, a control made of others, or one that listens. */
  readonly kind: 'curve' | 'combinator' | 'controller';
  readonly meaning: string;
  readonly parameters: readonly Parameter[];
  /** How it is written in text, where that is not `name(arguments)`. */
  readonly form?: string;
  readonly example: string;
  /** Other names people know it by; only ever suggested. */
  readonly also?: readonly string[];
  /** For one that listens: the course along which it steers a signal, a schedule or the name of its parameter that is one; it can be plotted without a run. */
  readonly target?: { readonly signal: string; readonly course: Control | string };
  readonly make: (...values: any[]) => Schedule | Controller;
}

/** A parameter that goes by position. */
export function number(name: string, meaning: string): Parameter {
  return { name, kind: 'number', meaning };
}

/** A parameter that goes by name; without a default it must be given. */
export function option(name: string, kind: ParameterKind, meaning: string, value?: number | string | Length): Parameter {
  return { name, kind, meaning, named: true, ...(value === undefined ? {} : { default: value }) };
}

/** What a combinator changes. */
export const CONTROL: Parameter = { name: 'control', kind: 'control', meaning: 'the schedule that is changed' };

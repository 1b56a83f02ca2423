import * as combinators from './combinators.ts';
import * as curves from './curves.ts';
import { modifiedLam } from './lam.ts';
import type { Length } from './phases.ts';
import type { Control } from './schedule.ts';

/** What a parameter is: a number, a list of numbers, a length (share or steps), a list of lengths, a control, a list of controls. */
export type ParameterType = 'number' | 'numbers' | 'length' | 'lengths' | 'control' | 'controls';

/** One parameter of a schedule; without a default it must be given. */
export interface Parameter {
  readonly name: string;
  readonly type: ParameterType;
  readonly default?: number;
}

/** One schedule as the grammar, the specs and the command line know it. */
export interface Entry {
  readonly name: string;
  readonly kind: 'curve' | 'combinator' | 'controller';
  readonly summary: string;
  readonly example: string;
  readonly parameters: readonly Parameter[];
  build(args: Arguments): Control;
}

/** Parameters by name, already of their types. */
export type Arguments = Readonly<Record<string, any>>;

function entry(kind: Entry['kind'], name: string, parameters: string, summary: string, example: string, build: (a: Arguments) => Control): Entry {
  return { name, kind, summary, example, build, parameters: parameters === '' ? [] : parameters.split(', ').map(parameter) };
}

/** `from`, `to = 0`, `at: numbers`. */
function parameter(text: string): Parameter {
  const [, name, type = 'number', value] = /^(\w+)(?:: (\w+))?(?: = (.+))?$/.exec(text)!;
  return { name, type: type as ParameterType, ...(value === undefined ? {} : { default: Number(value) }) };
}

/** Every schedule there is: the one list behind the grammar, `fromSpec`, `print` and `lehr schedules`. */
export const catalogue: readonly Entry[] = [
  entry('curve', 'constant', 'value', 'always the same', 'constant(0.5)', (a) => curves.constant(a.value)),
  entry('curve', 'linear', 'from, to', 'a straight line', 'linear(10, 0)', (a) => curves.linear(a.from, a.to)),
  entry('curve', 'exponential', 'from, to', 'geometric cooling; both ends above 0', 'exponential(10, 0.1)', (a) => curves.exponential(a.from, a.to)),
  entry('curve', 'cosine', 'from, to = 0', 'half a cosine', 'cosine(1, 0)', (a) => curves.cosine(a.from, a.to)),
  entry('curve', 'polynomial', 'from, to = 0, power = 2', 'to + (from − to)(1 − t)^power', 'polynomial(1, 0, power: 3)', (a) => curves.polynomial(a.from, a.to, { power: a.power })),
  entry('curve', 'inverseTime', 'initial, rate', 'initial / (1 + rate · step)', 'inverse-time(1, 0.001)', (a) => curves.inverseTime(a.initial, a.rate)),
  entry('curve', 'inverseSquareRoot', 'initial, delay = 1', 'initial · √(delay / (delay + step))', 'inverse-square-root(1, delay: 100)', (a) => curves.inverseSquareRoot(a.initial, a.delay)),
  entry('curve', 'logarithmic', 'scale', 'scale / ln(2 + step)', 'logarithmic(5)', (a) => curves.logarithmic(a.scale)),
  entry('curve', 'robbinsMonro', 'initial, delay = 1, power = 1', 'initial · (delay / (delay + step))^power', 'robbins-monro(0.5, delay: 64, power: 0.7)', (a) => curves.robbinsMonro(a.initial, { delay: a.delay, power: a.power })),
  entry('curve', 'step', 'initial, factor = 0.1, drops = 2', 'drops by a factor at equal parts of the run', 'step(1, factor: 0.5, drops: 3)', (a) => curves.step(a.initial, { factor: a.factor, drops: a.drops })),
  entry('curve', 'piecewise', 'at: numbers, values: numbers', 'constant pieces from shares of the run on', 'piecewise([0, 0.5], [1, 0.1])', (a) => curves.piecewise(a.at, a.values)),
  entry('curve', 'table', 'at: numbers, values: numbers', 'straight lines between points', 'table([0, 0.2, 1], [5, 1, 0])', (a) => curves.table(a.at, a.values)),
  entry('combinator', 'sequence', 'lengths: lengths, controls: controls', 'one after the other; written A for 0.3 > B', 'linear(5, 1) for 0.3 > constant(1)', sequenceOf),
  entry('combinator', 'warmup', 'length: length, next: control', 'linear from 0 to the next curve; written warmup(0.05) > B', 'warmup(0.05) > cosine(1, 0)', (a) => combinators.warmup(a.length, a.next)),
  entry('combinator', 'warmRestarts', 'control: control, cycles = 4, factor = 1', 'the whole control again and again, each cycle factor times as long', 'warm-restarts(cosine(1, 0), 3, factor: 2)', (a) => combinators.warmRestarts(a.control, a.cycles, { factor: a.factor })),
  entry('combinator', 'cyclical', 'low, high, cycles = 4, shrink = 1', 'triangles between two values', 'cyclical(0.1, 1, cycles: 3, shrink: 0.5)', (a) => combinators.cyclical(a.low, a.high, { cycles: a.cycles, shrink: a.shrink })),
  entry('combinator', 'reheat', 'control: control, cycles = 3, factor = 0.5', 'the control again and again, each time less hot', 'reheat(exponential(10, 0.1), cycles: 3)', (a) => combinators.reheat(a.control, { cycles: a.cycles, factor: a.factor })),
  entry('combinator', 'scale', 'control: control, factor', 'times a factor', 'scale(cosine(1, 0), 0.5)', (a) => combinators.scale(a.control, a.factor)),
  entry('combinator', 'offset', 'control: control, by', 'plus a number', 'offset(cosine(1, 0), 0.1)', (a) => combinators.offset(a.control, a.by)),
  entry('combinator', 'clamp', 'control: control, low, high', 'kept between bounds', 'clamp(linear(2, -1), 0, 1)', (a) => combinators.clamp(a.control, a.low, a.high)),
  entry('controller', 'modifiedLam', 'temperature = 0.5', 'steers the acceptance rate along Lam’s curve', 'modified-lam', (a) => modifiedLam({ temperature: a.temperature })),
];

function sequenceOf({ lengths, controls }: Arguments): Control {
  const pairs = (controls as Control[]).map((control, i) => {
    const length = (lengths as (Length | null)[])[i] ?? null;
    return length === null ? control : ([length, control] as const);
  });
  return combinators.sequence(...pairs);
}

/** `warmRestarts` → `warm-restarts`. */
export function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** The entry of a name in either form, or undefined. */
export function find(name: string): Entry | undefined {
  return catalogue.find((known) => known.name === name || kebab(known.name) === name);
}

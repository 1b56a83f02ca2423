import type { Length } from './check.ts';
import { constant, cosine, exponential, linear, polynomial } from './curves.ts';
import { inverseSquareRoot, inverseTime, logarithmic, robbinsMonro } from './decays.ts';
import type { Definition, Parameter, ParameterKind } from './definition.ts';
import { lamTarget, modifiedLam } from './lam.ts';
import { CYCLE_SHAPES, cyclical, piecewise, step, table } from './pieces.ts';
import { sequence, warmRestarts, warmup } from './sequence.ts';
import { clamp, offset, reheat, scale } from './transform.ts';

function number(name: string, meaning: string): Parameter {
  return { name, kind: 'number', meaning };
}

function option(name: string, kind: ParameterKind, meaning: string, value?: number | string | Length): Parameter {
  return { name, kind, meaning, named: true, ...(value === undefined ? {} : { default: value }) };
}

const FROM = number('from', 'value at the start of the run');
const TO = number('to', 'value at its end');
const CONTROL: Parameter = { name: 'control', kind: 'control', meaning: 'the schedule that is changed' };

/** Every schedule with a name: curves, then combinators, then those that listen. */
export const catalogue: readonly Definition[] = [
  {
    name: 'constant',
    kind: 'curve',
    meaning: 'the same value at all times',
    parameters: [number('value', 'the value')],
    form: 'VALUE',
    example: '0.5',
    also: ['fixed', 'const'],
    make: constant,
  },
  {
    name: 'linear',
    kind: 'curve',
    meaning: 'a straight line',
    parameters: [FROM, TO],
    example: 'linear(10, 0)',
    make: linear,
  },
  {
    name: 'exponential',
    kind: 'curve',
    meaning: 'equal factors in equal times (geometric cooling); both ends above 0',
    parameters: [FROM, TO],
    example: 'exponential(10, 0.1)',
    also: ['geometric', 'exp'],
    make: exponential,
  },
  {
    name: 'cosine',
    kind: 'curve',
    meaning: 'half a cosine, flat at both ends',
    parameters: [FROM, TO],
    example: 'cosine(1, 0)',
    also: ['cosineAnnealing', 'cosineDecay'],
    make: cosine,
  },
  {
    name: 'polynomial',
    kind: 'curve',
    meaning: 'to + (from − to)·(1 − t)^power',
    parameters: [FROM, TO, option('power', 'number', 'how steeply it begins; 1 is linear', 2)],
    example: 'polynomial(1, 0.01, power: 3)',
    also: ['quadratic', 'poly'],
    make: polynomial,
  },
  {
    name: 'inverseTime',
    kind: 'curve',
    meaning: 'initial / (1 + rate·x), x the steps in units of `every` (Lundy–Mees)',
    parameters: [
      number('initial', 'value at the start'),
      option('rate', 'number', 'how fast it falls'),
      option('every', 'length', 'the unit of time: steps, or a share of the run', { steps: 1 }),
    ],
    example: 'inverse-time(10, rate: 9, every: 1)',
    also: ['lundyMees', 'hyperbolic', 'timeDecay'],
    make: inverseTime,
  },
  {
    name: 'inverseSquareRoot',
    kind: 'curve',
    meaning: 'initial·√(delay / (delay + step))',
    parameters: [number('initial', 'value at the start'), option('delay', 'number', 'steps until it has fallen by √2', 1)],
    example: 'warmup(50 steps) > inverse-square-root(0.1, delay: 50)',
    also: ['inverseSqrt', 'noam', 'rsqrt'],
    make: inverseSquareRoot,
  },
  {
    name: 'logarithmic',
    kind: 'curve',
    meaning: 'c / ln(2 + step), the cooling of the convergence proofs',
    parameters: [number('c', 'at least the depth of the deepest local minimum')],
    example: 'logarithmic(2)',
    also: ['log', 'boltzmann'],
    make: logarithmic,
  },
  {
    name: 'robbinsMonro',
    kind: 'curve',
    meaning: 'initial·(delay + step)^−power, the step sizes of stochastic approximation',
    parameters: [
      number('initial', 'the factor in front'),
      option('delay', 'number', 'damps the first steps', 10),
      option('power', 'number', 'above 0.5 and at most 1', 0.7),
    ],
    example: 'robbins-monro(1, delay: 64, power: 0.7)',
    make: robbinsMonro,
  },
  {
    name: 'step',
    kind: 'curve',
    meaning: 'held, and multiplied by `factor` every so often',
    parameters: [
      number('initial', 'value at the start'),
      option('factor', 'number', 'what each drop multiplies by', 0.1),
      option('every', 'length', 'how long each value is held'),
    ],
    example: 'step(1, factor: 0.5, every: 0.2)',
    also: ['stepLR', 'staircase', 'multiStep'],
    make: step,
  },
  {
    name: 'piecewise',
    kind: 'curve',
    meaning: 'constant pieces, each with its share of the run; the last may go without',
    parameters: [{ name: 'pieces', kind: 'pieces', meaning: '[share, value]' }],
    example: 'piecewise([0.5, 1], [0.3, 0.1], 0.01)',
    also: ['piecewiseConstant'],
    make: piecewise,
  },
  {
    name: 'table',
    kind: 'curve',
    meaning: 'values at equal distances, joined by straight lines',
    parameters: [{ name: 'values', kind: 'numbers', meaning: 'the values, the first at the start and the last at the end' }],
    example: 'table([1, 0.4, 0.3, 0])',
    also: ['interpolate', 'custom'],
    make: table,
  },
  {
    name: 'cyclical',
    kind: 'curve',
    meaning: 'up from low to high and down again, over and over',
    parameters: [
      number('low', 'lowest value'),
      number('high', 'highest value'),
      option('period', 'length', 'length of one cycle'),
      option('rise', 'number', 'share of a cycle that goes up', 0.5),
      {
        ...option('shape', 'choice', 'all cycles alike, each half as high as the last, or shrinking by gamma a step', 'triangular'),
        choices: CYCLE_SHAPES,
      },
      option('gamma', 'number', 'for exp-range: the factor of a step', 1),
    ],
    example: 'cyclical(0.1, 1, period: 0.25, shape: triangular2)',
    also: ['cyclic', 'triangular', 'triangle'],
    make: cyclical,
  },
  {
    name: 'sequence',
    kind: 'combinator',
    meaning: 'one after another, each with its own start and end; the last may go without a length',
    parameters: [{ name: 'phases', kind: 'phases', meaning: '[length, schedule]' }],
    form: 'SCHEDULE for LENGTH > … > SCHEDULE',
    example: 'linear(5, 1) for 0.5 > constant(1)',
    also: ['join', 'concat', 'sequential', 'chain'],
    make: sequence,
  },
  {
    name: 'warmup',
    kind: 'combinator',
    meaning: 'a straight line from 0 to the first value of what follows',
    parameters: [
      { name: 'over', kind: 'length', meaning: 'how long it takes' },
      { name: 'next', kind: 'control', meaning: 'what follows; its shares are of what the warm-up leaves' },
    ],
    form: 'warmup(over) > SCHEDULE',
    example: 'warmup(0.05) > cosine(1, 0)',
    make: warmup,
  },
  {
    name: 'warmRestarts',
    kind: 'combinator',
    meaning: 'started anew each cycle: `cycles` of them fill the run, or the first lasts `first` (SGDR)',
    parameters: [
      { name: 'curve', kind: 'control', meaning: 'what each cycle runs through' },
      { name: 'cycles', kind: 'count', meaning: 'how many cycles fill the run', optional: true },
      { ...option('first', 'length', 'in place of cycles: the length of the first; the end of the run cuts the last'), optional: true },
      option('factor', 'number', 'how much longer each cycle is than the one before', 1),
    ],
    example: 'warm-restarts(cosine(1, 0), 4)',
    also: ['sgdr', 'restarts', 'cosineRestarts', 'repeat'],
    make: warmRestarts,
  },
  {
    name: 'reheat',
    kind: 'combinator',
    meaning: 'multiplied by `factor` at given moments, a surplus that dies away until the next one or the end',
    parameters: [
      CONTROL,
      { ...option('every', 'length', 'how often'), optional: true },
      { ...option('at', 'numbers', 'in place of every: at which shares of the run'), optional: true },
      option('factor', 'number', 'how much hotter; above 1'),
    ],
    example: 'reheat(exponential(10, 0.1), at: [0.5, 0.8], factor: 4)',
    also: ['reanneal'],
    make: reheat,
  },
  {
    name: 'scale',
    kind: 'combinator',
    meaning: 'the value times a factor',
    parameters: [CONTROL, number('factor', 'the factor')],
    example: 'scale(cosine(1, 0), 0.5)',
    also: ['multiply', 'times'],
    make: scale,
  },
  {
    name: 'offset',
    kind: 'combinator',
    meaning: 'the value plus a number',
    parameters: [CONTROL, number('by', 'what is added')],
    example: 'offset(cosine(1, 0), 0.1)',
    also: ['add', 'plus', 'shift'],
    make: offset,
  },
  {
    name: 'clamp',
    kind: 'combinator',
    meaning: 'the value, but never below low or above high',
    parameters: [CONTROL, number('low', 'the least value'), number('high', 'the greatest value')],
    example: 'clamp(exponential(10, 0.01), 0.1, 5)',
    also: ['clip', 'limit'],
    make: clamp,
  },
  {
    name: 'modifiedLam',
    kind: 'controller',
    meaning: 'raises and lowers the temperature so that the acceptance rate follows the Lam curve',
    parameters: [option('temperature', 'number', 'the first temperature, in the unit of the energy', 0.5)],
    example: 'modified-lam',
    also: ['lam', 'adaptive', 'swartz'],
    target: { signal: 'acceptance', at: lamTarget },
    make: modifiedLam,
  },
];

import { constant, cosine, exponential, linear, polynomial } from './curves.ts';
import { inverseSquareRoot, inverseTime, logarithmic, robbinsMonro } from './decays.ts';
import { number, option, type Definition } from './definition.ts';
import { lamTarget } from './lam.ts';
import { CYCLE_SHAPES, cyclical, piecewise, step, table } from './pieces.ts';

const FROM = number('from', 'value at the start of the run');
const TO = number('to', 'value at its end');

/** The pure functions of t and step. */
export const curves: readonly Definition[] = [
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
    name: 'lamTarget',
    kind: 'curve',
    meaning: 'the acceptance rate that the Lam schedules aim at: from 1 to 0.44, held, and down to 0.001',
    parameters: [],
    example: 'target-acceptance(scale(lam-target, 0.8))',
    make: () => lamTarget,
  },
];

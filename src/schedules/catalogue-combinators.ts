import { CONTROL, number, option, type Definition } from './definition.ts';
import { ANNEAL_SHAPES } from './cycles.ts';
import { sequence, warmRestarts, warmup } from './sequence.ts';
import { swa } from './swa.ts';
import { clamp, offset, reheat, scale } from './transform.ts';

/** Controls made of others. */
export const combinators: readonly Definition[] = [
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
      option('height', 'number', 'what the values of each cycle are multiplied by against the one before', 1),
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
    name: 'swa',
    kind: 'combinator',
    meaning: 'towards the end it leaves its course for a constant value, at which weights are averaged',
    parameters: [
      CONTROL,
      number('value', 'the constant value'),
      option('from', 'number', 'the share of the run after which it turns there', 0.75),
      option('over', 'length', 'how long the way takes', 0.05),
      { ...option('shape', 'choice', 'along a cosine or a line', 'cosine'), choices: ANNEAL_SHAPES },
    ],
    example: 'swa(cosine(0.1, 0.001), 0.02)',
    also: ['swalr', 'weightAveraging'],
    make: swa,
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
];

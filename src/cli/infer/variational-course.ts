import { LehrError, show } from '../../error.ts';
import { formatCount, formatSeconds } from '../../report/terminal.ts';
import type { Budget } from '../../run/plan.ts';
import type { InferenceOptions } from './infer-options.ts';
import type { Course, Lengths } from './inference.ts';
import { amountOf } from '../runs/task.ts';

/** Passes over the data at most, where nothing is said: plain ones, which mostly settle before, annealed ones, and those in minibatches. */
const PASSES = 500;
const ANNEALED_PASSES = 200;
const BATCH_PASSES = 20;
/** The share of a run that is annealed; then it goes on plainly until it has settled. */
const ANNEALED = 0.5;
/** By what share of its size the bound moves where a run has settled, and for how many steps running. */
const SETTLED = 1e-6;
const PATIENCE = 3;

/** How variational inference goes about it, every option said. */
export interface VariationalWay {
  /** Rows learned from, and rows a step. */
  readonly rows: number;
  readonly batch: number;
  readonly temper: NonNullable<InferenceOptions['temper']>;
  readonly noise: NonNullable<InferenceOptions['noise']>;
  readonly settled: number;
}

/** What is done where nothing is said. */
export interface UsualWay {
  /** More rows than this are visited in minibatches of `batch`. */
  readonly large: number;
  readonly batch: number;
  /** With all rows a step and no temperature. */
  readonly noise: VariationalWay['noise'];
}

/**
 * The way that options mean.
 * @param many what rows are called.
 */
export function wayOf(
  rows: number,
  { batch, temper = 'none', noise, settled }: InferenceOptions,
  usual: UsualWay,
  many: string,
): VariationalWay {
  const size = batch === 'all' ? rows : (batch ?? (rows > usual.large ? usual.batch : rows));
  if (size > rows)
    throw new LehrError('option', `--batch is ${show(batch)}, expected at most ${rows}, the ${many} to learn from. Maybe --batch all.`);
  // In minibatches the bound is an estimate, whose noise is in its change.
  const noisy = noise ?? (size === rows && temper === 'none' ? usual.noise : 'none');
  return { rows, batch: size, temper, noise: noisy, settled: settled ?? (size === rows ? SETTLED : 0) };
}

/** The controls of a way, in the order of `svi`. */
export function controlsOf({ rows, batch, temper, noise }: VariationalWay): string[] {
  return [...(batch < rows ? ['rate'] : []), ...(temper === 'none' ? [] : ['temperature']), ...(noise === 'none' ? [] : ['noiseScale'])];
}

/** Where schedules begin that were not given: what did best of some in the runs of arXiv 1505.06723, by the kind of annealing. */
export interface Heat {
  readonly temperature: number;
  readonly noiseScale: Readonly<Record<Exclude<VariationalWay['noise'], 'none'>, number>>;
}

/** How long a run is and what drives it where nothing is said. */
export function courseOfVariational(way: VariationalWay, heat: Heat, said: Budget | null, { passes }: Lengths): Course {
  const { rows, batch, temper, noise, settled } = way;
  const annealed = temper !== 'none' || noise !== 'none';
  const count = passes ?? (batch < rows ? BATCH_PASSES : annealed ? ANNEALED_PASSES : PASSES);
  const budget = said ?? { steps: count * Math.ceil(rows / batch) };
  const [unit, amount] = amountOf(budget);
  const then = (from: string, end: number): string => `${from} for ${ANNEALED} > constant(${end})`;
  const until = settled > 0 ? `, or until the bound moves by less than ${settled} of itself` : '';
  const length =
    said === null
      ? `${formatCount(count)} passes${batch < rows ? ` in minibatches of ${formatCount(batch)}` : ''}`
      : unit === 'seconds'
        ? formatSeconds(amount)
        : `${formatCount(amount)} ${unit}`;
  return {
    budget,
    burnIn: null,
    controls: {
      // (step + 10)^−0.7, as scikit-learn's LatentDirichletAllocation begins, in the range of Hoffman, Blei and Bach (NIPS 2010).
      ...(batch < rows ? { rate: 'robbins-monro(1)' } : {}),
      ...(temper === 'none' ? {} : { temperature: then(`linear(${heat.temperature}, 1)`, 1) }),
      ...(noise === 'none' ? {} : { noiseScale: then(`linear(${heat.noiseScale[noise]}, 0)`, 0) }),
    },
    ...(settled > 0 ? { until: { signal: { name: 'change', atMost: settled }, patience: PATIENCE } } : {}),
    // Rates are of a step, and what settles is looked at after each.
    block: 1,
    words: said === null ? ['--passes', String(count)] : [`--${unit}`, String(amount)],
    told: `${said === null && settled > 0 ? 'at most ' : ''}${length}${until}`,
  };
}

import { LehrError, show } from '../../src/error.ts';
import type { Rng } from '../../src/random/rng.ts';
import type { SchedulingInstance } from './instance.ts';
import { writeWt } from './wt-format.ts';
import { writeWtsds } from './wtsds-format.ts';

/** Options as the command line gives them: texts by name. */
type Options = Readonly<Record<string, string>>;

/** What is generated where an option is not given. */
export const WTSDS_DEFAULTS = { tau: '0.6', range: '0.25', eta: '0.25', beta: '0.3' };
export const WT_DEFAULTS = { tardiness: '0.6', range: '0.4', count: '1' };

/** With setups a file has n² lines of them. */
const MOST_JOBS = { wtsds: 2000, wt: 100_000 };

/** The means and widths of the weighted tardiness benchmark's numbers. */
const MEAN_TIME = 100;
const LEAST_TIME = 50;
const MOST_TIME = 150;
const MOST_WEIGHT = 10;

/**
 * A random instance with setups, as a file whose text depends on (n, options, rng) only. The distributions are those of the generator of Lee, Bhaskaran and Pinedo as
 * the 120 files of Cicirello's benchmark follow it: p uniform on 50 … 150, w on 0 … 10, setups (the first one too) on 0 … 2 s̄ with s̄ = 100 η; with
 * Cmax = n (100 + β s̄) and d̄ = (1 − τ) Cmax, a due date is with probability τ uniform from d̄ (1 − R) to d̄, else from d̄ to
 * d̄ + R (Cmax − d̄), rounded down. β is the share of a mean setup that a good sequence pays for each job: 0.3 in the 120 files, of 60 jobs; other sizes
 * call for another (a later generator of that author has about 0.48 at 10 jobs and 0.26 at 100). The order of the draws is ours. The file says all parameters, β too.
 * @param given `tau`, `range` (R), `eta`, `beta`. @throws LehrError `option`.
 */
export function generateWtsds(n: number, given: Options, rng: Rng): string {
  const options: Options = { ...WTSDS_DEFAULTS, ...given };
  checkJobs(n, MOST_JOBS.wtsds);
  const tau = numberOf(options, 'tau', 0, 1);
  const range = numberOf(options, 'range', 0, 1);
  const eta = numberOf(options, 'eta', 0, 1000);
  const beta = numberOf(options, 'beta', 0, 1000);
  const meanSetup = MEAN_TIME * eta;
  const end = n * (MEAN_TIME + beta * meanSetup);
  const meanDue = (1 - tau) * end;
  const processing = Int32Array.from({ length: n }, () => LEAST_TIME + rng.below(MOST_TIME - LEAST_TIME + 1));
  const weights = Int32Array.from({ length: n }, () => rng.below(MOST_WEIGHT + 1));
  const due = Int32Array.from({ length: n }, () => {
    const early = rng.uniform() < tau;
    const [from, to] = early ? [meanDue * (1 - range), meanDue] : [meanDue, meanDue + range * (end - meanDue)];
    return Math.floor(from + (to - from) * rng.uniform());
  });
  const setups = new Int32Array((n + 1) * n);
  const values = Math.floor(2 * meanSetup + 1e-9) + 1;
  for (let i = 0; i <= n; i++) for (let j = 0; j < n; j++) if (i !== j) setups[i * n + j] = rng.below(values);
  const path = rng.path.length === 0 ? '' : `, stream ${rng.path.join('/')}`;
  const generator: [string, string][] = [
    ['Tau', short(tau)],
    ['R', short(range)],
    ['Eta', short(eta)],
    ['P_bar', short(MEAN_TIME)],
    ['P_MIN', short(LEAST_TIME)],
    ['P_MAX', short(MOST_TIME)],
    ['S_bar', short(meanSetup)],
    ['MAX_WEIGHT', short(MOST_WEIGHT)],
    ['C_max', short(end)],
    ['D_bar', short(meanDue)],
    ['Beta', short(beta)],
    ['Seed', `${JSON.stringify(rng.seed)}${path} (lehr generate)`],
  ];
  return writeWtsds({ name: `wtsds-${n}`, label: `wtsds-${n}`, generator, n, processing, weights, due, setups });
}

/**
 * Random instances without setups, as a file whose text depends on (n, options, rng) only, in the way of OR-Library's wt files (Potts and Van Wassenhove 1985; from
 * OR-Library's description): p uniform on 1 … 100, w on 1 … 10, and with P = Σ p a due date uniform from P (1 − TF − RDD/2) to P (1 − TF + RDD/2).
 * Negative due dates become 0, as they have in OR-Library's files. How those round the bounds is not known to us; here to the nearest whole number. The format has no
 * room for a comment, so that the file does not say what it is of.
 * @param given `tardiness` (TF), `range` (RDD), `count` of instances. @throws LehrError `option`.
 */
export function generateWt(n: number, given: Options, rng: Rng): string {
  const options: Options = { ...WT_DEFAULTS, ...given };
  checkJobs(n, MOST_JOBS.wt);
  const factor = numberOf(options, 'tardiness', 0, 1);
  const range = numberOf(options, 'range', 0, 2);
  const count = numberOf(options, 'count', 1, 1000);
  if (!Number.isInteger(count) || count * n > MOST_JOBS.wt)
    throw new LehrError('option', `--count is ${show(options.count)}, expected a whole number, of at most ${MOST_JOBS.wt} jobs in all.`);
  const instances: SchedulingInstance[] = [];
  for (let k = 0; k < count; k++) {
    const processing = Int32Array.from({ length: n }, () => 1 + rng.below(100));
    const weights = Int32Array.from({ length: n }, () => 1 + rng.below(MOST_WEIGHT));
    const total = processing.reduce((sum, p) => sum + p, 0);
    const from = Math.round(total * (1 - factor - range / 2));
    const to = Math.round(total * (1 - factor + range / 2));
    const due = Int32Array.from({ length: n }, () => Math.max(0, from + rng.below(to - from + 1)));
    instances.push({ name: `wt-${n}`, n, processing, weights, due });
  }
  return writeWt(instances);
}

function checkJobs(n: number, most: number): void {
  if (!(Number.isInteger(n) && n >= 1 && n <= most)) {
    throw new LehrError('option', `n is ${show(n)}, expected a whole number of jobs from 1 to ${most}.`);
  }
}

function numberOf(options: Options, name: string, least: number, most: number): number {
  const text = options[name];
  const value = text === undefined || text.trim() === '' ? NaN : Number(text);
  if (value >= least && value <= most) return value;
  throw new LehrError('option', `--${name} is ${show(text)}, expected a number from ${least} to ${most}.`);
}

/** A number without the noise of binary fractions. */
function short(value: number): string {
  return String(Number(value.toPrecision(12)));
}

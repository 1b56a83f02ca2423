import type { Inferred } from '../../dynamics/svi.ts';
import { formatNumber } from '../../report/terminal.ts';
import { parse } from '../../schedules/index.ts';
import type { InferenceOptions } from './infer-options.ts';
import type { Found, Conclusion, Inference } from './inference.ts';
import { flag } from '../options/flag.ts';
import { controlsOf, courseOfVariational, type Heat, type VariationalWay } from './variational-course.ts';

/** What an inference by variational inference has of its own. */
export interface VariationalSubject extends Pick<
  Inference,
  'given' | 'path' | 'sha256' | 'text' | 'name' | 'model' | 'title' | 'size' | 'counts' | 'notices' | 'recipe'
> {
  readonly way: VariationalWay;
  readonly heat: Heat;
  /** The recipe's parameters, those of `svi` aside. */
  readonly params: object;
  readonly likeness: { readonly name: string; of(one: Float64Array, other: Float64Array): number };
  /** What the best of these parameters say. @param best where in the list. */
  conclude(found: readonly FoundParameters[], best: number): Promise<Conclusion>;
}

/** What a chain found. */
export interface FoundParameters extends Inferred {
  readonly chain: number;
}

/** Options of `svi` itself. */
type SviNames = Pick<InferenceOptions, 'stride'>;

/** Any model of variational inference as `lehr infer` wants it. */
export function variationalInference(subject: VariationalSubject, { stride }: SviNames): Inference {
  const { way, heat, params, likeness, conclude, ...own } = subject;
  const { rows, batch, temper, noise } = way;
  const boundOf = (result: unknown): number => (result as Inferred).bound;
  return {
    ...own,
    objective: 'bound',
    params: () => ({ ...params, temper, noise, ...(batch < rows ? { batch } : {}), ...(stride === undefined ? {} : { stride }) }),
    controls: controlsOf(way),
    cautions,
    dormant: { rate: '--batch N', temperature: '--temper local', noiseScale: '--noise local' },
    course: (said, lengths) => courseOfVariational(way, heat, said, lengths),
    watch: ['change'],
    telling: ({ energy, signals: { change } }) => [
      `bound ${formatNumber(-energy, 8)}`,
      ...(change !== undefined && Number.isFinite(change) ? [`moved by ${formatNumber(change, 2)}`] : []),
    ],
    isComparable: () => true,
    comparableFrom: null,
    worthOf: boundOf,
    isBetter: (one, than) => boundOf(one) > boundOf(than),
    drawsOf: () => [],
    likeness: {
      name: likeness.name,
      advice: 'the best bound is the answer, and more --chains may find a better one',
      of: (one, other) => likeness.of((one as Inferred).parameters, (other as Inferred).parameters),
    },
    conclude: (found, best) =>
      conclude(
        found.map(parametersOf),
        found.findIndex(({ chain }) => chain === best),
      ),
  };
}

/** Where annealing ends: what a plain step has. */
const PLAIN: Readonly<Record<string, number>> = { temperature: 1, noiseScale: 0 };

/** Schedules that are still annealing in the end; what listens cannot be asked. */
function cautions(controls: Readonly<Record<string, string>>): string[] {
  return Object.entries(PLAIN).flatMap(([name, plain]) => {
    const schedule = controls[name] === undefined ? plain : parse(controls[name]);
    const end = typeof schedule === 'function' ? schedule(1, NaN) : plain;
    if (end !== end || end === plain) return [];
    return [`--${flag(name)} ends at ${end}, not at ${plain}: the run never settles, and its bound is below what plain steps would reach.`];
  });
}

function parametersOf({ chain, result }: Found): FoundParameters {
  const { parameters, bound } = result as Inferred;
  return { chain, parameters, bound };
}

/** Bounds so near to the best, in nats, are as good. */
const AS_GOOD = 0.01;

/** The best bound, and how far those of the other chains are below. @param each what the bound is divided by, and its name: of 3,000 words. */
export function boundFacts(found: readonly FoundParameters[], best: number, [each, name]: readonly [number, string]): Conclusion['facts'] {
  const { bound } = found[best];
  const below = found.map((other) => bound - other.bound);
  const asGood = below.filter((off) => off <= AS_GOOD).length;
  const others =
    found.length === 1
      ? ''
      : asGood === found.length
        ? `; all ${found.length} chains within ${AS_GOOD}`
        : `; ${asGood} of ${found.length} chains within ${AS_GOOD}, the worst ${formatNumber(Math.max(...below), 3)} below`;
  return [
    {
      label: 'bound',
      value: `${formatNumber(bound, 8)} nats`,
      note: `on the log evidence, ${formatNumber(bound / each, 4)} a ${name}${others}`,
    },
  ];
}

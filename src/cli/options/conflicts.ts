import { LehrError } from '../../error.ts';
import { flag } from './flag.ts';
import { STDOUT } from '../files/output.ts';

/** Two options that cannot be given together, and why. */
export type Conflict<O> = readonly [one: keyof O & string, other: keyof O & string, why: string];

/** Of options that each say how long a run is, no two. */
export function oneBudget<O>(...names: readonly (keyof O & string)[]): Conflict<O>[] {
  return names.flatMap((one, i) => names.slice(i + 1).map((other): Conflict<O> => [one, other, 'expected one budget']));
}

/** Of a control and `--schedule`. */
export const FIRST_CONTROL = '--schedule is the first control by its other name, expected one of them';

/** Of progress that is told more and not at all. */
export const LOUDNESS = ['quiet', 'verbose', 'expected one of them'] as const;

/** Of verbs with `--seeds`, `--checkpoint`, `--record` and `--replay`. */
export const SEVERAL_RUNS = [
  ['seed', 'seeds', 'expected one seed or several'],
  ['seeds', 'checkpoint', 'several runs have no one checkpoint'],
  ['seeds', 'resume', 'several runs have no one checkpoint'],
  ['seeds', 'record', 'several runs have no one record'],
  ['seeds', 'replay', 'several runs have no one record'],
] as const;

/** Of verbs that keep runs and repeat them. */
export const REPLAYED = [
  ['resume', 'replay', 'expected one of them'],
  ['checkpoint', 'replay', 'a replay can simply be repeated'],
] as const;

/** Whether an option is given; a flag that is off is not. */
function isGiven<O>(options: O, name: keyof O): boolean {
  return options[name] !== undefined && options[name] !== false;
}

/** Throws an `option` error if two options are given that cannot be given together. */
export function refuseConflicts<O>(options: O, conflicts: readonly Conflict<O>[]): void {
  for (const [one, other, why] of conflicts)
    if (isGiven(options, one) && isGiven(options, other))
      throw new LehrError('option', `--${flag(one)} and --${flag(other)} are both given: ${why}.`);
}

/** Throws an `option` error if more than one of these outputs, or one beside `--json`, goes to standard output. */
export function refuseMixedOutput<O extends { readonly json?: boolean }>(options: O, ...outputs: readonly (keyof O & string)[]): void {
  const taken = [
    ...outputs.filter((name) => options[name] === STDOUT).map((name) => `--${flag(name)} -`),
    ...(options.json === true ? ['--json'] : []),
  ];
  if (taken.length < 2) return;
  const instead = outputs.length === 1 ? `--${flag(outputs[0])} FILE` : 'a file';
  throw new LehrError(
    'option',
    `${taken.slice(0, 2).join(' and ')} both write to standard output, expected one of them. Maybe ${instead}.`,
  );
}

/** Throws an `option` error if `--checkpoint-every` is given where nothing is kept. */
export function refuseLoneInterval(options: {
  readonly checkpointEvery?: number;
  readonly checkpoint?: string;
  readonly resume?: string;
}): void {
  if (options.checkpointEvery !== undefined && options.checkpoint === undefined && options.resume === undefined)
    throw new LehrError('option', '--checkpoint-every is given without --checkpoint DIR or --resume DIR, expected one of them beside it.');
}

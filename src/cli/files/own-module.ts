import { readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import type { Problem } from '../../dynamics/problem.ts';
import { LehrError } from '../../error.ts';
import { loadable } from '../../parallel/modules.ts';
import type { Prepared } from '../../parallel/job.ts';
import { preparedFrom } from '../../parallel/prepare.ts';
import type { Family } from '../family.ts';
import { sha256 } from './read-input.ts';
import { readState } from '../solve/own-answer.ts';
import type { Place, Subject } from '../solve/subject.ts';

/** A user's module, loaded in this thread. */
export interface OwnModule {
  readonly url: string;
  readonly sha256: string;
  readonly prepared: Prepared;
}

/**
 * Loads a user's module: its default export is a `Problem`, or a `Recipe` that gets the parameters.
 * @throws LehrError `input` that begins with the path, if it does not compile, throws while it loads or exports nothing to run.
 */
export async function loadModule(given: string, params: unknown): Promise<OwnModule> {
  const loaded = await loadable(given);
  process.once('exit', () => loaded.cleanup());
  let module: unknown;
  try {
    module = await import(loaded.url);
  } catch (error) {
    throw named(given, 'it cannot be loaded: ', error);
  }
  try {
    return { url: loaded.url, sha256: sha256(readFileSync(given)), prepared: await preparedFrom(module, params ?? {}) };
  } catch (error) {
    throw named(given, '', error);
  }
}

function named(given: string, what: string, error: unknown): LehrError {
  const message = error instanceof Error ? error.message : String(error);
  return new LehrError(error instanceof LehrError ? error.code : 'input', `${given}: ${what}${message}`, { cause: error });
}

/** A user's module as a subject: its objective is the energy, its solution file the state as JSON. */
export async function openModule({ given, params, problem: name }: Place): Promise<Subject> {
  if (name !== undefined)
    throw new LehrError(
      'option',
      `--problem is ${JSON.stringify(name)}, but ${given} is a module of your own. Maybe leave --problem away.`,
    );
  const { url, sha256, prepared } = await loadModule(given, params);
  const { dynamics, problem } = prepared;
  const title = problem?.name ?? dynamics.name;
  return {
    given,
    path: resolve(given),
    sha256,
    text: null,
    family: familyOf(title, url, problem),
    instance: { name: basename(given), n: problem?.size ?? dynamics.size ?? 0, params: params ?? {}, details: [] },
    item: null,
    own: true,
  };
}

/** What a run of a module gives, if its dynamics is Metropolis, or with nothing but a result. */
export interface OwnAnswer {
  readonly result: unknown;
  readonly energy: number;
}

function familyOf(name: string, recipe: string, problem: Problem<any> | undefined): Family<unknown, OwnAnswer> {
  const unable = (what: string) => (): never => {
    throw new LehrError('option', `${what}, expected a problem that Lehr knows, or a module of your own that gives a Problem.`);
  };
  return {
    name,
    title: 'a module of your own',
    formats: '.ts, .mts, .js, .mjs',
    objective: 'energy',
    sense: 'min',
    recipe,
    recognise: () => false,
    read: () => [],
    answer(_params, result) {
      const solution = result as { readonly state?: unknown; readonly energy?: unknown } | null;
      const whole = typeof solution === 'object' && solution !== null && 'state' in solution && typeof solution.energy === 'number';
      return whole ? { result: solution.state, energy: solution.energy as number } : { result, energy: NaN };
    },
    evaluate: (_params, answer) => answer.energy,
    write: (_params, answer) => `${JSON.stringify(answer.result, arraysPlain, 1)}\n`,
    readAnswer:
      problem === undefined
        ? unable('a solution file of a Recipe cannot be read')
        : (_params, text, path) => {
            const state: unknown = readState(problem, text, path);
            const energy = problem.energy(state);
            if (!Number.isFinite(energy)) throw new LehrError('input', `${path}: its energy is ${energy}, expected a finite number.`);
            return { result: state, energy };
          },
    startFrom: unable('a Recipe begins where it likes'),
  };
}

/** Typed arrays as arrays of numbers. */
function arraysPlain(_key: string, value: unknown): unknown {
  return ArrayBuffer.isView(value) && !(value instanceof DataView) ? Array.from(value as Uint8Array) : value;
}

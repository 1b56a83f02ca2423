import type { Model } from '../../dynamics/model.ts';
import { trainingRecipe, type TrainingParams, type TrainingRecipe } from '../../dynamics/training-recipe.ts';
import { LehrError, show } from '../../error.ts';

/** A model of a user's own module, and how it is trained. */
export interface OwnModelParams {
  /** A URL that every thread can import. */
  readonly url: string;
  /** For a default export that is a function of parameters. */
  readonly params: unknown;
  readonly training: TrainingParams;
}

const EXPECTED = 'expected a Model (an object with name, rows, size, init, gradient) or a function of parameters that returns one';

/** The model that a module exports, or null if it exports something else. */
export async function modelIn(url: string, params: unknown): Promise<Model<any, string> | null> {
  const { default: given } = (await import(url)) as { default?: unknown };
  const made: unknown =
    typeof given === 'function' && !/^class\b/.test(String(given)) ? await (given as (params: unknown) => unknown)(params ?? {}) : given;
  return typeof (made as Partial<Model> | null | undefined)?.gradient === 'function' ? (made as Model<any, string>) : null;
}

/**
 * The model that a module exports.
 * @throws LehrError `input` for anything else.
 */
export async function ownModel(url: string, params: unknown): Promise<Model<any, string>> {
  const { default: given } = (await import(url)) as { default?: unknown };
  if (given === undefined) throw new LehrError('input', `the module has no default export, ${EXPECTED}.`);
  const model: unknown = typeof given === 'function' ? await (given as (params: unknown) => unknown)(params ?? {}) : given;
  if (typeof model !== 'object' || model === null) throw new LehrError('input', `the model is ${show(model)}, ${EXPECTED}.`);
  const { name, rows, size, init, gradient } = model as Partial<Model>;
  const wrong = Object.entries({
    name: typeof name === 'string' && name !== '',
    rows: Number.isSafeInteger(rows) && rows! >= 1,
    size: Number.isSafeInteger(size) && size! >= 1,
    init: typeof init === 'function',
    gradient: typeof gradient === 'function',
  }).find(([, right]) => !right);
  if (wrong === undefined) return model as Model<any, string>;
  const hint = 'propose' in model || 'advance' in model ? ' Maybe lehr solve, which takes a Problem or a Recipe.' : '';
  throw new LehrError('input', `the model's ${wrong[0]} is ${show((model as Record<string, unknown>)[wrong[0]])}, ${EXPECTED}.${hint}`);
}

/** Trains it. */
export default async function recipe({ url, params, training }: OwnModelParams): Promise<TrainingRecipe<any>> {
  return trainingRecipe(await ownModel(url, params), training);
}

import { LehrError, show } from '../error.ts';
import { decodePlain } from './checkpoint.ts';

/** What a kind of file is that keeps results, as `encodePlain` writes them. */
export interface ResultFile {
  /** What its `lehr` says: `model`, `inference`. */
  readonly lehr: string;
  /** In words, and which verb writes it: `model`, `lehr train`. */
  readonly what: string;
  readonly writer: string;
  /** The models it may hold. */
  readonly models: readonly string[];
}

/** Refuses a file, with what is wrong. */
export type Refuse = (message: string, cause?: unknown) => never;

/**
 * The plain data in a file of that kind and version 1; its parts are still to be checked.
 * @returns the data, and what refuses them with the path in front.
 * @throws LehrError `input` that begins with the path: no JSON, another file, another version, an unknown model.
 */
export function openResult<T>(text: string, path: string, { lehr, what, writer, models }: ResultFile): readonly [value: T, fail: Refuse] {
  const fail: Refuse = (message, cause) => {
    throw new LehrError('input', `${path}: ${message}`, { cause });
  };
  let value: unknown;
  try {
    value = decodePlain(text);
  } catch (error) {
    fail(`it is not JSON, expected a ${what} that ${writer} wrote. Maybe the file is cut, or is the data.`, error);
  }
  const head = (value ?? {}) as { readonly lehr?: unknown; readonly version?: unknown; readonly model?: unknown };
  if (typeof value !== 'object' || head.lehr !== lehr)
    fail(`it is no ${what}, expected one that ${writer} wrote. Maybe it is another file.`);
  if (head.version !== 1) fail(`the ${what} has version ${show(head.version)}, expected 1. Maybe another release of Lehr wrote it.`);
  if (!models.includes(head.model as string)) fail(`the model is ${show(head.model)}, expected ${models.join(', ')}.`);
  return [value as T, fail];
}

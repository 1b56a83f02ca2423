import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, extname, join, resolve, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { LehrError, show } from '../error.ts';

/** A module that any thread can import, and how to remove what was made for that. */
export interface Loadable {
  readonly url: string;
  cleanup(): void;
}

const SOURCES = ['.js', '.mjs', '.ts', '.mts'];
const IMPORTS_LEHR = /(\bfrom|\bimport)\s*\(?\s*['"]lehr(\/[^'"]*)?['"]/;
const IMPORTS_NEIGHBOUR = /(\bfrom|\bimport)\s*\(?\s*['"]\.{1,2}\//;
const IS_ESM = /^\s*(import|export)\b/m;

/**
 * Makes a module importable in every thread. TypeScript is bundled once, with `lehr` bound to the running Lehr and other packages to the
 * module's own folder; so is JavaScript that Node could not import as it is, because it stands in a folder that knows no Lehr or does not
 * say that it holds ES modules. Anything else is imported as it is.
 * @param path a path or a `file:` URL.
 * @throws LehrError `input` that begins with the path as it was given, or with `file:line:column` if the module does not compile.
 */
export async function loadable(path: string | URL): Promise<Loadable> {
  const given = String(path);
  if (given.startsWith('data:')) return native(given);
  const file = resolve(given.startsWith('file:') ? fileURLToPath(given) : given);
  const expected = `expected a module (${SOURCES.join(', ')})`;
  const found = statSync(file, { throwIfNoEntry: false });
  if (found === undefined) throw new LehrError('input', `${given}: there is no such file, ${expected}.`);
  if (found.isDirectory()) throw new LehrError('input', `${given}: it is a folder, ${expected}.`);
  const extension = extname(file);
  if (!SOURCES.includes(extension)) throw new LehrError('input', `${given}: its extension is ${show(extension)}, ${expected}.`);
  if (!extension.endsWith('ts') && isNative(file, given)) return native(pathToFileURL(file).href);
  return (await import('./bundle.ts')).bundle(file, given);
}

function native(url: string): Loadable {
  return { url, cleanup: () => {} };
}

/** Whether Node itself can import a JavaScript file, with the running Lehr behind its `lehr`. */
function isNative(file: string, given: string): boolean {
  if (knowsThisLehr(file)) return true;
  let source: string;
  try {
    source = readFileSync(file, 'utf8');
  } catch (error) {
    throw new LehrError('input', `${given}: it cannot be read: ${(error as Error).message}.`, { cause: error });
  }
  if (IMPORTS_LEHR.test(source) || IMPORTS_NEIGHBOUR.test(source)) return false;
  return extname(file) === '.mjs' || !IS_ESM.test(source) || saysModule(dirname(file));
}

/** Whether `lehr` imported from a file is the running Lehr. */
function knowsThisLehr(file: string): boolean {
  const own = dirname(fileURLToPath(import.meta.resolve('lehr/package.json')));
  if (realpathSync(file).startsWith(join(own, 'dist') + sep)) return true;
  if (extname(file) === '.js' && !saysModule(dirname(file))) return false;
  try {
    return realpathSync(createRequire(file).resolve('lehr/package.json')) === realpathSync(join(own, 'package.json'));
  } catch {
    return false;
  }
}

/** Whether the nearest package.json says that `.js` files are ES modules. */
function saysModule(folder: string): boolean {
  const path = join(folder, 'package.json');
  if (existsSync(path)) {
    try {
      return (JSON.parse(readFileSync(path, 'utf8')) as { type?: unknown }).type === 'module';
    } catch {
      return false;
    }
  }
  return dirname(folder) !== folder && saysModule(dirname(folder));
}

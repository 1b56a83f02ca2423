import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { extname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { LehrError, show } from '../error.ts';

/** A module that any thread can import, and how to clean up after it. */
export interface Loadable {
  readonly url: string;
  cleanup(): void;
}

const SOURCES = ['.ts', '.mts', '.js', '.mjs'];

/**
 * Makes a user's module importable in every thread. `.js` and `.mjs` are taken as they are unless they import Lehr; those, and `.ts`, are bundled once, with
 * `lehr` bound to the running Lehr and other packages to the user's folder, so that the module may sit in a folder without node_modules.
 * @throws LehrError `input` with `file:line:column` for a module that does not compile.
 */
export async function loadable(path: string): Promise<Loadable> {
  const file = resolve(path);
  const extension = extname(file);
  if (!existsSync(file)) throw new LehrError('input', `${path}: no such file, expected a module.`);
  if (!statSync(file).isFile()) throw new LehrError('input', `${path}: not a file, expected a module.`);
  if (!SOURCES.includes(extension)) throw new LehrError('input', `${path}: the extension is ${show(extension)}, expected one of ${SOURCES.join(', ')}.`);
  if (!extension.endsWith('ts') && !/['"]lehr(\/[\w/-]+)?['"]/.test(readFileSync(file, 'utf8'))) return { url: pathToFileURL(file).href, cleanup() {} };
  return bundle(file, path);
}

async function bundle(file: string, path: string): Promise<Loadable> {
  const { build } = await import('esbuild');
  const folder = mkdtempSync(join(tmpdir(), 'lehr-module-'));
  const cleanup = (): void => rmSync(folder, { recursive: true, force: true });
  const outfile = join(folder, 'module.mjs');
  const require = createRequire(file);
  try {
    const { outputFiles } = await build({
      entryPoints: [file],
      outfile,
      bundle: true,
      write: false,
      format: 'esm',
      platform: 'node',
      target: 'node20',
      sourcemap: 'inline',
      logLevel: 'silent',
      plugins: [
        {
          name: 'externals',
          setup(setup) {
            setup.onResolve({ filter: /^[^./]/ }, ({ path: name, kind }) => {
              if (kind === 'entry-point') return null;
              if (name.startsWith('node:')) return { path: name, external: true };
              if (name === 'lehr' || name.startsWith('lehr/')) return { path: import.meta.resolve(name), external: true };
              return { path: pathToFileURL(require.resolve(name)).href, external: true };
            });
          },
        },
      ],
    });
    writeFileSync(outfile, outputFiles[0].contents);
  } catch (error) {
    cleanup();
    const first = (error as { errors?: { text: string; location: { line: number; column: number } | null }[] }).errors?.[0];
    const at = first?.location == null ? path : `${path}:${first.location.line}:${first.location.column + 1}`;
    throw new LehrError('input', `${at}: ${first?.text ?? (error instanceof Error ? error.message : String(error))}`);
  }
  return { url: pathToFileURL(outfile).href, cleanup };
}


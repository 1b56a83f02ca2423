import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Loader, Message, Plugin } from 'esbuild';
import { LehrError, show } from '../error.ts';
import type { Loadable } from './modules.ts';

/** How many compile errors a message tells. */
const ERRORS = 5;

/**
 * Compiles a module and the files it imports by relative path into one temporary file, which any thread can import. Compiled code runs at full
 * speed; packages stay outside, so that the module and Lehr share one copy of each class.
 * @throws LehrError `input` with `file:line:column: message` for each error.
 */
export async function bundle(file: string, given: string): Promise<Loadable> {
  const { build } = await import('esbuild');
  const folder = mkdtempSync(join(tmpdir(), 'lehr-'));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  const outfile = join(folder, `${basename(file, extname(file))}.mjs`);
  try {
    const { outputFiles } = await build({
      entryPoints: [file],
      outfile,
      bundle: true,
      write: false,
      format: 'esm',
      platform: 'node',
      target: 'node20',
      conditions: [],
      sourcemap: 'inline',
      logLevel: 'silent',
      plugins: [packages, places],
    });
    writeFileSync(outfile, outputFiles[0].contents);
  } catch (error) {
    remove();
    throw new LehrError('input', messageOf(error, file, given), { cause: error });
  }
  // Errors in the compiled module then tell the lines of its source.
  process.setSourceMapsEnabled(true);
  process.once('exit', remove);
  return {
    url: pathToFileURL(outfile).href,
    cleanup() {
      process.off('exit', remove);
      remove();
    },
  };
}

/** Packages stay outside the bundle, by absolute URL: it stands in a folder of its own. `lehr` is the running Lehr. */
const packages: Plugin = {
  name: 'packages',
  setup(build) {
    build.onResolve({ filter: /^[^./#]/ }, async ({ path, kind, resolveDir, pluginData }) => {
      if (kind === 'entry-point' || pluginData === packages) return null;
      if (path.startsWith('node:') || builtinModules.includes(path)) return { path, external: true };
      if (/^(file|data|https?):/.test(path)) return { path, external: true };
      if (path === 'lehr' || path.startsWith('lehr/')) {
        try {
          return { path: import.meta.resolve(path), external: true };
        } catch {
          return {
            errors: [
              {
                text: `Lehr has no entry ${show(path)}, expected lehr, lehr/schedules, lehr/parallel, lehr/experiment, lehr/problems or lehr/problems/FAMILY.`,
              },
            ],
          };
        }
      }
      const { path: found, errors } = await build.resolve(path, { kind, resolveDir, pluginData: packages });
      return errors.length > 0 ? { errors } : { path: pathToFileURL(found).href, external: true };
    });
  },
};

/** `import.meta.url` and its like keep telling where the source is: a module may read data beside itself. */
const places: Plugin = {
  name: 'places',
  setup(build) {
    build.onLoad({ filter: /\.[mc]?[jt]s$/ }, ({ path }) => {
      const source = readFileSync(path, 'utf8');
      if (!source.includes('import.meta.')) return null;
      const contents = source
        .replaceAll(/\bimport\.meta\.url\b/g, JSON.stringify(pathToFileURL(path).href))
        .replaceAll(/\bimport\.meta\.dirname\b/g, JSON.stringify(dirname(path)))
        .replaceAll(/\bimport\.meta\.filename\b/g, JSON.stringify(path));
      const loader: Loader = path.endsWith('ts') ? 'ts' : 'js';
      return { contents, loader };
    });
  },
};

function messageOf(error: unknown, file: string, given: string): string {
  const { errors } = error as { readonly errors?: readonly Message[] };
  if (errors === undefined || errors.length === 0)
    return `${given}: it cannot be compiled: ${error instanceof Error ? error.message : String(error)}.`;
  const lines = errors.slice(0, ERRORS).map(({ text, location }) => {
    const place =
      location === null ? given : `${resolve(location.file) === file ? given : location.file}:${location.line}:${location.column + 1}`;
    return `${place}: ${text}`;
  });
  return [...lines, ...(errors.length > ERRORS ? [`and ${errors.length - ERRORS} more errors.`] : [])].join('\n');
}

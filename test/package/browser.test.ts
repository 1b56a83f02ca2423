import { build } from 'esbuild';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

it.each([
  'src/index',
  'src/schedules/index',
  'src/experiment/interval',
  'src/experiment/claim',
  'src/experiment/report',
  'problems/index',
  'problems/tsp/index',
  'problems/tsp/recipe',
  'problems/scheduling/index',
  'problems/scheduling/recipe',
  'problems/table/index',
  'problems/exponential-family/index',
  'problems/exponential-family/recipe',
  'problems/rbm/index',
  'problems/rbm/recipe',
  'problems/regression/index',
  'problems/regression/recipe',
  'problems/network/index',
  'problems/network/recipe',
  'problems/network/pattern-recipe',
  'src/experiment/agreement',
  'problems/mixture/index',
  'problems/mixture/recipe',
  'problems/crosscat/index',
  'problems/crosscat/recipe',
  'problems/factorisation/index',
  'problems/factorisation/recipe',
  'problems/gaussian-mixture/index',
  'problems/gaussian-mixture/recipe',
  'problems/hidden-markov/index',
  'problems/hidden-markov/recipe',
  'problems/topics/index',
  'problems/topics/recipe',
  'problems/text/index',
  'problems/inferred/index',
])('%s bundles for the browser: it imports nothing of Node', async (entry) => {
  const { outputFiles, errors } = await build({
    entryPoints: [fileURLToPath(new URL(`../../dist/${entry}.js`, import.meta.url))],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    logLevel: 'silent',
  });
  expect(errors).toEqual([]);
  expect(outputFiles[0].text).not.toMatch(/from ["']node:|require\(["']node:/);
});

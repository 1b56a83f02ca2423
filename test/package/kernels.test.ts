import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const root = new URL('../../', import.meta.url);
const { build, KERNELS } = (await import(new URL('kernels/build.mjs', root).href)) as {
  build: (name: string) => Promise<string>;
  KERNELS: Readonly<Record<string, string>>;
};

test.each(Object.entries(KERNELS))('kernels/%s.ts, compiled, is %s', async (name, path) => {
  expect(await build(name)).toBe(readFileSync(new URL(path, root), 'utf8'));
});

#!/usr/bin/env node
import { existsSync } from 'node:fs';

const main = new URL('../dist/src/cli/main.js', import.meta.url);
if (existsSync(main)) {
  await import(main.href);
} else {
  process.stderr.write('lehr: not built yet. Run "npm run build" in the package folder first.\n');
  process.exitCode = 1;
}

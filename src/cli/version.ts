import { readFileSync } from 'node:fs';

/** The release of this Lehr, as its package.json says. */
export function version(): string {
  // From dist/src/cli/ up to the package.
  const text = readFileSync(new URL('../../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

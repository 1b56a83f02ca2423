import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** A best known value, and where it is written. */
export interface Known {
  readonly value: number;
  readonly source: string;
}

const NAME = 'best-known.csv';

/**
 * The best known value of a problem file, if a `best-known.csv` beside it or in the folder above lists it: columns `file` (relative to the
 * list; `FILE#k` for problem k of several) and `best_known`. Anything else in the list is ignored; a list that cannot be read is none.
 * @param item which problem of the file, from 1; null for the only one.
 */
export function knownOf(path: string, item: number | null = null): Known | null {
  const names = item === null ? [resolve(path), `${resolve(path)}#1`] : [`${resolve(path)}#${item}`];
  const folder = dirname(resolve(path));
  for (const place of [folder, dirname(folder)]) {
    const list = join(place, NAME);
    let text: string;
    try {
      text = readFileSync(list, 'utf8');
    } catch {
      continue;
    }
    const [header = [], ...rows] = text.split(/\r?\n/).map(cells);
    const file = header.indexOf('file');
    const best = header.indexOf('best_known');
    if (file < 0 || best < 0) continue;
    const row = rows.find((cell) => cell[file] !== undefined && names.includes(resolve(place, cell[file])));
    const value = Number(row?.[best]);
    if (row !== undefined && row[best] !== '' && Number.isFinite(value)) return { value, source: list };
  }
  return null;
}

/** The cells of a line of CSV; quoted ones may hold commas and doubled quotes, no line ends. */
function cells(line: string): string[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
  );
}

/**
 * How much worse an objective is than the known one, in percent of it: positive is worse, whatever the sense; null without a known value
 * or when that is 0.
 */
export function gapOf(objective: number, known: number | null, sense: 'min' | 'max'): number | null {
  if (known === null || known === 0) return null;
  const worse = sense === 'min' ? objective - known : known - objective;
  return (100 * worse) / Math.abs(known) + 0;
}

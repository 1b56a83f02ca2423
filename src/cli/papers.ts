import { existsSync, readdirSync } from 'node:fs';
import { maybe } from '../closest.ts';
import { LehrError, show } from '../error.ts';
import type { Paper } from '../experiment/paper.ts';

/** Where papers are: one folder each, called by its arXiv id. They are loaded by URL: `src/` never imports one. */
const PAPERS = new URL('../../bench/papers/', import.meta.url);

/** The ids of the papers there are, in order. */
export function paperIds(): string[] {
  if (!existsSync(PAPERS)) return [];
  return readdirSync(PAPERS)
    .filter((id) => existsSync(new URL(`${id}/index.js`, PAPERS)))
    .sort();
}

/**
 * The paper of an id.
 * @throws LehrError `option` that lists the ids there are.
 */
export async function loadPaper(id: string): Promise<Paper> {
  const ids = paperIds();
  if (!ids.includes(id)) throw new LehrError('option', `PAPER is ${show(id)}, expected ${ids.join(', ')}.${maybe(id, ids)}`);
  const { default: paper } = (await import(new URL(`${id}/index.js`, PAPERS).href)) as { default: Paper };
  return paper;
}

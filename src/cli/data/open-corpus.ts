import { readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { SparseRows } from '../../../problems/table/index.ts';
import type { Cut, TextDocument } from '../../../problems/text/index.ts';
import { LehrError, show } from '../../error.ts';
import { formatCounted } from '../../report/terminal.ts';
import type { InferenceOptions } from '../infer/infer-options.ts';
import { openTable } from './open-table.ts';
import { readText, sha256 } from '../files/read-input.ts';

/** Modules of problems are loaded by URL: `src/` never imports one but for its types. */
const PROBLEMS = new URL('../../../problems/', import.meta.url);
type Tables = typeof import('../../../problems/table/index.ts');
type Texts = typeof import('../../../problems/text/index.ts');

/** How documents are read. */
export type CorpusOptions = Pick<InferenceOptions, 'documents' | 'text' | 'title' | 'vocabulary' | 'na'>;

/** Documents as read: texts, or words that are counted already. */
export interface CorpusSource {
  readonly documents: readonly TextDocument[] | null;
  readonly counted: SparseRows | null;
  /** The file's text, null where that is not all there is. */
  readonly text: string | null;
  readonly sha256: string;
  readonly notices: readonly string[];
}

/**
 * Reads a corpus: a folder of .txt files, a bag of words in the UCI form, a column of a table, or a text that is cut into documents. Files may be gzipped.
 * @param kept the text where a copy of it was kept.
 * @throws LehrError `input` that begins with the path; `option` for options that do not go together.
 */
export async function openCorpus(given: string, options: CorpusOptions, kept?: string): Promise<CorpusSource> {
  const [tables, texts] = (await Promise.all(['table', 'text'].map((room) => import(new URL(`${room}/index.js`, PROBLEMS).href)))) as [
    Tables,
    Texts,
  ];
  if (kept === undefined && isFolder(given)) return folder(given, options);
  if (options.text !== undefined) return column(given, options, texts, kept);
  const read = kept === undefined ? readText(given, 'documents') : { text: kept, sha256: sha256(kept) };
  if (isDocword(read.text)) return bag(given, options, tables, read);
  if (options.vocabulary !== undefined)
    throw new LehrError(
      'option',
      `--vocabulary is ${show(options.vocabulary)}, but ${given} is no bag of words (three lines with numbers, then document, word and count in each), expected one.`,
    );
  const { documents, before } = texts.cutText(read.text, cutOf(options.documents), given);
  const notices = [
    ...(/\.(?:csv|tsv)(?:\.gz)?$/i.test(given)
      ? ['each line of the table is taken as a document, its head too, if it has one: --text COLUMN takes the documents from a column.']
      : []),
    ...(before > 0
      ? [
          `${formatCounted(before, 'line')} before the first document ${before === 1 ? 'belongs' : 'belong'} to none and ${before === 1 ? 'is' : 'are'} left out.`,
        ]
      : []),
    ...(options.documents === undefined && documents.length > MANY_LINES && read.text.length / documents.length < SHORT
      ? [
          `each line is a document, of ${Math.round(read.text.length / documents.length)} letters on average (--documents blocks or "/PATTERN/" for longer ones).`,
        ]
      : []),
  ];
  return { documents, counted: null, ...read, notices };
}

/** So many lines of so few letters may be the lines of longer documents. */
const MANY_LINES = 200;
const SHORT = 100;

/** The SHA-256 of a corpus as `openCorpus` tells it. */
export function corpusHash(given: string, { vocabulary }: CorpusOptions): string {
  if (isFolder(given)) return hashOf(filesIn(given).map((file) => readText(file, 'a document').sha256));
  const own = readText(given, 'documents').sha256;
  return vocabulary === undefined ? own : hashOf([own, readText(vocabulary, 'a vocabulary').sha256]);
}

/** Whether there is a folder at a path. */
export function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

function hashOf(hashes: readonly string[]): string {
  return sha256(hashes.join('\n'));
}

/** The .txt files of a folder, gzipped or not, in the order of their names. */
function filesIn(given: string): string[] {
  const names = readdirSync(given)
    .filter((name) => /\.txt(?:\.gz)?$/i.test(name))
    .sort();
  if (names.length === 0) throw new LehrError('input', `${given}: the folder has no .txt files, expected a document in each.`);
  return names.map((name) => join(given, name));
}

function folder(given: string, options: CorpusOptions): CorpusSource {
  for (const name of ['documents', 'text', 'title', 'vocabulary'] as const)
    if (options[name] !== undefined)
      throw new LehrError(
        'option',
        `--${name} is ${show(options[name])}, but ${given} is a folder, each of whose files is a document, expected no such option.`,
      );
  const files = filesIn(given).map((path) => ({ path, ...readText(path, 'a document') }));
  const documents = files.map(({ path, text }): TextDocument => ({
    name: basename(path),
    text,
    place: `${path}:1`,
  }));
  return { documents, counted: null, text: null, sha256: hashOf(files.map((file) => file.sha256)), notices: [] };
}

async function column(given: string, { text: name, title, na }: CorpusOptions, texts: Texts, kept?: string): Promise<CorpusSource> {
  const { table, text, sha256: hash } = await openTable(given, { na, kept, types: { [name!]: 'category' } });
  return { documents: texts.columnDocuments(table, name!, title), counted: null, text, sha256: hash, notices: [] };
}

/** Three lines with a number each, and one with three numbers. */
function isDocword(text: string): boolean {
  return /^\uFEFF?\s*\d+\s*\r?\n\s*\d+\s*\r?\n\s*\d+\s*\r?\n\s*\d+\s+\d+\s+\d+\s*(?:\r?\n|$)/.test(text.slice(0, 1000));
}

function bag(
  given: string,
  { vocabulary, documents }: CorpusOptions,
  tables: Tables,
  read: { text: string; sha256: string },
): CorpusSource {
  if (documents !== undefined)
    throw new LehrError('option', `--documents is ${show(documents)}, but ${given} is a bag of words, expected a text to cut.`);
  const words = vocabulary === undefined ? null : readText(vocabulary, 'a vocabulary');
  const counted =
    words === null
      ? tables.readDocword(read.text, undefined, given)
      : tables.readDocword(read.text, tables.readVocabulary(words.text, vocabulary), given);
  return {
    documents: null,
    counted,
    // With a vocabulary beside it the text is not all there is.
    text: words === null ? read.text : null,
    sha256: words === null ? read.sha256 : hashOf([read.sha256, words.sha256]),
    notices: words === null ? ['words have no names (--vocabulary FILE gives them).'] : [],
  };
}

/** `lines`, `blocks` or `/PATTERN/`. @throws LehrError `option` for anything else. */
function cutOf(text = 'lines'): Cut {
  if (text === 'lines') return 'line';
  if (text === 'blocks') return 'blank';
  const pattern = /^\/(.+)\/([iu]*)$/s.exec(text);
  const fail = (why: string, cause?: unknown): never => {
    throw new LehrError('option', `--documents is ${show(text)}, ${why}.`, { cause });
  };
  if (pattern === null)
    return fail(
      'expected lines, blocks (parted by blank lines) or a pattern such as "/^Chapter/", which lines that begin a document match',
    );
  try {
    return new RegExp(pattern[1], pattern[2]);
  } catch (error) {
    return fail(`which is no regular expression: ${error instanceof Error ? error.message : String(error)}`, error);
  }
}

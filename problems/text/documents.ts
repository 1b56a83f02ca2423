import { LehrError, show } from '../../src/error.ts';
import { badLine, linesOf } from '../table/lines.ts';
import { cellText, columnOf, placeOf, type Table } from '../table/table.ts';

/** A document as read. */
export interface TextDocument {
  /** What it is called: a line, a title, a file. */
  readonly name: string;
  readonly text: string;
  /** Where it begins, for messages: `path:line`. */
  readonly place: string;
}

/** How a text is cut into documents: one a line; at blank lines; or before each line that a pattern matches, which names the document. */
export type Cut = 'line' | 'blank' | RegExp;

/** What a text was cut into. */
export interface CutText {
  readonly documents: readonly TextDocument[];
  /** Lines with something in them before the first that the pattern matches: they belong to no document. */
  readonly before: number;
}

/**
 * Cuts a text into documents.
 * @throws LehrError `input` that begins `path:line: `: an empty line where each is a document (those at the end aside), no document at all, a pattern that matches no line, a document with nothing
 * below its title.
 */
export function cutText(text: string, cut: Cut = 'line', path = 'corpus'): CutText {
  const lines = linesOf(text);
  while (lines.length > 0 && lines[lines.length - 1].trim() === '') lines.pop();
  if (lines.length === 0) throw badLine(path, 1, 'the file has no words, expected documents.');
  if (cut === 'line') return { documents: lines.map((line, k) => ofLine(line, k, path)), before: 0 };
  return cut === 'blank' ? { documents: parted(lines, path), before: 0 } : titled(lines, cut, path);
}

function ofLine(line: string, k: number, path: string): TextDocument {
  if (line.trim() === '')
    throw badLine(
      path,
      k + 1,
      "the line is empty, expected a document in each line. Maybe documents are parted by blank lines ('blank'), or begin with lines of a form (a pattern).",
    );
  return { name: `line ${k + 1}`, text: line, place: `${path}:${k + 1}` };
}

/** Documents that blank lines part, called by their first line's number. */
function parted(lines: readonly string[], path: string): TextDocument[] {
  const documents: TextDocument[] = [];
  let from = -1;
  for (let k = 0; k <= lines.length; k++) {
    const blank = k === lines.length || lines[k].trim() === '';
    if (!blank && from < 0) from = k;
    if (!blank || from < 0) continue;
    documents.push({ name: `line ${from + 1}`, text: lines.slice(from, k).join('\n'), place: `${path}:${from + 1}` });
    from = -1;
  }
  return documents;
}

/** Documents that begin with lines of a form; the title is a part of their text no more than of others'. */
function titled(lines: readonly string[], pattern: RegExp, path: string): CutText {
  const begins = lines.flatMap((line, k) => (line.search(pattern) >= 0 ? [k] : []));
  if (begins.length === 0)
    throw badLine(path, 1, `no line of ${lines.length} matches ${show(pattern.source)}, expected one where each document begins.`);
  const documents = begins.map((at, i) => {
    const text = lines.slice(at + 1, begins[i + 1] ?? lines.length).join('\n');
    if (text.trim() === '')
      throw badLine(path, at + 1, `the document ${show(lines[at].trim())} has nothing below its first line, expected its text.`);
    return { name: lines[at].trim(), text, place: `${path}:${at + 1}` };
  });
  return { documents, before: lines.slice(0, begins[0]).filter((line) => line.trim() !== '').length };
}

/**
 * The cells of a table's column as documents.
 * @param name a column that names them; without it they are called by their rows, from 1.
 * @throws LehrError `input` that names the row of an empty cell, or a column that there is none of.
 */
export function columnDocuments(table: Table, text: string, name?: string): TextDocument[] {
  const column = columnOf(table, text);
  const names = name === undefined ? null : columnOf(table, name);
  return Array.from({ length: table.rows }, (_, row) => {
    const place = placeOf(table, row);
    const cell = cellText(column, row);
    if (cell.trim() === '') throw new LehrError('input', `${place}: column ${show(text)} is empty, expected a document.`);
    return { name: (names === null ? '' : cellText(names, row)) || `row ${row + 1}`, text: cell, place };
  });
}

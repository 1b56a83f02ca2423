/** The cells of a text of separated values: where each is, not what it says, so that a file of a gigabyte needs no string for each cell. */
export interface Cells {
  readonly rows: number;
  readonly columns: number;
  /** The line each row begins on. */
  readonly lines: Int32Array;
  /** A cell's text, without blanks around it and quotes. */
  cell(row: number, column: number): string;
}

/** Why a text is not cut here: the row on that line has another number of cells, or a quote stands where none may. */
export interface Uncut {
  readonly line: number;
  readonly cells: number | null;
  /** Cells of the first row. */
  readonly columns: number;
}

const [TAB, LF, FF, CR, SPACE, QUOTE, HASH] = [9, 10, 12, 13, 32, 34, 35];

/**
 * Cuts a text into cells, as RFC 4180 has it: line ends LF, CRLF or CR, blanks around cells left out, cells in quotes (doubled within), empty lines and with `comments` lines that begin with # skipped. What is odd about a
 * text is told by whoever reads it more slowly.
 * @param separator one UTF-16 unit.
 */
export function scan(text: string, separator: string, comments: boolean): Cells | Uncut {
  const mark = separator.charCodeAt(0);
  const end = text.length;
  let starts = new Int32Array(1024);
  let rowLines = new Int32Array(256);
  let [count, rows, columns] = [0, 0, 0];
  let line = 1;
  let i = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  while (i < end) {
    i = skipBlanks(text, i, mark);
    const first = i < end ? text.charCodeAt(i) : LF;
    if (first === LF || first === CR || (comments && first === HASH)) {
      i = nextLine(text, i);
      line++;
      continue;
    }
    const began = line;
    const before = count;
    for (;;) {
      if (count === starts.length) starts = grown(starts);
      starts[count++] = i;
      if (i < end && text.charCodeAt(i) === QUOTE) {
        const close = closingQuote(text, i);
        if (close < 0) return { line, cells: null, columns };
        line += linesWithin(text, i, close);
        i = skipBlanks(text, close + 1, mark);
      } else {
        for (; i < end; i++) {
          const code = text.charCodeAt(i);
          if (code === mark || code === LF || code === CR) break;
          if (code === QUOTE) return { line, cells: null, columns };
        }
      }
      const code = i < end ? text.charCodeAt(i) : LF;
      if (code !== mark && code !== LF && code !== CR) return { line, cells: null, columns };
      if (code !== mark) break;
      i = skipBlanks(text, i + 1, mark);
    }
    if (rows === 0) columns = count;
    if (count - before !== columns) return { line: began, cells: count - before, columns };
    if (rows === rowLines.length) rowLines = grown(rowLines);
    rowLines[rows++] = began;
    i = nextLine(text, i);
    line++;
  }
  return { rows, columns, lines: rowLines.slice(0, rows), cell: (row, column) => cellAt(text, starts[row * columns + column], mark) };
}

function skipBlanks(text: string, from: number, mark: number): number {
  let i = from;
  for (; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === mark || (code !== SPACE && code !== TAB && code !== FF)) break;
  }
  return i;
}

/** Where the next line begins; `from` may be within the line. */
function nextLine(text: string, from: number): number {
  for (let i = from; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === LF) return i + 1;
    if (code === CR) return text.charCodeAt(i + 1) === LF ? i + 2 : i + 1;
  }
  return text.length;
}

/** The place of the quote that ends the cell whose quote is at `open`; −1 if there is none. */
function closingQuote(text: string, open: number): number {
  for (let at = text.indexOf('"', open + 1); at >= 0; at = text.indexOf('"', at + 2)) if (text.charCodeAt(at + 1) !== QUOTE) return at;
  return -1;
}

function linesWithin(text: string, from: number, to: number): number {
  let count = 0;
  for (let i = from; i < to; i++) {
    const code = text.charCodeAt(i);
    if (code === LF || (code === CR && text.charCodeAt(i + 1) !== LF)) count++;
  }
  return count;
}

function cellAt(text: string, start: number, mark: number): string {
  if (text.charCodeAt(start) === QUOTE) return text.slice(start + 1, closingQuote(text, start)).replaceAll('""', '"');
  let to = start;
  for (; to < text.length; to++) {
    const code = text.charCodeAt(to);
    if (code === mark || code === LF || code === CR) break;
  }
  while (to > start) {
    const code = text.charCodeAt(to - 1);
    if (code !== SPACE && code !== TAB && code !== FF) break;
    to--;
  }
  return text.slice(start, to);
}

function grown(from: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const to = new Int32Array(2 * from.length);
  to.set(from);
  return to;
}

import { LehrError, show } from '../../src/error.ts';

/** The powers of ten that doubles hold exactly. */
const TEN = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22];

function isBlank(code: number): boolean {
  return code <= 32 || code === 0xa0 || code === 0xfeff;
}

function isBreak(code: number): boolean {
  return code === 10 || code === 13;
}

/**
 * A position that walks over a text, by numbers, words and lines, without cutting it into strings: 200,000 cities are a million tokens.
 * Lines end in LF, CRLF or CR; their numbers are counted only when an error wants one.
 */
export class Scanner {
  readonly text: string;
  readonly path: string;
  /** The position, an index of `text`. */
  at = 0;

  /** @throws LehrError `input` for text with NUL characters, which no text file has. */
  constructor(text: string, path: string) {
    this.text = text;
    this.path = path;
    const nul = text.indexOf('\0');
    if (nul >= 0) this.fail(nul, 'a NUL character, expected text. Maybe the file is binary, compressed, or saved as UTF-16.');
  }

  /** The position behind the last character that is not blank. */
  get end(): number {
    let end = this.text.length;
    while (end > 0 && isBlank(this.text.charCodeAt(end - 1))) end--;
    return end;
  }

  get atEnd(): boolean {
    return this.at >= this.text.length;
  }

  /** The character here; NaN at the end. */
  get code(): number {
    return this.text.charCodeAt(this.at);
  }

  /** Whether a letter stands here: a keyword, not a number. */
  get atLetter(): boolean {
    const lower = this.code | 32;
    return lower >= 97 && lower <= 122;
  }

  /** To the next character that is not blank, over line ends. */
  skipBlank(): void {
    const { text } = this;
    let p = this.at;
    while (p < text.length && isBlank(text.charCodeAt(p))) p++;
    this.at = p;
  }

  /** To the next character of this line that is not blank; true if there is one. */
  skipSpaces(): boolean {
    const { text } = this;
    let p = this.at;
    let code = text.charCodeAt(p);
    while (isBlank(code) && !isBreak(code)) code = text.charCodeAt(++p);
    this.at = p;
    return p < text.length && !isBreak(code);
  }

  /** The rest of this line, trimmed; the position goes to its end. */
  restOfLine(): string {
    const start = this.at;
    while (this.at < this.text.length && !isBreak(this.code)) this.at++;
    return this.text.slice(start, this.at).trim();
  }

  /** The word that begins here, for messages; the position stays. */
  word(): string {
    let p = this.at;
    while (p < this.text.length && p < this.at + 100 && !isBlank(this.text.charCodeAt(p))) p++;
    return this.text.slice(this.at, p);
  }

  /** The whole line around a position, trimmed, for messages. */
  lineAround(position: number): string {
    let start = position;
    while (start > 0 && !isBreak(this.text.charCodeAt(start - 1))) start--;
    let end = position;
    while (end < this.text.length && !isBreak(this.text.charCodeAt(end))) end++;
    return this.text.slice(start, end).trim();
  }

  /** The words of the line around a position, for messages; of an absurdly long line the first thousand. */
  wordsAround(position: number): string[] {
    const line = this.lineAround(position);
    const words: string[] = [];
    let start = -1;
    for (let p = 0; p <= line.length && words.length < 1000; p++) {
      const inside = p < line.length && !isBlank(line.charCodeAt(p));
      if (inside && start < 0) start = p;
      if (!inside && start >= 0) {
        words.push(line.slice(start, p));
        start = -1;
      }
    }
    return words;
  }

  /**
   * The decimal number that begins here and ends at a blank, correctly rounded; NaN, and the position stays, if there is none. A mantissa
   * and a power of ten that are both exact need one rounding only (Clinger 1990's fast path); others go through `Number`.
   */
  number(): number {
    const { text } = this;
    let p = this.at;
    let code = text.charCodeAt(p);
    const negative = code === 45;
    if (negative || code === 43) code = text.charCodeAt(++p);
    let mantissa = 0;
    const whole = p;
    while (code >= 48 && code <= 57) {
      mantissa = mantissa * 10 + (code - 48);
      code = text.charCodeAt(++p);
    }
    let digits = p - whole;
    let exponent = 0;
    if (code === 46) {
      const point = p;
      code = text.charCodeAt(++p);
      while (code >= 48 && code <= 57) {
        mantissa = mantissa * 10 + (code - 48);
        code = text.charCodeAt(++p);
      }
      exponent = point + 1 - p;
      digits += p - point - 1;
    }
    if (digits === 0) return NaN;
    if (code === 101 || code === 69) {
      code = text.charCodeAt(++p);
      const minus = code === 45;
      if (minus || code === 43) code = text.charCodeAt(++p);
      const first = p;
      let power = 0;
      while (code >= 48 && code <= 57) {
        power = power * 10 + (code - 48);
        code = text.charCodeAt(++p);
      }
      if (p === first) return NaN;
      exponent += minus ? -power : power;
    }
    if (p < text.length && !isBlank(code)) return NaN;
    const start = this.at;
    this.at = p;
    if (mantissa > Number.MAX_SAFE_INTEGER || exponent < -22 || exponent > 22) return Number(text.slice(start, p));
    const size = exponent < 0 ? mantissa / TEN[-exponent] : mantissa * TEN[exponent];
    return negative ? -size : size;
  }

  /** The number of the line, from 1, that holds a position. */
  lineOf(position: number): number {
    const { text } = this;
    let line = 1;
    for (let p = 0; p < position && p < text.length; p++) {
      const code = text.charCodeAt(p);
      if (code === 10 || (code === 13 && text.charCodeAt(p + 1) !== 10)) line++;
    }
    return line;
  }

  /** Throws an `input` error about a position: `path:line: message`. */
  fail(position: number, message: string): never {
    throw new LehrError('input', `${this.path}:${this.lineOf(position)}: ${message}`);
  }

  /** Throws the error for a line that is nothing a TSPLIB file has. */
  failLine(position: number, hint = ''): never {
    return this.fail(
      position,
      `${show(this.lineAround(position))} is no line of a TSPLIB file, expected KEYWORD : value, a section or EOF.${hint}`,
    );
  }
}

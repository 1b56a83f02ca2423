import { LehrError } from '../../src/error.ts';

/** The lines of a text file, one after the other, trimmed, with their numbers for error messages. */
export class Lines {
  private readonly lines: string[];
  private readonly path: string;
  /** Number of the line last read, from 1; 0 before the first. */
  at = 0;

  constructor(text: string, path: string) {
    this.lines = text.replace(/^\ufeff/, '').split(/\r\n|\n|\r/);
    this.path = path;
    if (this.lines.length > 1 && this.lines[this.lines.length - 1] === '') this.lines.pop();
  }

  get count(): number {
    return this.lines.length;
  }

  get blank(): boolean {
    return this.lines.every((line) => line.trim() === '');
  }

  peek(): string | null {
    return this.at < this.lines.length ? this.lines[this.at].trim() : null;
  }

  next(): string | null {
    const line = this.peek();
    if (line !== null) this.at++;
    return line;
  }

  /** The next line that is not blank. */
  nextFull(): string | null {
    let line = this.next();
    while (line === '') line = this.next();
    return line;
  }

  /** Refuses, before anything is allocated, a section that cannot hold what the header promises. */
  expectAtLeast(lines: number, section: string): void {
    const left = this.lines.length - this.at;
    if (left < lines) {
      this.fail(this.lines.length, `${section} has at most ${left} lines, expected ${lines}. Maybe DIMENSION is wrong or the file is cut.`);
    }
  }

  fail(line: number, message: string): never {
    throw new LehrError('input', `${this.path}:${Math.max(1, line)}: ${message}`);
  }
}

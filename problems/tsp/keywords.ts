import { maybe } from '../../src/closest.ts';
import { show } from '../../src/error.ts';
import type { Metric } from './instance.ts';
import type { Scanner } from './scan.ts';

/** The edge weight types of TSPLIB95 that are read. */
export const METRICS: readonly Metric[] = ['EUC_2D', 'CEIL_2D', 'MAN_2D', 'MAX_2D', 'GEO', 'ATT', 'EXPLICIT'];
const OTHER_METRICS = ['EUC_3D', 'MAX_3D', 'MAN_3D', 'XRAY1', 'XRAY2', 'SPECIAL'];

/** TSPLIB95's forms of EDGE_WEIGHT_SECTION, without FUNCTION, which has none. */
export const MATRIX_FORMATS: readonly string[] = [
  'FULL_MATRIX',
  'UPPER_ROW',
  'LOWER_ROW',
  'UPPER_DIAG_ROW',
  'LOWER_DIAG_ROW',
  'UPPER_COL',
  'LOWER_COL',
  'UPPER_DIAG_COL',
  'LOWER_DIAG_COL',
];

/** What TSPLIB95's other types are; Lehr has no family for them. */
export const OTHER_TYPES: Readonly<Record<string, string>> = {
  ATSP: 'an asymmetric travelling-salesman instance',
  SOP: 'a sequential ordering instance',
  HCP: 'a Hamiltonian cycle instance',
  CVRP: 'a vehicle routing instance',
  TOUR: 'a tour, a solution',
};

const OTHER_SECTIONS: Readonly<Record<string, string>> = {
  FIXED_EDGES_SECTION: 'edges that every tour must take',
  EDGE_DATA_SECTION: 'a graph without all edges',
  DEPOT_SECTION: 'the depots of a vehicle routing instance',
  DEMAND_SECTION: 'the demands of a vehicle routing instance',
  TOUR_SECTION: 'a tour, a solution',
};

export const SECTIONS: readonly string[] = ['NODE_COORD_SECTION', 'EDGE_WEIGHT_SECTION', 'DISPLAY_DATA_SECTION'];
export const KEYWORDS: readonly string[] = [
  'NAME',
  'TYPE',
  'COMMENT',
  'DIMENSION',
  'CAPACITY',
  'EDGE_WEIGHT_TYPE',
  'EDGE_WEIGHT_FORMAT',
  'EDGE_DATA_FORMAT',
  'NODE_COORD_TYPE',
  'DISPLAY_DATA_TYPE',
];

/** More cities than this are refused: their neighbour lists alone would take gigabytes. */
const MOST_CITIES = 10_000_000;

export interface Entry {
  readonly value: string;
  /** Where the line begins. */
  readonly at: number;
}

/** The specification part of a file: each keyword's value, in capitals, and what else is needed. */
export class Specification {
  readonly entries = new Map<string, Entry>();
  readonly comments: string[] = [];
  /** Where the first section begins: there all keywords were expected to be known. */
  end: number | null = null;
  /** Keywords that are not TSPLIB's: ignored, but remembered, as one may be a misspelling. */
  readonly unknown = new Map<string, Entry>();
  private readonly scanner: Scanner;

  constructor(scanner: Scanner) {
    this.scanner = scanner;
  }

  add(key: string, value: string, at: number): void {
    if (key === 'COMMENT') {
      this.comments.push(value);
      return;
    }
    const known = KEYWORDS.includes(key);
    const before = this.entries.get(key);
    if (before !== undefined) {
      this.scanner.fail(
        at,
        `${key} is given a second time, ${show(value)}, after ${show(before.value)} in line ${this.scanner.lineOf(before.at)}; expected it once.`,
      );
    }
    (known ? this.entries : this.unknown).set(key, { value, at });
  }

  /** The value of a keyword that must be there. */
  need(key: string, expected: string): Entry {
    const entry = this.entries.get(key);
    if (entry !== undefined) return entry;
    for (const [near, { at }] of this.unknown) {
      if (maybe(near, [key]) !== '') return this.scanner.fail(at, `${key} is missing, expected ${expected}. Maybe ${near} is misspelt.`);
    }
    return this.scanner.fail(
      this.end ?? this.scanner.end,
      `${key} is missing, expected ${expected}.${this.end === null ? ' Maybe the file is cut.' : ''}`,
    );
  }

  /** The first word of a keyword's value in capitals, one of the allowed ones; null if the keyword is not there. */
  choice(key: string, allowed: readonly string[]): string | null {
    const entry = this.entries.get(key);
    if (entry === undefined) return null;
    const word = firstWord(entry.value);
    if (allowed.includes(word)) return word;
    return this.scanner.fail(entry.at, `${key} is ${show(entry.value)}, expected one of ${allowed.join(', ')}.${maybe(word, allowed)}`);
  }

  /** DIMENSION, a whole number of cities. */
  dimension(): number {
    const { value, at } = this.need('DIMENSION', 'the number of cities');
    const n = /^\+?[0-9.]+(e\+?[0-9]+)?$/i.test(value) ? Number(value) : NaN;
    if (Number.isInteger(n) && n >= 1 && n <= MOST_CITIES) return n;
    return this.scanner.fail(at, `DIMENSION is ${show(value)}, expected a whole number of cities from 1 to ${MOST_CITIES}.`);
  }

  /** Refuses, as soon as a keyword of an instance is read, what Lehr does not solve: the sections that follow may look quite different. */
  checkSupported(key: string): void {
    const entry = this.entries.get(key);
    if (entry === undefined) return;
    const word = firstWord(entry.value);
    const fail = (why: string): never => this.scanner.fail(entry.at, `${key} is ${show(entry.value)}, ${why}`);
    if (key === 'TYPE' && word !== 'TSP') {
      const known = Object.hasOwn(OTHER_TYPES, word);
      const hint = word === 'TOUR' ? ' Maybe the instance and its solution are swapped.' : known ? '' : maybe(word, ['TSP']);
      fail(
        `${known ? `${OTHER_TYPES[word]}, which is not supported, ` : ''}expected TSP, a symmetric travelling-salesman instance.${hint}`,
      );
    }
    if (key === 'EDGE_WEIGHT_TYPE' && OTHER_METRICS.includes(word)) fail(`which is not supported, expected one of ${METRICS.join(', ')}.`);
    if (key === 'EDGE_WEIGHT_TYPE') this.choice(key, METRICS);
    if (key === 'EDGE_WEIGHT_FORMAT') this.choice(key, ['FUNCTION', ...MATRIX_FORMATS]);
    if (key === 'DISPLAY_DATA_TYPE') this.choice(key, ['COORD_DISPLAY', 'TWOD_DISPLAY', 'NO_DISPLAY']);
    if (key === 'NODE_COORD_TYPE' && word === 'THREED_COORDS') fail('which is not supported, expected TWOD_COORDS or NO_COORDS.');
    if (key === 'NODE_COORD_TYPE') this.choice(key, ['TWOD_COORDS', 'NO_COORDS']);
    if (key === 'EDGE_DATA_FORMAT')
      fail('a graph without all edges, which is not supported, expected an instance in which every two cities are joined.');
    if (key === 'CAPACITY') fail('a vehicle routing keyword, which is not supported, expected a travelling-salesman instance.');
  }
}

function firstWord(value: string): string {
  return (/^\S*/.exec(value)?.[0] ?? '').toUpperCase();
}

/** What a line of keywords holds: a section's name, `EOF`, a keyword and its value, or null if it is neither. */
export interface KeywordLine {
  readonly key: string;
  readonly value: string;
  readonly kind: 'section' | 'eof' | 'keyword';
}

/**
 * Reads a keyword line, in any case, with blanks round the colon or not. A keyword of TSPLIB's may lack the colon. The position is left behind
 * the line, or behind the name of a section, as data may follow it.
 */
export function readKeywordLine(scanner: Scanner, keywords: readonly string[]): KeywordLine | null {
  const start = scanner.at;
  const line = scanner.restOfLine();
  const match = /^([A-Za-z][A-Za-z0-9_]*)([^\S\n]*:?)/.exec(line);
  if (match === null) return null;
  const key = match[1].toUpperCase();
  const colon = match[2].endsWith(':');
  const value = line.slice(match[0].length).trim();
  if (key === 'EOF') return { key, value, kind: 'eof' };
  if (key.endsWith('_SECTION')) {
    scanner.at = start + match[0].length;
    return { key, value, kind: 'section' };
  }
  if (!colon && !(keywords.includes(key) && (value === '' || /\s/.test(line[match[1].length])))) return null;
  return { key, value, kind: 'keyword' };
}

/** Throws for a section that is none of an instance's. */
export function failSection(scanner: Scanner, at: number, section: string): never {
  const what = Object.hasOwn(OTHER_SECTIONS, section)
    ? `${section} (${OTHER_SECTIONS[section]}) is not supported`
    : `${section} is no section of TSPLIB`;
  return scanner.fail(
    at,
    `${what}, expected ${SECTIONS.join(', ')} or EOF.${Object.hasOwn(OTHER_SECTIONS, section) ? '' : maybe(section, SECTIONS)}`,
  );
}

/** `1 city`, `2 cities`. */
export function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}

import { LehrError, show } from '../error.ts';

/** A piece of a text, from its first character up to and without `end`. */
export interface Place {
  readonly begin: number;
  readonly end: number;
}

/** A schedule's text as a tree; what the names mean is not looked at yet. */
export type Tree = NumberTree | ListTree | CallTree | ChainTree;
export interface NumberTree extends Place {
  readonly kind: 'number';
  readonly value: number;
  /** True if it is followed by `steps`. */
  readonly counted: boolean;
}
export interface ListTree extends Place {
  readonly kind: 'list';
  readonly items: readonly Tree[];
}
export interface Argument extends Place {
  /** The name before the colon; null for one by position. */
  readonly key: (Place & { readonly text: string }) | null;
  readonly value: Tree;
}
export interface CallTree extends Place {
  readonly kind: 'call';
  readonly name: Place & { readonly text: string };
  readonly args: readonly Argument[];
}
export interface ChainTree extends Place {
  readonly kind: 'chain';
  /** At least two, or one with a length. */
  readonly links: readonly (Place & { readonly tree: Tree; readonly length: Tree | null })[];
}

interface Token extends Place {
  readonly kind: 'number' | 'name' | 'symbol' | 'end';
  readonly text: string;
}

/** An `option` error with the text and a caret line under the place. */
export function textError(text: string, place: Place, message: string): LehrError {
  const start = text.lastIndexOf('\n', place.begin - 1) + 1;
  const stop = text.indexOf('\n', start);
  const line = text.slice(start, stop === -1 ? text.length : stop).replaceAll('\t', ' ');
  // A long line is shown from a little before the place.
  const from = line.length > 100 ? Math.max(0, place.begin - start - 40) : 0;
  const shown = (from > 0 ? '…' : '') + line.slice(from, from + 100) + (line.length > from + 100 ? '…' : '');
  const column = place.begin - start - from + (from > 0 ? 1 : 0);
  const width = Math.max(1, Math.min(place.end - place.begin, shown.length - column));
  return new LehrError('option', `${message}\n  ${shown}\n  ${' '.repeat(column)}${'^'.repeat(width)}`);
}

/** Nesting beyond this is a mistake, and must not exhaust the stack. */
export const DEEPEST = 50;

/**
 * Reads the text form of a schedule:
 *
 *     chain    = link { '>' link }
 *     link     = term [ 'for' length ]
 *     term     = number | name [ '(' [ argument { ',' argument } ] ')' ] | '(' chain ')'
 *     argument = [ name ':' ] ( chain | length | list )
 *     list     = '[' ( chain | length | list ) { ',' … } ']'
 *     length   = number [ 'steps' ]
 */
export function read(text: string): Tree {
  const tokens = tokensOf(text);
  let at = 0;
  let depth = 0;
  const peek = (): Token => tokens[at];
  const is = (symbol: string): boolean => peek().kind !== 'end' && peek().text === symbol;
  const take = (): Token => tokens[at++];
  const ended = (): number => tokens[at - 1].end;
  const fail = (expected: string): never => {
    const found = peek().kind === 'end' ? 'the end of the text' : show(peek().text);
    throw textError(text, peek(), `schedule: found ${found}, expected ${expected}.`);
  };
  const expect = (symbol: string, expected: string): Token => (is(symbol) ? take() : fail(expected));

  function chain(): Tree {
    if (++depth > DEEPEST) throw textError(text, peek(), `schedule: nested more than ${DEEPEST} deep, expected something simpler.`);
    const first = link();
    const links = [first];
    while (is('>')) {
      take();
      links.push(link());
    }
    depth--;
    if (links.length === 1 && first.length === null) return first.tree;
    return { kind: 'chain', links, begin: first.begin, end: ended() };
  }

  function link(): ChainTree['links'][number] {
    const tree = term();
    if (!is('for')) return { tree, length: null, begin: tree.begin, end: tree.end };
    take();
    if (peek().kind !== 'number') fail('a length after `for`: a share such as 0.5, or 500 steps');
    return { tree, length: length(), begin: tree.begin, end: ended() };
  }

  function term(): Tree {
    const { kind, begin } = peek();
    if (kind === 'number') return length();
    if (is('(')) {
      take();
      const inside = chain();
      expect(')', '`>` or a closing parenthesis');
      return { ...inside, begin, end: ended() };
    }
    if (kind !== 'name') fail('a schedule: a number, a name, or name(…)');
    const name = take();
    const args: Argument[] = [];
    if (is('(')) {
      take();
      while (!is(')')) {
        if (args.length > 0) expect(',', 'a comma or a closing parenthesis');
        args.push(argument());
      }
      take();
    }
    return { kind: 'call', name, args, begin, end: ended() };
  }

  function argument(): Argument {
    const { begin } = peek();
    const keyed = peek().kind === 'name' && tokens[at + 1].text === ':';
    const key = keyed ? take() : null;
    if (keyed) take();
    const inside = value();
    return { key, value: inside, begin, end: ended() };
  }

  function value(): Tree {
    if (!is('[')) return chain();
    if (++depth > DEEPEST) throw textError(text, peek(), `schedule: nested more than ${DEEPEST} deep, expected something simpler.`);
    const { begin } = take();
    const items: Tree[] = [];
    while (!is(']')) {
      if (items.length > 0) expect(',', 'a comma or a closing bracket');
      items.push(value());
    }
    take();
    depth--;
    return { kind: 'list', items, begin, end: ended() };
  }

  function length(): Tree {
    const number = take();
    const counted = is('steps') || is('step');
    if (counted) take();
    else if (peek().kind === 'name' && !is('for')) fail('`>`, `for`, a comma, or `steps` after a count');
    return { kind: 'number', value: Number(number.text), counted, begin: number.begin, end: ended() };
  }

  const tree = chain();
  if (peek().kind !== 'end') fail('`>`, `for` or the end of the text');
  return tree;
}

function tokensOf(text: string): Token[] {
  const pattern =
    /\s*(?:(?<number>[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|(?<name>[A-Za-z][A-Za-z0-9]*(?:-[A-Za-z0-9]+)*)|(?<symbol>[(),:>[\]]))/y;
  const tokens: Token[] = [];
  for (;;) {
    const from = pattern.lastIndex;
    const match = pattern.exec(text);
    if (match === null) {
      const begin = from + (text.slice(from).length - text.slice(from).trimStart().length);
      if (begin >= text.length) return [...tokens, { kind: 'end', text: '', begin: text.trimEnd().length, end: text.trimEnd().length + 1 }];
      const found = String.fromCodePoint(text.codePointAt(begin)!);
      throw textError(
        text,
        { begin, end: begin + found.length },
        `schedule: unexpected ${show(found)}, expected a number, a name or one of ( ) [ ] , : >.`,
      );
    }
    const kind = match.groups!.number !== undefined ? 'number' : match.groups!.name !== undefined ? 'name' : 'symbol';
    const word = match.groups![kind];
    if (kind === 'number' && !Number.isFinite(Number(word))) {
      throw textError(
        text,
        { begin: pattern.lastIndex - word.length, end: pattern.lastIndex },
        `schedule: ${word} is beyond the numbers there are, expected at most 1.8e308.`,
      );
    }
    tokens.push({ kind, text: word, begin: pattern.lastIndex - word.length, end: pattern.lastIndex });
  }
}

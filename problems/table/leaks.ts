import { isMissing, type Column } from './table.ts';

/** Words that make another name of the same thing: a copy, a transformation, a coding or a guess of it. */
const DERIVED = new Set(
  `abs actual binarised binarized binary bin bins binned bucket bucketed cat categorical class code coded codes copy diff dummy dup duplicate
  encoded encoding enc exp factor flag float group id idx index indicator int inv inverse is label labels level log ln name neg new norm normalised
  normalized num number numeric old onehot orig original outcome pct percentile pred predicted prediction prob probability rank ranked raw
  reversed rounded scaled score sq sqrt square squared standardised standardized std str string sum target text transformed true type
  value values z zscore`.split(/\s+/),
);

/** The words of a name in lower case: cut at what is no letter or digit, between letters and digits, and before a capital. */
export function wordsOf(name: string): string[] {
  return (name.normalize('NFKC').match(/\p{Lu}+(?!\p{Ll})|\p{Lu}?[\p{Ll}\p{Lo}\p{M}]+|\d+/gu) ?? []).map((word) => word.toLowerCase());
}

/**
 * Whether a column's name says that it is the target over again: it consists of the target's words in their order and, before or behind them,
 * of digits and words that name a copy, a transformation, a coding or a guess (`target_copy`, `price_log`, `logPrice`, `price2`, `is_spam`);
 * or the other way round. A word of another kind makes another thing of it (`price_of_oil`, `medianIncome` beside `medianHouseValue`). Names of one letter
 * with digits (x, x1, x2) say nothing, with such a word (`y_copy`) they do.
 */
export function leaksByName(name: string, target: string): boolean {
  const a = wordsOf(name);
  const b = wordsOf(target);
  return derives(a, b) || derives(b, a);
}

function derives(words: readonly string[], from: readonly string[]): boolean {
  if (words.length < from.length) return false;
  const short = from.join('').replace(/\d/g, '').length < 2;
  for (let start = 0; start + from.length <= words.length; start++) {
    if (!from.every((word, k) => words[start + k] === word)) continue;
    const rest = [...words.slice(0, start), ...words.slice(start + from.length)];
    if (short && !rest.some((word) => DERIVED.has(word))) continue;
    if (rest.every((word) => DERIVED.has(word) || (/^\d+$/.test(word) && !/^\d/.test(from.join(''))))) return true;
  }
  return false;
}

/** Below so many rows that two columns run together may be chance. */
const FEWEST = 12;
/** Rounding, beside the span of the values. */
const SLACK = 1e-9;

/**
 * How a column's values go with the target's over the given rows, if each of them goes with one of the target's and the other way round and none is missing. `repeats`: the
 * same over again, in another coding (each value there twice or more on average) or, of two number columns, on another scale (a straight line). `monotone`: two number
 * columns of which one rises or falls throughout with the other: a transformation perhaps, or both only go on in time. Else, and on fewer than 12 rows, null.
 */
export function likeness(column: Column, target: Column, rows: ArrayLike<number>): 'repeats' | 'monotone' | null {
  if (rows.length < FEWEST) return null;
  const a = column.kind === 'number' ? column.values : column.codes;
  const b = target.kind === 'number' ? target.values : target.codes;
  const there = new Map<number, number>();
  const back = new Map<number, number>();
  for (let i = 0; i < rows.length; i++) {
    const [x, y] = [a[rows[i]], b[rows[i]]];
    if (isMissing(column, x) || isMissing(target, y)) return null;
    const known = there.get(x);
    if (known === undefined) {
      if (back.has(y)) return null;
      there.set(x, y);
      back.set(y, x);
    } else if (known !== y) return null;
  }
  if (there.size < 2) return null;
  if (there.size * 2 <= rows.length) return 'repeats';
  if (column.kind === 'category' || target.kind === 'category') return null;
  const pairs = [...there].sort(([x], [z]) => x - z);
  const [[x0, y0], [x1, y1]] = [pairs[0], pairs[pairs.length - 1]];
  const slope = (y1 - y0) / (x1 - x0);
  if (pairs.every(([x, y]) => Math.abs(y0 + slope * (x - x0) - y) <= SLACK * Math.abs(y1 - y0))) return 'repeats';
  const rising = pairs.every(([, y], k) => k === 0 || y > pairs[k - 1][1]);
  const falling = pairs.every(([, y], k) => k === 0 || y < pairs[k - 1][1]);
  return rising || falling ? 'monotone' : null;
}

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
 * (x, x1, x2) say nothing.
 */
export function leaksByName(name: string, target: string): boolean {
  const a = wordsOf(name);
  const b = wordsOf(target);
  return derives(a, b) || derives(b, a);
}

function derives(words: readonly string[], from: readonly string[]): boolean {
  if (from.join('').replace(/\d/g, '').length < 2 || words.length < from.length) return false;
  for (let start = 0; start + from.length <= words.length; start++) {
    if (!from.every((word, k) => words[start + k] === word)) continue;
    const rest = [...words.slice(0, start), ...words.slice(start + from.length)];
    if (rest.every((word) => DERIVED.has(word) || (/^\d+$/.test(word) && !/^\d/.test(from.join(''))))) return true;
  }
  return false;
}

/** Below so many rows that two columns run together may be chance. */
const FEWEST = 12;

/**
 * Whether a column's values are the target's over again: each of its values goes with one of the target and the other way round, over the
 * given rows; where both are numbers with more than two values, rising or falling throughout. A target that is different in every row is not
 * matched with categories, nor is anything where a value is missing.
 */
export function leaksByValue(column: Column, target: Column, rows: ArrayLike<number>): boolean {
  if (rows.length < FEWEST) return false;
  const a = column.kind === 'number' ? column.values : column.codes;
  const b = target.kind === 'number' ? target.values : target.codes;
  const there = new Map<number, number>();
  const back = new Map<number, number>();
  for (let i = 0; i < rows.length; i++) {
    const [x, y] = [a[rows[i]], b[rows[i]]];
    if (isMissing(column, x) || isMissing(target, y)) return false;
    const known = there.get(x);
    if (known === undefined) {
      if (back.has(y)) return false;
      there.set(x, y);
      back.set(y, x);
    } else if (known !== y) return false;
  }
  const distinct = there.size;
  if (distinct < 2) return false;
  if (column.kind === 'category' || target.kind === 'category') return distinct * 2 <= rows.length;
  const order = [...there].sort(([x], [z]) => x - z).map(([, y]) => y);
  const rising = order.every((y, k) => k === 0 || y > order[k - 1]);
  const falling = order.every((y, k) => k === 0 || y < order[k - 1]);
  return rising || falling;
}

import { LehrError, show } from '../../src/error.ts';
import { asCategories, cellText, columnOf, isMissing, placeOf, type Table } from '../table/table.ts';
import type { Ratings } from './ratings.ts';

/** What a table of ratings is made of, and who and what is in it. Plain data; JSON keeps it. */
export interface RatingsCode {
  /** The columns that say who rated, what, and how. */
  readonly user: string;
  readonly item: string;
  readonly rating: string;
  /** The labels of users and of items, by their numbers. */
  readonly users: readonly string[];
  readonly items: readonly string[];
  /** Factors of each. */
  readonly rank: number;
  /** The mean of the training ratings, which is no weight. */
  readonly mean: number;
}

/** How many weights a factorisation has. */
export function sizeOf({ users, items, rank }: Pick<RatingsCode, 'users' | 'items' | 'rank'>): number {
  return (users.length + items.length) * (rank + 1);
}

/** Names by which columns of users and items are found. */
const USER = /^(user|customer|person|reader|viewer|member|account)([ _]?(id|name|no|number))?$/i;
const ITEM = /^(item|movie|film|book|product|article|song|track|title|isbn)([ _]?(id|name|no|number))?$/i;

/**
 * The columns of users and of items: those named, or called like it, or else the first two beside the ratings.
 * @throws LehrError `input` if there is no such column, or no two are left.
 */
export function ratingColumns(
  table: Table,
  rating: string,
  named: { readonly user?: string | undefined; readonly item?: string | undefined } = {},
): { readonly user: string; readonly item: string } {
  columnOf(table, rating);
  for (const name of [named.user, named.item]) if (name !== undefined) columnOf(table, name);
  const left = table.columns.map(({ name }) => name).filter((name) => name !== rating && name !== named.user && name !== named.item);
  const take = (like: RegExp): string | undefined => {
    const at = left.findIndex((name) => like.test(name));
    return left.splice(Math.max(0, at), 1)[0];
  };
  // The one that is found by its name is taken first, lest the other's place be its.
  const itemFirst = named.user === undefined && !left.some((name) => USER.test(name)) && left.some((name) => ITEM.test(name));
  let { user, item } = named;
  if (itemFirst) item ??= take(ITEM);
  user ??= take(USER);
  item ??= take(ITEM);
  if (user === undefined || item === undefined || user === item || user === rating || item === rating)
    throw new LehrError(
      'input',
      `${table.source?.path ?? 'table'}: users are in ${show(user ?? null)} and items in ${show(item ?? null)} beside the ratings in ${show(rating)}, expected three columns.`,
    );
  return { user, item };
}

/**
 * The ratings of a table; users and items are numbered in the order of their labels' first appearance (of numbers, ascending).
 * @throws LehrError `input` that names the row: a user, item or rating that is missing, or a rating that is no number.
 */
export function ratingsOf(
  table: Table,
  columns: Pick<RatingsCode, 'user' | 'item' | 'rating'>,
): { readonly ratings: Ratings; readonly users: readonly string[]; readonly items: readonly string[] } {
  const user = codesOf(table, columns.user);
  const item = codesOf(table, columns.item);
  const rating = valuesOf(table, columns.rating);
  return {
    ratings: { users: user.labels.length, items: item.labels.length, user: user.codes, item: item.codes, rating },
    users: user.labels,
    items: item.labels,
  };
}

/** The ratings' values. */
export function valuesOf(table: Table, name: string): Float64Array {
  const column = columnOf(table, name);
  const fail = (row: number): never => {
    const text = cellText(column, row);
    throw new LehrError(
      'input',
      `${placeOf(table, row)}: the rating ${show(name)} ${text === '' ? 'is missing' : `is ${show(text)}`}, expected a number.`,
    );
  };
  if (column.kind === 'category')
    return fail(
      Math.max(
        0,
        column.codes.findIndex((code) => code >= 0),
      ),
    );
  const gap = column.values.findIndex((value) => isMissing(column, value));
  return gap < 0 ? column.values : fail(gap);
}

/** Users or items by their labels. @throws LehrError `input` that names the row of one that is missing. */
export function codesOf(table: Table, name: string): { readonly codes: Int32Array; readonly labels: readonly string[] } {
  const { codes, labels } = asCategories(columnOf(table, name));
  const gap = codes.indexOf(-1);
  if (gap >= 0)
    throw new LehrError('input', `${placeOf(table, gap)}: ${show(name)} is missing, expected who or what is rated in each row.`);
  return { codes, labels };
}

/**
 * The ratings that weights expect of pairs of labels. Whoever was not there in training has no level and no factors: the answer is then the mean with the other's level.
 * @returns the ratings, and how many users and items were not known.
 */
export function expectedRatings(
  code: RatingsCode,
  weights: ArrayLike<number>,
  table: Table,
): { readonly values: Float64Array; readonly unseen: Readonly<Record<string, number>> } {
  const { users, items, rank, mean } = code;
  const placeIn = (known: readonly string[], name: string): Int32Array => {
    const at = new Map(known.map((label, k) => [label, k]));
    const { codes, labels } = codesOf(table, name);
    const place = labels.map((label) => at.get(label) ?? -1);
    return codes.map((each) => place[each]);
  };
  const user = placeIn(users, code.user);
  const item = placeIn(items, code.item);
  const [ofItems, ofUserLevels] = [users.length * rank, (users.length + items.length) * rank];
  const ofItemLevels = ofUserLevels + users.length;
  const values = new Float64Array(table.rows);
  const unseen: Record<string, number> = {};
  for (let row = 0; row < table.rows; row++) {
    const [u, i] = [user[row], item[row]];
    let sum = mean + (u < 0 ? 0 : weights[ofUserLevels + u]) + (i < 0 ? 0 : weights[ofItemLevels + i]);
    if (u >= 0 && i >= 0) for (let f = 0; f < rank; f++) sum += weights[u * rank + f] * weights[ofItems + i * rank + f];
    values[row] = sum;
    if (u < 0) unseen[code.user] = (unseen[code.user] ?? 0) + 1;
    if (i < 0) unseen[code.item] = (unseen[code.item] ?? 0) + 1;
  }
  return { values, unseen };
}

import type { PlacedKind } from '../../../problems/inferred/index.ts';
import { cell } from '../files/csv-cell.ts';
import type { GroupsSubject } from './groups-subject.ts';

/** Digits of a probability. */
const DIGITS = 4;

/** A group as people count them: from 1, or a new one. */
export function groupName(group: number): string {
  return group < 0 ? 'new' : String(group + 1);
}

/** Names of the columns that tell of groups, none of which a table has already. @param kinds how many there are. */
export function groupColumns(
  kinds: number,
  taken: readonly string[],
): { readonly groups: readonly string[]; readonly probabilities: readonly string[]; readonly how: string; readonly density: string } {
  const free = (name: string): string => (taken.includes(name) ? free(`${name}_`) : name);
  const of = (name: string): string[] => Array.from({ length: kinds }, (_, k) => free(kinds === 1 ? name : `${name} ${k + 1}`));
  return { groups: of('group'), probabilities: of('probability'), how: free('how'), density: free('log density') };
}

/** Text of a probability: all digits would pretend to more than a sample says. */
export function probabilityText(probability: number): string {
  return String(Number(probability.toFixed(DIGITS)));
}

/** The table with the group of each row by each kind, how likely it is, and whether the run had it there or a prediction puts it there. */
export function assignmentsText({ table, tables }: GroupsSubject, placed: readonly PlacedKind[]): string {
  const names = groupColumns(
    placed.length,
    table.columns.map(({ name }) => name),
  );
  const head = [
    ...table.columns.map(({ name }) => name),
    ...names.groups.flatMap((group, k) => [group, names.probabilities[k]]),
    names.how,
  ];
  const lines = Array.from({ length: table.rows }, (_, row) => {
    const own = table.columns.map((column) => cell(tables.cellText(column, row)));
    const where = placed.flatMap(({ group, probability }) => [groupName(group[row]), probabilityText(probability[row])]);
    const how = placed.every(({ assignment }) => assignment[row] >= 0) ? 'grouped' : 'predicted';
    return [...own, ...where, how].join(',');
  });
  return `${[head.map(cell).join(','), ...lines].join('\n')}\n`;
}

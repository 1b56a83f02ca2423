import { formatCount, formatNumber, formatSeconds } from './numbers.ts';
import { tableSection, type TableCell, type TableRow } from './page.ts';
import type { Traced } from './record.ts';

/** Why a run or a chain ended, in words. */
export const ENDED_BY: Readonly<Record<string, string>> = {
  budget: 'budget spent',
  target: 'target reached',
  steps: 'step limit',
  seconds: 'time limit',
  stalled: 'no more progress',
  settled: 'settled',
  signal: 'a signal',
  interrupted: 'interrupted',
  diverged: 'the loss was no number any more',
};

/** How the table of chains is set. */
export interface ChainWords {
  /** What chains are worth, and to how many digits. */
  readonly value: string;
  readonly digits: number;
  /** What marks the best. */
  readonly tag: string;
  /** A further column: its head, and what it has of each chain. */
  readonly further?: readonly [head: string, of: (chain: Traced['chains'][number]) => string];
  readonly note?: string;
}

/** The chains of a run as a table. @param best the chain that stands out, by its number; null for none. */
export function chainSection(
  chains: Traced['chains'],
  best: number | null,
  { value, digits, tag, further, note = '' }: ChainWords,
): string {
  const number = (text: string): TableCell => ({ text, number: true });
  const rows = chains.map((each): TableRow => {
    const last = each.trace.at(-1);
    const cells = [
      number(each.value === null ? '–' : formatNumber(each.value, digits)),
      number(last === undefined ? '–' : formatCount(last.steps)),
      number(last === undefined ? '–' : formatSeconds(last.seconds)),
      ...(further === undefined ? [] : [number(further[1](each))]),
      { text: ENDED_BY[each.stopped] ?? each.stopped },
    ];
    return { head: String(each.chain), cells, ...(each.chain === best ? { tag, best: true } : {}) };
  });
  const names = [value, 'steps', 'time', ...(further === undefined ? [] : [further[0]])];
  return tableSection('chains', 'Chains', [{ text: 'chain' }, ...names.map(number), { text: 'ended by' }], rows, note);
}

/** What a careful person wants to know of the data. */
export function noticeSection(notices: readonly string[]): string {
  const rows = notices.map((notice) => ({ head: notice, cells: [] }));
  return notices.length === 0 ? '' : tableSection('notices', 'To know about the data', [{ text: 'notice' }], rows);
}

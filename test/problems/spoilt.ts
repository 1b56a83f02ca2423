/** The lines of a file with some replaced, by their number from 1; `null` drops one. */
export function spoilt(lines: readonly string[], changes: Readonly<Record<number, string | null>>): string {
  return lines
    .map((line, i) => (changes[i + 1] === undefined ? line : changes[i + 1]))
    .filter((line) => line !== null)
    .join('\n');
}

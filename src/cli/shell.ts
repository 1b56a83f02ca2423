/** A word as a shell takes it: quoted only where it must be. */
export function quote(word: string): string {
  if (/^[\w./:@%+,=-]+$/.test(word)) return word;
  return /^[^"$`\\!\n]*$/.test(word) ? `"${word}"` : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

/** Words as one line that a shell takes apart again into the same words. */
export function commandLine(words: readonly string[]): string {
  return words.map(quote).join(' ');
}

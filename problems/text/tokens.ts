/** Runs of letters with their marks, at least two; everything else parts them, apostrophes and hyphens too. */
const WORD = /\p{L}\p{M}*(?:\p{L}\p{M}*)+/gu;

/** The words of a text in order: runs of at least two Unicode letters, in lower case, composed (NFC). `don’t` is `don`, `well-being` is `well` and `being`. */
export function wordsOf(text: string): string[] {
  return text.normalize('NFC').toLowerCase().match(WORD) ?? [];
}

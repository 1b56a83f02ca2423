/**
 * The candidate a misspelt word probably meant: the one fewest edits away (insertions, deletions, substitutions and swaps of neighbours),
 * if they are at most a third of its letters, or one, but not all; null where none is that near. Case and hyphens do not count.
 */
export function nearest(word: string, candidates: Iterable<string>): string | null {
  const plain = fold(word);
  let best: string | null = null;
  let fewest = Math.min(plain.length, Math.max(1, Math.floor(plain.length / 3)) + 1);
  for (const candidate of candidates) {
    const edits = distance(plain, fold(candidate));
    if (edits < fewest) {
      fewest = edits;
      best = candidate;
    }
  }
  return best;
}

function fold(word: string): string {
  return word.replaceAll(/[-_\s]/g, '').toLowerCase();
}

/** The optimal string alignment distance (Damerau–Levenshtein without edits inside a swap). */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = a[i - 1] === b[j - 1] ? 0 : 1;
      let edits = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + change);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) edits = Math.min(edits, before[j - 2] + 1);
      row.push(edits);
    }
    before = last;
    last = row;
  }
  return last[b.length];
}

/** ` Maybe word?` for the nearest candidate, or the empty string. */
export function maybe(word: string, candidates: Iterable<string>): string {
  const choice = nearest(word, candidates);
  return choice === null ? '' : ` Maybe ${choice}?`;
}

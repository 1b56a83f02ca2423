/** Whether a file that begins like this has an instance with setups. */
export function recogniseWtsds(head: string): boolean {
  return /^\uFEFF?\s*Problem (?:Instance|Size):/i.test(head) || /^[ \t]*(?:Begin Problem Specification[ \t]*$|Process Times:)/im.test(head);
}

/** How much of a file the head holds at most, as the command line cuts it. */
const HEAD = 8192;
/** Rows of fewer numbers are more likely edges, or triples of something else; `--problem wt` reads them. */
const LEAST_JOBS = 4;
/** The sizes of OR-Library's own files, whose rows are broken into several lines. */
const BROKEN = [40, 50, 100];

/**
 * Whether a file that begins like this has instances without setups: nothing but whole numbers, in threes of lines of equal length whose first has processing times
 * above 0 and whose second has weights of at least 0, or in the broken rows of OR-Library. There is no header, so that this is a guess: a row of
 * zeros and ones or a matrix with a zero diagonal is none.
 */
export function recogniseWt(head: string): boolean {
  const lines = head.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  const cut = head.length >= HEAD;
  // What is cut off may end in the middle of a line.
  if (cut) lines.pop();
  const rows: number[][] = [];
  for (const line of lines) {
    if (line.trim() === '') continue;
    const words = line.trim().split(/[ \t]+/);
    if (!words.every((word) => /^[+-]?\d{1,10}$/.test(word))) return false;
    rows.push(words.map(Number));
  }
  const plausible = (row: number[], kind: number): boolean => kind === 2 || row.every((value) => value >= (kind === 0 ? 1 : 0));
  const n = rows[0]?.length ?? 0;
  if (rows.length >= (cut ? 2 : 3) && rows.every((row) => row.length === n) && (cut || rows.length % 3 === 0)) {
    return n >= LEAST_JOBS && rows.every((row, i) => plausible(row, i % 3));
  }
  return (
    rows.length > 3 &&
    BROKEN.some(
      (size) =>
        isBroken(rows, size, cut) &&
        rows
          .flat()
          .slice(0, size)
          .every((value) => value >= 1),
    )
  );
}

/** Whether the lines are rows of that many numbers, all broken alike: equal lines and a rest. */
function isBroken(rows: readonly number[][], size: number, cut: boolean): boolean {
  const width = rows[0].length;
  if (width >= size) return false;
  const pieces = Math.ceil(size / width);
  const last = size - (pieces - 1) * width;
  return (cut || rows.length % (3 * pieces) === 0) && rows.every((row, i) => row.length === (i % pieces === pieces - 1 ? last : width));
}

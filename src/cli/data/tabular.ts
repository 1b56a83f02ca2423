/** Whether a text looks like separated values: its first two lines have as many cells, and more than one. */
export function tabular(text: string): boolean {
  const [first, second] = text.trimStart().split(/\r\n|\n|\r/, 2);
  if (first === undefined || second === undefined) return false;
  return [',', ';', '\t'].some((separator) => {
    const cells = first.split(separator).length;
    return cells > 1 && second.split(separator).length === cells;
  });
}

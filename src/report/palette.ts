/** The colours of drawings and figures: each light one has its dark counterpart. Written as attributes, so that plain SVG viewers show the light ones. */
export const COLOURS = {
  ink: ['#1f2733', '#e6eaf0'],
  muted: ['#566172', '#a3aebd'],
  grid: ['#e1e6ed', '#303947'],
  line: ['#2a66a8', '#78aee8'],
  mark: ['#bf4f24', '#f0946e'],
  box: ['#dce8f5', '#24405f'],
} as const;

/** The colours of chains, in order. */
export const SERIES = [
  ['#2a66a8', '#78aee8'],
  ['#bf4f24', '#f0946e'],
  ['#27804f', '#6cc893'],
  ['#7f52ab', '#bf98e4'],
  ['#96710f', '#dcb850'],
  ['#14808f', '#5cc3d1'],
  ['#b83c74', '#ee86b4'],
  ['#66707c', '#a9b3bf'],
] as const;

/** Style rules that turn the light colours of the elements inside `.className` into the dark ones where the reader prefers dark. */
export function darkRules(className: string): string {
  const pairs = new Map<string, string>([...Object.values(COLOURS), ...SERIES].map(([light, dark]) => [light, dark]));
  let rules = '';
  for (const [light, dark] of pairs) {
    rules += `.${className} [fill="${light}"]{fill:${dark}}.${className} [stroke="${light}"]{stroke:${dark}}`;
  }
  return `.${className}{color-scheme:light dark;color:${COLOURS.ink[0]}}@media (prefers-color-scheme:dark){.${className}{color:${COLOURS.ink[1]}}${rules}}`;
}

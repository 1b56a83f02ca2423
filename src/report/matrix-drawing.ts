import { LehrError, show } from '../error.ts';
import { escapeText } from './escape.ts';
import type { Matrix, MatrixBlock } from './matrix.ts';
import { COLOURS, darkRules } from './palette.ts';

/** The longer side of a matrix, in the drawing's units, and the height of its letters. */
const SIDE = 1000;
const LETTER = 22;
/** Shades that are told apart: as many as a reader can. */
const SHADES = 16;
/** A block has its name beside it if it is at least as long as a letter is high; names are cut to so many letters. */
const LONGEST = 16;

/**
 * A matrix as standalone, accessible SVG, light or dark as its reader prefers: the darker a cell, the nearer it is to 1; cells that are NaN are left out. Equal neighbours in a row are one rectangle, and each shade
 * is one path, so that 200 × 200 cells of clear blocks take some 20 KB, of noise at most some 600 KB.
 * @throws LehrError `contract` for values that are not as many as cells, or not from 0 to 1.
 */
export function renderMatrix(matrix: Matrix): string {
  const { left, top, width, height } = layout(matrix);
  return `<svg xmlns="http://www.w3.org/2000/svg" class="lehr-matrix" viewBox="0 0 ${left + width + 2} ${top + height + 2}" role="img" aria-label="${escapeText(matrix.title)}" font-family="system-ui,sans-serif" font-size="${LETTER}">
<title>${escapeText(matrix.title)}</title>
<desc>${escapeText(matrix.caption)}</desc>
<style>${darkRules('lehr-matrix')}</style>
${drawn(matrix)}
</svg>
`;
}

/** Several matrices under each other as one SVG, each with its title. */
export function renderMatrices(matrices: readonly Matrix[]): string {
  if (matrices.length === 1) return renderMatrix(matrices[0]);
  // A run that was cut before it had anything to show.
  let y = matrices.length === 0 ? 1 : 0;
  let across = 1;
  const parts = matrices.map((matrix) => {
    const { left, top, width, height } = layout(matrix);
    const part = `<text x="0" y="${y + LETTER}" fill="${COLOURS.ink[0]}">${escapeText(matrix.title)}</text>\n<g transform="translate(0 ${y + 2 * LETTER})">\n${drawn(matrix)}\n</g>`;
    y += top + height + 4 * LETTER;
    across = Math.max(across, left + width + 2);
    return part;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" class="lehr-matrix" viewBox="0 0 ${across} ${y}" role="img" aria-label="${escapeText(matrices.map(({ title }) => title).join('; '))}" font-family="system-ui,sans-serif" font-size="${LETTER}">
<title>${escapeText(matrices.map(({ title }) => title).join('; '))}</title>
<style>${darkRules('lehr-matrix')}</style>
${parts.join('\n')}
</svg>
`;
}

/** Room for names, and the size of the cells together. */
function layout({ rows, columns, down, across }: Matrix): { left: number; top: number; width: number; height: number; cell: number } {
  const cell = SIDE / Math.max(rows, columns);
  const room = (blocks: readonly MatrixBlock[]): number => {
    const longest = blocks.reduce((m, block) => (isNamed(block, cell) ? Math.max(m, short(block.name).length) : m), 0);
    return Math.ceil(longest * LETTER * 0.58) + (longest > 0 ? LETTER : 1);
  };
  return { left: room(down), top: room(across), width: Math.round(columns * cell), height: Math.round(rows * cell), cell };
}

function isNamed({ cells }: MatrixBlock, cell: number): boolean {
  return cells * cell >= 1.1 * LETTER;
}

function short(name: string): string {
  return name.length > LONGEST ? `${name.slice(0, LONGEST - 1)}…` : name;
}

function drawn(matrix: Matrix): string {
  const { left, top, width, height, cell } = layout(matrix);
  const lines: string[] = [];
  const names: string[] = [];
  const walk = (blocks: readonly MatrixBlock[], line: (at: number) => string, name: (text: string, at: number) => string): void => {
    let at = 0;
    for (const block of blocks) {
      const next = at + block.cells;
      if (isNamed(block, cell)) names.push(name(escapeText(short(block.name)), ((at + next) / 2) * cell));
      if (at > 0) lines.push(line(Math.round(at * cell)));
      at = next;
    }
  };
  walk(
    matrix.down,
    (at) => `M${left} ${top + at}h${width}`,
    (text, at) => `<text x="${left - LETTER / 2}" y="${Math.round(top + at + LETTER / 3)}" text-anchor="end">${text}</text>`,
  );
  walk(
    matrix.across,
    (at) => `M${left + at} ${top}v${height}`,
    (text, at) => `<text transform="translate(${Math.round(left + at + LETTER / 3)} ${top - LETTER / 2}) rotate(-90)">${text}</text>`,
  );
  return `<g transform="translate(${left} ${top}) scale(${width / matrix.columns} ${height / matrix.rows})" fill="${COLOURS.line[0]}" shape-rendering="crispEdges">
${shadesOf(matrix)}
</g>
<path d="M${left} ${top}h${width}v${height}h${-width}z${lines.join('')}" fill="none" stroke="${COLOURS.muted[0]}" stroke-width="1"/>
<g fill="${COLOURS.ink[0]}">${names.join('')}</g>`;
}

/** The cells, in units of one, a path for each shade. */
function shadesOf({ rows, columns, values, id }: Matrix): string {
  if (values.length !== rows * columns)
    throw new LehrError('contract', `matrix ${id}: there are ${values.length} values, expected ${rows} × ${columns}.`);
  const paths: string[][] = Array.from({ length: SHADES + 1 }, () => []);
  for (let row = 0; row < rows; row++) {
    let from = 0;
    for (let column = 1; column <= columns; column++) {
      const shade = shadeOf(values[row * columns + from], id);
      if (column < columns && shadeOf(values[row * columns + column], id) === shade) continue;
      paths[shade].push(`M${from} ${row}h${column - from}v1h${from - column}z`);
      from = column;
    }
  }
  return paths
    .map((path, shade) => (shade === 0 || path.length === 0 ? '' : `<path fill-opacity="${shade / SHADES}" d="${path.join('')}"/>`))
    .filter((path) => path !== '')
    .join('\n');
}

function shadeOf(value: number, id: string): number {
  // JSON has null for NaN.
  if (value === null || value !== value) return 0;
  if (!(value >= 0 && value <= 1 + 1e-9))
    throw new LehrError('contract', `matrix ${id}: a value is ${show(value)}, expected a share from 0 to 1.`);
  return Math.round(value * SHADES);
}

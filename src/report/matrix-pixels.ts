import type { Matrix, MatrixBlock } from './matrix.ts';
import { COLOURS } from './palette.ts';
import { encodePng } from './png.ts';

/** The longer side of a matrix in pixels, about: cells are a whole number of them. */
const SIDE = 800;
/** Pixels between matrices. */
const GAP = 24;

type Colour = readonly [red: number, green: number, blue: number];

const FULL = colourOf(COLOURS.line[0]);
const LINE = colourOf(COLOURS.muted[0]);
const WHITE: Colour = [255, 255, 255];

/** Matrices under each other as a PNG file, the darker a cell the nearer it is to 1, a line between blocks; names, which need letters, are in the SVG alone. */
export function matrixPng(matrices: readonly Matrix[]): Uint8Array {
  const sizes = matrices.map(({ rows, columns }) => {
    const cell = Math.max(1, Math.floor(SIDE / Math.max(1, rows, columns)));
    return { cell, width: columns * cell, height: rows * cell };
  });
  const width = sizes.reduce((most, size) => Math.max(most, size.width), 1);
  const height = Math.max(1, sizes.reduce((sum, size) => sum + size.height, 0) + GAP * (matrices.length - 1));
  const pixels = new Uint8Array(3 * width * height).fill(255);
  const paint = (x: number, y: number, colour: Colour): void => pixels.set(colour, 3 * (y * width + x));
  let top = 0;
  matrices.forEach((matrix, m) => {
    const { cell, width: wide, height: high } = sizes[m];
    const [down, across] = [edgesOf(matrix.down, cell), edgesOf(matrix.across, cell)];
    for (let y = 0; y < high; y++) {
      for (let x = 0; x < wide; x++) {
        const value = matrix.values[Math.floor(y / cell) * matrix.columns + Math.floor(x / cell)];
        paint(x, top + y, down.has(y) || across.has(x) ? LINE : between(value));
      }
    }
    top += high + GAP;
  });
  return encodePng(width, height, pixels);
}

/** Where blocks but the first begin, in pixels. */
function edgesOf(blocks: readonly MatrixBlock[], cell: number): Set<number> {
  const edges = new Set<number>();
  let at = 0;
  for (const block of blocks) {
    if (at > 0) edges.add(at * cell);
    at += block.cells;
  }
  return edges;
}

function between(value: number): Colour {
  const share = value >= 0 ? Math.min(1, value) : 0;
  return [0, 1, 2].map((i) => Math.round(WHITE[i] + share * (FULL[i] - WHITE[i]))) as unknown as Colour;
}

function colourOf(hex: string): Colour {
  return [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) as unknown as Colour;
}

import { LehrError } from '../../error.ts';
import type { Matrix } from '../../report/matrix.ts';
import { STDOUT } from '../files/output.ts';

/** What a picture's file may be. */
const FORMS = /\.(svg|png|json)$/i;

/** Throws an `option` error for a picture in a form that there is not. */
export function checkPicture(path: string | undefined): void {
  if (path === undefined || path === STDOUT || FORMS.test(path)) return;
  throw new LehrError('option', `--picture is ${JSON.stringify(path)}, expected a file that ends in .svg, .png or .json.`);
}

/** Matrices as the path's ending says: SVG, PNG, or the plain data behind them. */
export async function pictureOf(matrices: readonly Matrix[], path: string): Promise<string | Uint8Array> {
  const form = FORMS.exec(path)?.[1].toLowerCase() ?? 'svg';
  if (form === 'json') return `${JSON.stringify(matrices)}\n`;
  if (form === 'png') return (await import('../../report/matrix-pixels.ts')).matrixPng(matrices);
  return (await import('../../report/matrix-drawing.ts')).renderMatrices(matrices);
}

import { LehrError, show } from '../error.ts';
import { escapeText } from './escape.ts';
import { COLOURS, darkRules } from './palette.ts';
import type { Scene, SceneItem } from './scene.ts';

/** The longer side of a drawing in its own units. All coordinates are whole numbers of them, which viewers add up without rounding. */
const RESOLUTION = 10_000;
const MARGIN = 0.015 * RESOLUTION;

/** A hex colour, a name, or a function of numbers: nothing that could load anything. */
const COLOUR = /^(?:#[\da-f]{3,8}|[a-z]+|(?:rgb|hsl|hwb|lab|lch|oklab|oklch)a?\([\d\s.,%/+a-z-]*\))$/i;

/** How a scene is written. */
export interface SceneOptions {
  /** The accessible name. */
  readonly title?: string;
  /** Whether the caption is drawn under the picture (yes, unless the page around it shows it). */
  readonly caption?: boolean;
}

/**
 * A scene as standalone, accessible SVG, light or dark as its reader prefers. Coordinates are rounded to 1/10,000 of the longer side and
 * written relative to the point before, so that 200,000 points take some 1.5 MB. Widths, radii and sizes of text are in the scene's
 * coordinates; an item without a colour gets one that suits both light and dark.
 * @throws LehrError `contract` for a scene that cannot be drawn: a size that is not positive, a coordinate that is not finite, an odd
 * number of coordinates, or a colour that is not a hex colour, a name or a function of numbers.
 */
export function renderScene(scene: Scene, options: SceneOptions = {}): string {
  for (const side of ['width', 'height'] as const) {
    if (!(scene[side] > 0 && Number.isFinite(scene[side]))) {
      throw new LehrError('contract', `scene.${side} is ${show(scene[side])}, expected a positive number`);
    }
  }
  const pen = new Pen(RESOLUTION / Math.max(scene.width, scene.height));
  const width = pen.round(scene.width, 'scene.width');
  const height = pen.round(scene.height, 'scene.height');
  const items = scene.items.map((item, i) => draw(pen, item, `scene.items[${i}]`)).join('\n');

  const title = options.title ?? 'Solution';
  const caption = options.caption !== false && scene.caption !== undefined ? scene.caption : null;
  const size = 0.024 * RESOLUTION;
  const foot = caption === null ? 0 : 2 * size;
  const box = [-MARGIN, -MARGIN, width + 2 * MARGIN, height + 2 * MARGIN + foot].join(' ');
  const line =
    caption === null
      ? ''
      : `\n<text x="${Math.round(width / 2)}" y="${height + MARGIN + size}" font-size="${size}" text-anchor="middle" fill="${COLOURS.muted[0]}">${escapeText(caption)}</text>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" class="lehr-scene" viewBox="${box}" role="img" aria-label="${escapeText(title)}" font-family="system-ui,sans-serif">
<title>${escapeText(title)}</title>
<desc>${escapeText(scene.caption ?? describe(scene))}</desc>
<style>${darkRules('lehr-scene')}</style>
${items}${line}
</svg>
`;
}

function describe(scene: Scene): string {
  const count = scene.items.reduce((sum, item) => sum + ('points' in item ? item.points.length / 2 : 1), 0);
  return `A drawing of ${count} ${count === 1 ? 'point, box or word' : 'points, boxes and words'}.`;
}

function draw(pen: Pen, item: SceneItem, where: string): string {
  switch (item.kind) {
    case 'path': {
      const fill = colour(item.fill ?? 'none', `${where}.fill`);
      const stroke = colour(item.stroke ?? (item.fill === undefined ? COLOURS.line[0] : 'none'), `${where}.stroke`);
      const width = item.width === undefined ? lineWidth(item.points.length / 2) : pen.length(item.width, `${where}.width`);
      const d = pen.path(item.points, where) + (item.closed === true && item.points.length > 0 ? 'z' : '');
      return `<path d="${d}" fill="${fill}" stroke="${stroke}" stroke-width="${width}" stroke-linejoin="round" stroke-linecap="round"/>`;
    }
    case 'dots': {
      // Strokes of no length with round caps: one path for all, a fifth of the size of circles.
      const width = 2 * pen.length(item.radius, `${where}.radius`);
      const fill = colour(item.fill ?? COLOURS.mark[0], `${where}.fill`);
      return `<path d="${pen.dots(item.points, where)}" fill="none" stroke="${fill}" stroke-width="${width}" stroke-linecap="round"/>`;
    }
    case 'box': {
      const x = pen.round(item.x, `${where}.x`);
      const y = pen.round(item.y, `${where}.y`);
      // Both corners are rounded, so that boxes that touch still touch.
      const width = pen.round(item.x + item.width, `${where}.width`) - x;
      const height = pen.round(item.y + item.height, `${where}.height`) - y;
      if (width < 0 || height < 0) {
        throw new LehrError('contract', `${where} is ${show(item.width)} wide and ${show(item.height)} high, expected no negative size`);
      }
      const fill = colour(item.fill ?? COLOURS.box[0], `${where}.fill`);
      const stroke =
        item.stroke === undefined ? '' : ` stroke="${colour(item.stroke, `${where}.stroke`)}" stroke-width="${0.001 * RESOLUTION}"`;
      const title = item.title === undefined ? '' : `<title>${escapeText(item.title)}</title>`;
      return `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="${fill}"${stroke}>${title}</rect>`;
    }
    case 'text': {
      const x = pen.round(item.x, `${where}.x`);
      const y = pen.round(item.y, `${where}.y`);
      const size = item.size === undefined ? 0.024 * RESOLUTION : pen.length(item.size, `${where}.size`);
      return `<text x="${x}" y="${y}" font-size="${size}" text-anchor="${item.anchor ?? 'start'}" fill="${COLOURS.ink[0]}">${escapeText(item.text)}</text>`;
    }
    default:
      throw new LehrError('contract', `${where}.kind is ${show((item as { kind: unknown }).kind)}, expected path, dots, box or text`);
  }
}

/** Thinner, the more points: at 200,000 the lines are still apart. */
function lineWidth(points: number): number {
  return Math.min(30, Math.max(6, Math.round((0.1 * RESOLUTION) / Math.sqrt(Math.max(1, points)))));
}

function colour(text: string, where: string): string {
  if (COLOUR.test(text)) return text;
  throw new LehrError('contract', `${where} is ${show(text)}, expected a colour such as #2a66a8, teal or rgb(42, 102, 168)`);
}

/** Puts scene coordinates on the drawing's grid of whole numbers. */
class Pen {
  readonly scale: number;

  constructor(scale: number) {
    this.scale = scale;
  }

  round(value: number, where: string, index?: number): number {
    const rounded = Math.round(value * this.scale);
    if (Number.isFinite(rounded)) return rounded === 0 ? 0 : rounded;
    throw new LehrError('contract', `${where}${index === undefined ? '' : `[${index}]`} is ${show(value)}, expected a finite number`);
  }

  /** A width, radius or size, to 1/100 of a unit: it may be far below one. */
  length(value: number, where: string): number {
    if (!(value >= 0 && Number.isFinite(value))) throw new LehrError('contract', `${where} is ${show(value)}, expected a number from 0`);
    return Math.round(value * this.scale * 100) / 100;
  }

  /** One subpath through all points, relative after the first; steps that rounding made vanish are left out. */
  path(points: ArrayLike<number>, where: string): string {
    const start = this.walk(points, where, (dx, dy, first) => {
      if (first) return `m${pair(dx, dy)}`;
      if (dx === 0 && dy === 0) return '';
      return dx < 0 ? pair(dx, dy) : ` ${pair(dx, dy)}`;
    });
    return start.length === 1 ? `${start[0]}h0` : start.join('');
  }

  dots(points: ArrayLike<number>, where: string): string {
    return this.walk(points, where, (dx, dy) => `m${pair(dx, dy)}h0`).join('');
  }

  private walk(points: ArrayLike<number>, where: string, step: (dx: number, dy: number, first: boolean) => string): string[] {
    if (points.length % 2 !== 0) throw new LehrError('contract', `${where}.points has ${points.length} numbers, expected pairs x, y`);
    const parts: string[] = [];
    let x = 0;
    let y = 0;
    for (let i = 0; i < points.length; i += 2) {
      const nextX = this.round(points[i], `${where}.points`, i);
      const nextY = this.round(points[i + 1], `${where}.points`, i + 1);
      const part = step(nextX - x, nextY - y, i === 0);
      if (part !== '') parts.push(part);
      x = nextX;
      y = nextY;
    }
    return parts;
  }
}

function pair(dx: number, dy: number): string {
  return dy < 0 ? `${dx}${dy}` : `${dx} ${dy}`;
}

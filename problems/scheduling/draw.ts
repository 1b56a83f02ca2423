import { COLOURS } from '../../src/report/palette.ts';
import type { Scene, SceneItem } from '../../src/report/scene.ts';
import { completionTimes, weightedTardiness, type SchedulingInstance } from './instance.ts';

/** The width of the chart, of the words to its left and the space over it, and the margin. */
const WIDTH = 1000;
const LEFT = 150;
const TOP = 46;
const MARGIN = 10;
/** Where the columns of words end. */
const COLUMNS = [36, 86, 142];
/** The height of a job's row, and of all rows where there are too many for that. */
const ROW = 14;
const MOST_HEIGHT = 4200;
/** Below this height of a row there is no room for words. */
const LEAST_WORDS = 9;

/**
 * A sequence as a Gantt chart: a row for each job, in order from the top, with its number, weight and due date. Setups are grey, processing is blue, or orange where
 * the job ends late; a stroke marks the due date, and a line leads from there to the end of a late job.
 */
export function drawSequence(instance: SchedulingInstance, sequence: ArrayLike<number>): Scene {
  const { name, n, processing, weights, due } = instance;
  const completion = completionTimes(instance, sequence);
  const makespan = n === 0 ? 0 : completion[n - 1];
  // Due dates far behind the end would crush the rest.
  const shown = Math.max(
    1,
    Math.min(
      1.25 * makespan,
      due.reduce((most, d) => Math.max(most, d), makespan),
    ),
  );
  const row = Math.min(ROW, MOST_HEIGHT / Math.max(1, n));
  const words = row >= LEAST_WORDS;
  const left = words ? LEFT : MARGIN;
  const bottom = TOP + n * row;
  const x = (time: number): number => tenth(left + ((WIDTH - MARGIN - left) * time) / shown);
  const items: SceneItem[] = [...legend(left, instance.setups !== undefined), ...axis(shown, bottom, x)];
  if (words) items.push(...heading());
  for (let k = 0; k < n; k++) {
    const job = sequence[k];
    const y = tenth(TOP + k * row);
    const height = tenth(0.8 * row);
    const before = k === 0 ? 0 : completion[k - 1];
    const began = completion[k] - processing[job];
    const late = completion[k] - due[job];
    if (began > before) {
      items.push({
        kind: 'box',
        x: x(before),
        y,
        width: tenth(x(began) - x(before)),
        height,
        fill: COLOURS.muted[0],
        title: `setup ${began - before}`,
      });
    }
    items.push({
      kind: 'box',
      x: x(began),
      y,
      width: tenth(x(completion[k]) - x(began)),
      height,
      fill: late > 0 ? COLOURS.mark[0] : COLOURS.line[0],
      title: `job ${job + 1}: weight ${weights[job]}, from ${began} to ${completion[k]}, due ${due[job]}${late > 0 ? `, ${late} late` : ''}`,
    });
    const middle = tenth(y + 0.4 * row);
    if (late > 0) {
      const points = [x(Math.max(0, due[job])), middle, x(began), middle];
      if (due[job] < began) items.push({ kind: 'path', points, stroke: COLOURS.mark[0], width: 1 });
    }
    if (due[job] >= 0 && due[job] <= shown) {
      items.push({ kind: 'path', points: [x(due[job]), y, x(due[job]), tenth(y + height)], stroke: COLOURS.ink[0], width: 1.5 });
    }
    if (words) {
      const base = tenth(y + 0.75 * row);
      const size = tenth(0.75 * row);
      [job + 1, weights[job], due[job]].forEach((value, column) => {
        items.push({ kind: 'text', x: COLUMNS[column], y: base, text: String(value), size, anchor: 'end' });
      });
    }
  }
  const objective = weightedTardiness(instance, sequence);
  const caption = `${name}: ${n} ${n === 1 ? 'job' : 'jobs'}, total weighted tardiness ${objective}`;
  return { width: WIDTH, height: tenth(bottom + MARGIN), items, caption };
}

function heading(): SceneItem[] {
  return ['job', 'weight', 'due'].map((text, column) => ({ kind: 'text', x: COLUMNS[column], y: TOP - 8, text, size: 11, anchor: 'end' }));
}

/** What the colours mean, in the first line. */
function legend(left: number, setups: boolean): SceneItem[] {
  const entries: (readonly [string, string])[] = [
    [COLOURS.line[0], 'in time'],
    [COLOURS.mark[0], 'late'],
    ...(setups ? [[COLOURS.muted[0], 'setup'] as const] : []),
    [COLOURS.ink[0], 'due date'],
  ];
  return entries.flatMap(([fill, text], k): SceneItem[] => {
    const x = left + 90 * k;
    const stroke = fill === COLOURS.ink[0];
    return [
      { kind: 'box', x: stroke ? x + 10 : x, y: 6, width: stroke ? 1.5 : 18, height: 10, fill },
      { kind: 'text', x: x + 24, y: 15, text, size: 11 },
    ];
  });
}

/** Times over the chart, and lines down from them: four to ten round ones. */
function axis(shown: number, bottom: number, x: (time: number) => number): SceneItem[] {
  let step = 1;
  for (let k = 0; shown / step > 10; k++) step *= k % 3 === 1 ? 2.5 : 2;
  const items: SceneItem[] = [];
  for (let time = 0; time <= shown; time += step) {
    items.push({ kind: 'path', points: [x(time), TOP - 4, x(time), bottom], stroke: COLOURS.grid[0], width: 1 });
    items.push({ kind: 'text', x: x(time), y: TOP - 8, text: String(time), size: 11, anchor: 'middle' });
  }
  return items;
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}

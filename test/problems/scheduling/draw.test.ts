import { stream } from 'lehr';
import { drawSequence, generateWt, readWt, type SchedulingInstance } from 'lehr/problems/scheduling';
import { COLOURS } from '#src/report/palette';
import { renderScene } from '#src/report/svg';
import { describe, expect, it } from 'vitest';
import { random } from './instances.ts';

type Drawn = ReturnType<typeof drawSequence>;
type Item = Drawn['items'][number];

function items<K extends Item['kind']>(scene: Drawn, kind: K): Extract<Item, { kind: K }>[] {
  return scene.items.filter((each) => each.kind === kind) as Extract<Item, { kind: K }>[];
}

/** Job 0 takes 4 after a setup of 2, job 1 then 3 after 1: 100 units of time would be 1000 wide. */
const TWO: SchedulingInstance = {
  name: 'two',
  n: 2,
  processing: Int32Array.of(40, 30),
  weights: Int32Array.of(3, 7),
  due: Int32Array.of(100, 10),
  setups: Int32Array.of(0, 10, 20, 0, 20, 20),
};

describe('drawSequence', () => {
  const scene = drawSequence(TWO, [0, 1]);
  const boxes = items(scene, 'box').filter(({ title }) => title !== undefined);

  it('has a row for each job in order, with its setup and its processing to scale', () => {
    expect(boxes.map(({ title }) => title)).toEqual([
      'setup 20',
      'job 1: weight 3, from 20 to 60, due 100',
      'setup 10',
      'job 2: weight 7, from 70 to 100, due 10, 90 late',
    ]);
    const [first, second, third, fourth] = boxes;
    expect(first.x + first.width).toBeCloseTo(second.x, 1);
    expect(second.width / first.width).toBeCloseTo(2, 1);
    expect(third.x).toBeCloseTo(second.x + second.width, 1);
    expect(fourth.x).toBeCloseTo(third.x + third.width, 1);
    expect([first.y === second.y, third.y === fourth.y, third.y > first.y]).toEqual([true, true, true]);
  });

  it('tells late jobs, setups and due dates apart by colour', () => {
    expect(boxes.map(({ fill }) => fill)).toEqual([COLOURS.muted[0], COLOURS.line[0], COLOURS.muted[0], COLOURS.mark[0]]);
    const strokes = items(scene, 'path').filter(({ stroke }) => stroke === COLOURS.ink[0]);
    // The due date of the first job is the end of the second.
    expect(strokes[0].points[0]).toBeCloseTo(boxes[3].x + boxes[3].width, 1);
    const late = items(scene, 'path').filter(({ stroke }) => stroke === COLOURS.mark[0]);
    expect(late.length).toBe(1);
    expect([late[0].points[0], late[0].points[2]]).toEqual([strokes[1].points[0], boxes[3].x]);
    const words = items(scene, 'text').map(({ text }) => text);
    expect(words.slice(0, 4)).toEqual(['in time', 'late', 'setup', 'due date']);
  });

  it('says number, weight and due date of each job, up to some 100 jobs in readable size', () => {
    const words = items(scene, 'text').map(({ text }) => text);
    expect(words.slice(-6)).toEqual(['1', '3', '100', '2', '7', '10']);
    const [hundred] = readWt(generateWt(100, { tardiness: '0.6', range: '0.4', count: '1' }, stream(1)), 'x');
    const drawn = drawSequence(
      hundred,
      Array.from({ length: 100 }, (_, j) => j),
    );
    const texts = items(drawn, 'text').filter(({ anchor, size }) => anchor === 'end' && size !== 11);
    expect(texts.length).toBe(300);
    for (const { size } of texts) expect(size).toBeGreaterThanOrEqual(10);
    expect(items(drawn, 'text').map(({ text }) => text)).not.toContain('setup');
  });

  it('has no words where there is no room, and stays of one size', () => {
    const many = random(2000, false, 1);
    const drawn = drawSequence(
      many,
      Array.from({ length: 2000 }, (_, j) => j),
    );
    expect(drawn.height).toBeLessThan(4400);
    expect(items(drawn, 'text').filter(({ anchor }) => anchor === 'end')).toEqual([]);
  });

  it('is plain data that renders, also with due dates far away and no jobs to speak of', () => {
    for (const instance of [
      TWO,
      { ...TWO, due: Int32Array.of(1_000_000, -1_000_000) },
      { ...TWO, processing: new Int32Array(2), setups: new Int32Array(6) },
    ]) {
      const drawn = drawSequence(instance, [1, 0]);
      expect(JSON.parse(JSON.stringify(drawn))).toEqual(drawn);
      expect(renderScene(drawn)).toContain('total weighted tardiness');
      for (const box of items(drawn, 'box')) expect(box.x >= 0 && box.width >= 0 && box.x + box.width <= drawn.width).toBe(true);
      for (const path of items(drawn, 'path'))
        for (let k = 0; k < path.points.length; k += 2) expect(path.points[k] >= 0 && path.points[k] <= drawn.width).toBe(true);
    }
    expect(scene.caption).toBe('two: 2 jobs, total weighted tardiness 630');
  });
});

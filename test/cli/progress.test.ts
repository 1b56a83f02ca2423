import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { progressLines } from '#src/cli/terminal/progress';
import type { Progress } from 'lehr';

let said = '';
beforeEach(() => {
  said = '';
  vi.useFakeTimers({ toFake: ['performance'] });
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    said += String(text);
    return true;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

const at = (t: number, seconds: number, best: number, stopped: Progress['stopped'] = null): Progress =>
  ({
    leg: 0,
    t,
    steps: 100 * t,
    evaluations: 0,
    seconds,
    energy: best,
    best,
    acceptance: NaN,
    controls: {},
    signals: {},
    stopped,
  }) as Progress;
const telling = ({ best }: Progress): string[] => [`best ${best}`];

test('what is left is of all chains, those that wait for a worker included, and one that has ended does not end the others', async () => {
  const lines = await progressLines(4, telling);
  lines.see(0, at(0, 0, 9));
  vi.advanceTimersByTime(6000);
  // One chain of four has come half way in six seconds: an eighth of it all.
  lines.see(1, at(0.5, 6, 5));
  lines.see(0, at(0.5, 6, 7));
  vi.advanceTimersByTime(6000);
  lines.see(0, at(1, 12, 3, 'budget'));
  lines.end();
  const [first, second] = said.trim().split('\n');
  expect(first).toMatch(/^6\.0 s {2}4 chains .* 12 % {2}42\.0 s left .*best 5/);
  expect(second).toMatch(/^12\.0 s {2}4 chains .* 37 % {2}20\.0 s left .*best 3/);
});

test('another order may say which chain is told of, and a chain alone how it ended', async () => {
  const far = await progressLines(2, telling, '', (one, than) => one.t > than.t);
  far.see(0, at(0.25, 1, 1));
  vi.advanceTimersByTime(6000);
  far.see(1, at(0.5, 1, 2));
  expect(said).toContain('best 2');
  const alone = await progressLines(1, telling);
  vi.advanceTimersByTime(6000);
  alone.see(0, at(0.75, 1, 2, 'signal'));
  expect(said).toMatch(/settled {5} {2}best 2/);
});

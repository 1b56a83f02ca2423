import { describe, expect, test } from 'vitest';
import { readRows, rowLine, type Row } from 'lehr/experiment';

const done: Row = {
  cell: 'linear(5, 1)',
  seed: 3,
  score: 12.5,
  energy: -1e-300,
  steps: 1000,
  evaluations: 1000,
  seconds: 0.25,
  stopped: 'budget',
  error: null,
};
const failed: Row = {
  cell: 'é "x"\n',
  seed: 'a',
  score: null,
  energy: null,
  steps: null,
  evaluations: null,
  seconds: null,
  stopped: 'failed',
  error: 'job 3: broken',
};
const text = rowLine(done) + rowLine(failed);

describe('rows as JSON lines', () => {
  test('read back equal', () => {
    expect(readRows(text, 'r.jsonl')).toEqual({ rows: [done, failed], torn: null });
    expect(readRows('', 'r.jsonl')).toEqual({ rows: [], torn: null });
    expect(text.split('\n').length).toBe(3);
  });

  test('cut anywhere, they give the whole lines and tell of the torn one', () => {
    const whole = rowLine(done).length;
    for (let end = 1; end < text.length; end++) {
      const { rows, torn } = readRows(text.slice(0, end), 'r.jsonl');
      const lines = end >= text.length - 1 ? 2 : end >= whole - 1 ? 1 : 0;
      expect(rows.length).toBe(lines);
      const rest = text.slice(lines === 0 ? 0 : lines === 1 ? whole : text.length, end);
      expect(torn ?? { line: lines + 1, text: rest.trim() }).toEqual({ line: lines + 1, text: rest });
    }
  });

  test.each([
    ['{"cell": 1}\n', 'r.jsonl:1: cell is 1, expected a string'],
    [`${rowLine(done)}{"cel": "a"}\n`, 'r.jsonl:2: unknown field "cel", expected cell, .*Maybe cell\\?'],
    ['\n', 'r.jsonl:1: an empty line'],
    ['[]\n', 'r.jsonl:1: the line is \\[\\], expected an object'],
    ['nonsense\n', 'r.jsonl:1: "nonsense" is not JSON'],
    [rowLine({ ...done, stopped: 'bored' as 'budget' }), 'r.jsonl:1: stopped is "bored", expected one of budget'],
    [rowLine({ ...done, steps: '7' as unknown as number }), 'r.jsonl:1: steps is "7", expected a number or null'],
    [rowLine({ ...done, seed: null as unknown as string }), 'r.jsonl:1: seed is null, expected a string or a number'],
    [rowLine({ ...done, error: 5 as unknown as string }), 'r.jsonl:1: error is 5, expected a string or null'],
  ])('%j is refused', (lines, message) => {
    expect(() => readRows(lines, 'r.jsonl')).toThrow(new RegExp(message));
  });
});

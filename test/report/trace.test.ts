import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LehrError } from 'lehr';
import { readTrace, traceLine, type TraceEntry } from '#src/report/index';
import { cooling, progress } from './sample.ts';

const entries: TraceEntry[] = cooling(20).map((given, i) => ({ chain: i % 3, progress: given }));
const text = entries.map(({ chain, progress }) => traceLine(chain, progress)).join('');

describe('traceLine', () => {
  test('is one line of JSON with null for NaN', () => {
    const line = traceLine(3, progress({ steps: 5, energy: 1.5, controls: { temperature: 2 }, signals: { heat: NaN }, stopped: 'target' }));
    expect(line).toBe(
      '{"chain":3,"leg":0,"t":0,"steps":5,"evaluations":0,"seconds":0,"energy":1.5,"best":0,"acceptance":null,"controls":{"temperature":2},"signals":{"heat":null},"stopped":"target"}\n',
    );
  });
});

describe('readTrace', () => {
  test('reads back what was written, bit for bit', () => {
    expect(readTrace(text, 't.jsonl')).toEqual({ entries, torn: null });
    expect(readTrace('', 't.jsonl')).toEqual({ entries: [], torn: null });
    expect(readTrace(text.trimEnd(), 't.jsonl')).toEqual({ entries, torn: null });
    expect(readTrace(text.replaceAll('\n', '\r\n'), 't.jsonl')).toEqual({ entries, torn: null });
  });

  test('cut anywhere, it gives the whole lines and tells of the torn one', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: text.length }), (length) => {
        const cut = text.slice(0, length);
        const { entries: read, torn } = readTrace(cut, 't.jsonl');
        const whole = cut.split('\n').length - 1;
        const rest = cut.slice(cut.lastIndexOf('\n') + 1);
        const complete = rest.endsWith('}') && text[length] === '\n';
        expect(read).toEqual(entries.slice(0, whole + (complete ? 1 : 0)));
        expect(torn).toEqual(rest === '' || complete ? null : { line: whole + 1, text: rest });
      }),
      { seed: 20260104, numRuns: 300 },
    );
  });

  const good = JSON.parse(traceLine(0, progress({ controls: { temperature: 1 } })));
  test.each<[string, string, string]>([
    ['a torn line in the middle', '{"chain":0,"le\n', 't.jsonl:2: "{\\"chain\\":0,\\"le" is not JSON, expected one JSON object per line'],
    ['an empty line', '\n', 't.jsonl:2: an empty line, expected a JSON object'],
    ['an array', '[1]\n', 't.jsonl:2: the line is [1], expected an object'],
    ['a whole last line that is no trace', '17', 't.jsonl:2: the line is 17, expected an object'],
    ['a missing field', `${JSON.stringify({ ...good, energy: undefined })}\n`, 't.jsonl:2: energy is undefined, expected a number or null'],
    ['a string for a number', `${JSON.stringify({ ...good, t: '0.5' })}\n`, 't.jsonl:2: t is "0.5", expected a number or null'],
    ['a negative chain', `${JSON.stringify({ ...good, chain: -1 })}\n`, 't.jsonl:2: chain is -1, expected a whole number from 0'],
    ['half a step', `${JSON.stringify({ ...good, steps: 0.5 })}\n`, 't.jsonl:2: steps is 0.5, expected a whole number from 0'],
    [
      'a control that is no number',
      `${JSON.stringify({ ...good, controls: { temperature: true } })}\n`,
      't.jsonl:2: controls.temperature is true, expected a number or null',
    ],
    ['controls that are no object', `${JSON.stringify({ ...good, controls: null })}\n`, 't.jsonl:2: controls is null, expected an object'],
    [
      'an unknown way to stop',
      `${JSON.stringify({ ...good, stopped: 'bored' })}\n`,
      't.jsonl:2: stopped is "bored", expected null or one of budget,',
    ],
    ['an unknown field', `${JSON.stringify({ ...good, enrgy: 1 })}\n`, 't.jsonl:2: unknown field "enrgy", expected chain, leg,'],
  ])('refuses %s', (_, line, message) => {
    const bad = `${JSON.stringify(good)}\n${line}`;
    expect(() => readTrace(bad, 't.jsonl')).toThrow(LehrError);
    expect(() => readTrace(bad, 't.jsonl')).toThrow(message);
  });

  test('the error has the code for input', () => {
    let caught: unknown;
    try {
      readTrace('x\n', 't.jsonl');
    } catch (error) {
      caught = error;
    }
    expect((caught as LehrError).code).toBe('input');
  });
});

import { readWtsds, writeWtsds } from 'lehr/problems/scheduling';
import { describe, expect, it } from 'vitest';
import { spoilt } from '../spoilt.ts';
import { refused } from '../thrown.ts';
import { random } from './instances.ts';

/** Two jobs with setups, by lines. */
const TWO = [
  'Problem Instance: 7',
  'Problem Size: 2',
  'Begin Generator Parameters',
  'Tau: 0.3',
  'R: 0.25',
  'End Generator Parameters',
  'Begin Problem Specification',
  'Process Times:',
  '3',
  '5',
  'Weights:',
  '5',
  '0',
  'Duedates:',
  '1',
  '8',
  'Setup Times:',
  '-1\t0\t1',
  '-1\t1\t2',
  '0\t1\t4',
  '1\t0\t6',
  'End Problem Specification',
  '',
];

describe('a file with setups', () => {
  const instance = readWtsds(TWO.join('\n'), 'some/two.instance');

  it('is read as it stands', () => {
    expect(instance).toEqual({
      name: 'two',
      label: '7',
      generator: [
        ['Tau', '0.3'],
        ['R', '0.25'],
      ],
      n: 2,
      processing: Int32Array.of(3, 5),
      weights: Int32Array.of(5, 0),
      due: Int32Array.of(1, 8),
      setups: Int32Array.of(0, 4, 6, 0, 1, 2),
    });
  });

  it('is written as it was', () => {
    expect(writeWtsds(instance)).toBe(TWO.join('\n'));
    for (const n of [1, 2, 9]) {
      const some = random(n, true, 3);
      expect(readWtsds(writeWtsds(some), `${some.name}.instance`)).toEqual({ ...some, label: some.name });
    }
  });

  it.each([
    ['CRLF', TWO.join('\r\n')],
    ['CR', TWO.join('\r')],
    ['a byte order mark', `\uFEFF${TWO.join('\n')}`],
    ['no final newline', TWO.join('\n').trimEnd()],
    ['blank lines and blanks', TWO.map((line) => `  ${line} \n\n`).join('')],
    ['numbers in one line', spoilt(TWO, { 9: '3 5', 10: null })],
    ['setups in any order', spoilt(TWO, { 18: TWO[20], 21: TWO[17] })],
    ['blanks in setups', spoilt(TWO, { 18: ' -1   0 1' })],
    ['other case', spoilt(TWO, { 8: 'process times :', 22: 'end problem specification' })],
  ])('may have %s', (_title, text) => {
    expect(readWtsds(text, 'two.instance')).toEqual(instance);
  });

  it('may leave out what was generated how, and its label', () => {
    const { label: _, generator: __, ...rest } = instance;
    expect(readWtsds(TWO.filter((_line, i) => i === 1 || i >= 6).join('\n'), 'two.instance')).toEqual(rest);
  });

  it.each<readonly [title: string, text: string, message: string]>([
    ['nothing', ' \n', 'a.instance:1: the file is empty, expected an instance with setups.'],
    ['binary', 'Problem\0', 'a.instance:1: a NUL character, expected text. Maybe the file is binary, compressed, or saved as UTF-16.'],
    [
      'prose',
      'Dear Sir\n',
      'a.instance:1: "Dear Sir" before the specification, expected Problem Instance:, Problem Size:, Begin Generator Parameters or Begin Problem Specification.',
    ],
    [
      'no size',
      spoilt(TWO, { 2: null }),
      'a.instance:6: Problem Size is missing, expected Problem Size: and the number of jobs before the specification.',
    ],
    [
      'a size of 0',
      spoilt(TWO, { 2: 'Problem Size: 0' }),
      'a.instance:2: Problem Size is "0", expected a whole number of jobs, at least 1.',
    ],
    [
      'a size of 2.5',
      spoilt(TWO, { 2: 'Problem Size: 2.5' }),
      'a.instance:2: Problem Size is "2.5", expected a whole number of jobs, at least 1.',
    ],
    [
      'a larger size',
      spoilt(TWO, { 2: 'Problem Size: 3' }),
      'a.instance:11: Process Times: the list has 2 numbers, expected 3, as Problem Size says. Maybe the file is cut.',
    ],
    [
      'a smaller size',
      spoilt(TWO, { 2: 'Problem Size: 1' }),
      'a.instance:10: Process Times: "5" is one number more than the 1 that Problem Size says, expected the next list.',
    ],
    [
      'an open generator',
      spoilt(TWO, { 6: null }),
      'a.instance:6: "Begin Problem Specification" among the generator\'s parameters, expected KEY: value or End Generator Parameters.',
    ],
    [
      'a negative time',
      spoilt(TWO, { 10: '-5' }),
      'a.instance:10: processing time of job 1 is "-5", expected a whole number from 0 to 1000000000.',
    ],
    [
      'half a time',
      spoilt(TWO, { 9: '3.5' }),
      'a.instance:9: processing time of job 0 is "3.5", expected a whole number from 0 to 1000000000.',
    ],
    [
      'a time in words',
      spoilt(TWO, { 9: '?' }),
      'a.instance:9: processing time of job 0 is "?", expected a whole number from 0 to 1000000000.',
    ],
    [
      'a negative weight',
      spoilt(TWO, { 12: '-1' }),
      'a.instance:12: weight of job 0 is "-1", expected a whole number from 0 to 1000000000.',
    ],
    [
      'a huge due date',
      spoilt(TWO, { 15: '1e10' }),
      'a.instance:15: due date of job 0 is "1e10", expected a whole number from -1000000000 to 1000000000.',
    ],
    ['lists in another order', spoilt(TWO, { 8: 'Weights:', 11: 'Process Times:' }), 'a.instance:8: "Weights:", expected Process Times:'],
    [
      'no setups',
      spoilt(TWO, { 17: null, 18: null, 19: null, 20: null, 21: null }),
      'a.instance:17: "End Problem Specification", expected Setup Times:',
    ],
    [
      'a missing setup',
      spoilt(TWO, { 20: null }),
      'a.instance:21: the setup of job 1 after job 0 is missing, expected 4 lines i j s, but there are 3. Maybe the file is cut.',
    ],
    [
      'a missing first setup',
      spoilt(TWO, { 18: null }),
      'a.instance:21: the setup of job 0 as the first is missing, expected 4 lines i j s, but there are 3. Maybe the file is cut.',
    ],
    [
      'a second setup',
      spoilt(TWO, { 20: TWO[20] }),
      'a.instance:21: the setup of job 0 after job 1 is given a second time, first in line 20; expected it once.',
    ],
    ['a setup after itself', spoilt(TWO, { 20: '1\t1\t0' }), 'a.instance:20: a setup of job 1 after itself, expected two jobs.'],
    [
      'a setup of job 2',
      spoilt(TWO, { 20: '0\t2\t0' }),
      'a.instance:20: the job after a setup is "2", expected a whole number from 0 to 1.',
    ],
    [
      'a setup after job −2',
      spoilt(TWO, { 20: '-2\t1\t0' }),
      'a.instance:20: the job before a setup is "-2", expected a whole number from -1 to 1.',
    ],
    [
      'a negative setup',
      spoilt(TWO, { 20: '0\t1\t-4' }),
      'a.instance:20: setup of job 1 after job 0 is "-4", expected a whole number from 0 to 1000000000.',
    ],
    [
      'a short setup',
      spoilt(TWO, { 20: '0\t1' }),
      'a.instance:20: "0\\t1" is no line of a setup, expected i j s: two jobs, from 0 (i −1 for the first), and the time.',
    ],
    [
      'a long setup',
      spoilt(TWO, { 20: '0\t1\t4\t4' }),
      'a.instance:20: "0\\t1\\t4\\t4" is no line of a setup, expected i j s: two jobs, from 0 (i −1 for the first), and the time.',
    ],
    ['no end', spoilt(TWO, { 22: null }), 'a.instance:21: the file ends, expected End Problem Specification. Maybe it is cut.'],
    [
      'cut in a list',
      TWO.slice(0, 11).join('\n'),
      'a.instance:11: Weights: the list has 0 numbers, expected 2, as Problem Size says. Maybe the file is cut.',
    ],
    [
      'cut before the lists',
      TWO.slice(0, 6).join('\n'),
      'a.instance:6: Begin Problem Specification is missing, expected one. Maybe the file is cut.',
    ],
    [
      'two files',
      TWO.join('\n') + TWO.join('\n'),
      'a.instance:23: "Problem Instance: 7" follows the specification, expected the end of the file. Maybe two files were joined.',
    ],
  ])('is refused: %s', (_title, text, message) => {
    expect(refused(() => readWtsds(text, 'a.instance'))).toBe(message);
  });
});

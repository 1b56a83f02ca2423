import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  catalogue,
  adaptiveReheat,
  constant,
  cosine,
  exponential,
  huang,
  lamTarget,
  linear,
  modifiedLam,
  parse,
  piecewise,
  polynomial,
  print,
  reduceOnPlateau,
  reheat,
  sample,
  scale,
  selfTuningLam,
  sequence,
  signature,
  specOf,
  table,
  targetAcceptance,
  warmRestarts,
  warmup,
  type Control,
} from 'lehr/schedules';
import { control } from './arbitrary.ts';

const seed = 20264;

describe('what a text means, and how it is printed', () => {
  test.each<[text: string, control: Control, printed?: string]>([
    ['0.5', 0.5],
    ['constant(0.5)', constant(0.5), '0.5'],
    ['-1e-3', -0.001, '-0.001'],
    ['1e21', 1e21, '1e+21'],
    ['exponential(10, 0.1)', exponential(10, 0.1)],
    [' exponential( 10,0.1 )\n', exponential(10, 0.1), 'exponential(10, 0.1)'],
    ['exponential(to: .1, from: +10.)', exponential(10, 0.1), 'exponential(10, 0.1)'],
    ['polynomial(1, 0, power: 2)', polynomial(1, 0), 'polynomial(1, 0)'],
    ['polynomial(1, 0, power: 3)', polynomial(1, 0, { power: 3 })],
    ['modified-lam', modifiedLam()],
    ['modifiedLam()', modifiedLam(), 'modified-lam'],
    ['modified-lam(temperature: 2)', modifiedLam({ temperature: 2 })],
    ['self-tuning-lam', selfTuningLam()],
    ['selfTuningLam()', selfTuningLam(), 'self-tuning-lam'],
    ['target-acceptance(0.44)', targetAcceptance(0.44)],
    ['target-acceptance(lam-target, memory: 100)', targetAcceptance(lamTarget, { memory: 100 })],
    ['targetAcceptance(lamTarget(), gain: 0.01)', targetAcceptance(lamTarget, { gain: 0.01 }), 'target-acceptance(lam-target, gain: 0.01)'],
    ['target-acceptance(linear(0.8, 0.1), temperature: 2)', targetAcceptance(linear(0.8, 0.1), { temperature: 2 })],
    ['huang', huang()],
    ['huang(stay: 500 steps, lambda: 1)', huang({ stay: { steps: 500 }, lambda: 1 })],
    ['adaptive-reheat(exponential(10, 0.1), patience: 0.1, factor: 3)', adaptiveReheat(exponential(10, 0.1), { patience: 0.1, factor: 3 })],
    [
      'adaptive-reheat(self-tuning-lam, patience: 500 steps, factor: 2)',
      adaptiveReheat(selfTuningLam(), { patience: { steps: 500 }, factor: 2 }),
    ],
    ['reduce-on-plateau(0.1)', reduceOnPlateau(0.1)],
    [
      'reduce-on-plateau(0.1, signal: validation-loss, mode: max, patience: 3, threshold-mode: abs, min: 0.001)',
      reduceOnPlateau(0.1, { signal: 'validation-loss', mode: 'max', patience: 3, thresholdMode: 'abs', min: 0.001 }),
    ],
    [
      'reduceOnPlateau(1, signal: validationLoss, thresholdMode: abs)',
      reduceOnPlateau(1, { signal: 'validationLoss', thresholdMode: 'abs' }),
      'reduce-on-plateau(1, signal: validationLoss, threshold-mode: abs)',
    ],
    ['warmup(0.05) > cosine(1, 0)', warmup(0.05, cosine(1, 0))],
    ['warmup(0.05, cosine(1, 0))', warmup(0.05, cosine(1, 0)), 'warmup(0.05) > cosine(1, 0)'],
    ['warmup(over: 500 steps) > 1', warmup({ steps: 500 }, 1), 'warmup(500 steps) > 1'],
    ['warmup(1 step) > 1', warmup({ steps: 1 }, 1)],
    ['linear(5, 1) for 0.5 > constant(1)', sequence([0.5, linear(5, 1)], 1), 'linear(5, 1) for 0.5 > 1'],
    ['linear(5, 1) for 0.5 > 1 for 0.5', sequence([0.5, linear(5, 1)], 1), 'linear(5, 1) for 0.5 > 1'],
    ['sequence([0.5, linear(5, 1)], 1)', sequence([0.5, linear(5, 1)], 1), 'linear(5, 1) for 0.5 > 1'],
    ['2 for 100 steps > 1', sequence([{ steps: 100 }, 2], 1)],
    ['3 for 0.2 > 2 for 0.3 > 1', sequence([0.2, 3], [0.3, 2], 1)],
    ['3 for 0.2 > (2 for 0.3 > 1)', sequence([0.2, 3], sequence([0.3, 2], 1))],
    ['(3 for 0.2 > 2) for 0.3 > 1', sequence([0.3, sequence([0.2, 3], 2)], 1)],
    ['warmup(0.1) > 3 for 0.2 > 1', warmup(0.1, sequence([0.2, 3], 1))],
    ['3 for 0.2 > warmup(0.1) > 1', sequence([0.2, 3], warmup(0.1, 1))],
    ['(warmup(0.1) > 3) for 0.2 > 1', sequence([0.2, warmup(0.1, 3)], 1)],
    ['warmup(0.1) > warmup(0.2) > 3', warmup(0.1, warmup(0.2, 3))],
    ['((cosine(1, 0)))', cosine(1, 0), 'cosine(1, 0)'],
    ['scale(cosine(1, 0), 0.5)', scale(cosine(1, 0), 0.5)],
    ['scale(2 for 0.5 > 1, 0.5)', scale(sequence([0.5, 2], 1), 0.5)],
    ['warm-restarts(cosine(1, 0), 4)', warmRestarts(cosine(1, 0), 4)],
    [
      'warmRestarts(cosine(1, 0), cycles: 4, factor: 2)',
      warmRestarts(cosine(1, 0), 4, { factor: 2 }),
      'warm-restarts(cosine(1, 0), 4, factor: 2)',
    ],
    ['warm-restarts(cosine(1, 0), first: 10 steps, factor: 2)', warmRestarts(cosine(1, 0), { first: { steps: 10 }, factor: 2 })],
    ['piecewise([0.5, 1], [0.3, 0.1], 0.01)', piecewise([0.5, 1], [0.3, 0.1], 0.01)],
    ['table([1, -2, 3e-5])', table([1, -2, 3e-5]), 'table([1, -2, 0.00003])'],
    ['reheat(3, at: [0.5, 0.8], factor: 4)', reheat(3, { at: [0.5, 0.8], factor: 4 })],
    ['cyclical(0, 1, period: 0.5, shape: exp-range, gamma: 0.9)', parse('cyclical(0, 1, shape: expRange, gamma: .9, period: .5)')],
  ])('%s', (text, meant, printed = text) => {
    expect(specOf(parse(text))).toEqual(specOf(meant));
    expect(print(parse(text))).toBe(printed);
    expect(print(meant)).toBe(printed);
    expect(print(specOf(meant))).toBe(printed);
  });

  test('any control is read back from its text with the same spec, and its text is canonical', () => {
    fc.assert(
      fc.property(control, (one) => {
        const text = print(one);
        expect(specOf(parse(text))).toEqual(specOf(one));
        expect(print(parse(text))).toBe(text);
      }),
      { seed, numRuns: 1000 },
    );
  });
});

describe('errors show the place', () => {
  const names =
    'constant, linear, exponential, cosine, polynomial, inverse-time, exponential-decay, inverse-square-root, logarithmic, robbins-monro, step, multi-step, one-cycle, piecewise, table, cyclical, lam-target, sequence, warmup, warm-restarts, reheat, swa, scale, offset, clamp, modified-lam, self-tuning-lam, target-acceptance, huang, adaptive-reheat, reduce-on-plateau';
  test.each<[text: string, message: string, shown: string, caret: string]>([
    [
      'modified-lan',
      `schedule: unknown name "modified-lan", expected one of ${names}. Maybe modified-lam?`,
      'modified-lan',
      '^^^^^^^^^^^^',
    ],
    [
      'scale(sgdr(1, 2), 3)',
      `schedule: unknown name "sgdr", expected one of ${names}. Maybe warm-restarts?`,
      'scale(sgdr(1, 2), 3)',
      '      ^^^^',
    ],
    ['qwertyuiop', `schedule: unknown name "qwertyuiop", expected one of ${names}.`, 'qwertyuiop', '^^^^^^^^^^'],
    ['', 'schedule: found the end of the text, expected a schedule: a number, a name, or name(…).', '', '^'],
    [
      'exponential(10, -1)',
      'exponential: to is -1, expected a finite number above 0. Maybe linear, which may end at 0.',
      'exponential(10, -1)',
      '                ^^',
    ],
    [
      'exponential(10 0.1)',
      'schedule: found "0.1", expected a comma or a closing parenthesis.',
      'exponential(10 0.1)',
      '               ^^^',
    ],
    [
      'exponential(10, 0.1',
      'schedule: found the end of the text, expected a comma or a closing parenthesis.',
      'exponential(10, 0.1',
      '                   ^',
    ],
    ['exponential(10)', 'exponential: to missing, expected as in exponential(10, 0.1).', 'exponential(10)', '^^^^^^^^^^^^^^^'],
    ['step(1)', 'step: every: … missing, expected as in step(1, factor: 0.5, every: 0.2).', 'step(1)', '^^^^^^^'],
    ['cosine(1, 0, 3)', 'cosine: too many values, expected 2 without a name. Maybe exponent: 3?', 'cosine(1, 0, 3)', '             ^'],
    [
      'polynomial(1, 0, 3)',
      'polynomial: too many values, expected 2 without a name. Maybe power: 3?',
      'polynomial(1, 0, 3)',
      '                 ^',
    ],
    [
      'polynomial(1, 0, pwer: 3)',
      'polynomial: unknown parameter "pwer", expected from, to, power, cycle. Maybe power?',
      'polynomial(1, 0, pwer: 3)',
      '                 ^^^^',
    ],
    ['cosine(1, 0, from: 2)', 'cosine: from is given twice, expected once.', 'cosine(1, 0, from: 2)', '             ^^^^'],
    ['cosine(1, x)', 'schedule: found x, expected a number.', 'cosine(1, x)', '          ^'],
    ['cosine(1, 5 steps)', 'schedule: found 5 steps, expected a number.', 'cosine(1, 5 steps)', '          ^^^^^^^'],
    [
      'warmup(500) > 1',
      'warmup: over is 500, expected a share of the run above 0 and below 1, or a count { steps }. Maybe { steps: 500 }, in text 500 steps.',
      'warmup(500) > 1',
      '       ^^^',
    ],
    [
      'warmup(500 sweeps) > 1',
      'schedule: found "sweeps", expected `>`, `for`, a comma, or `steps` after a count.',
      'warmup(500 sweeps) > 1',
      '           ^^^^^^',
    ],
    [
      'warmup(0.1)',
      'warmup: nothing follows, expected what it warms up to. Maybe `warmup(0.05) > cosine(1, 0)`.',
      'warmup(0.1)',
      '^^^^^^^^^^^',
    ],
    [
      'warmup(0.1) for 0.2 > 1',
      'warmup: it says how long it lasts itself, expected no `for`. Maybe put it and what follows in parentheses.',
      'warmup(0.1) for 0.2 > 1',
      '                ^^^',
    ],
    [
      'cosine(1, 0) > 2',
      'schedule: all but the last must say how long they last, expected `for` and a share or a count of steps. Maybe `… for 0.5 > …`.',
      'cosine(1, 0) > 2',
      '^^^^^^^^^^^^',
    ],
    [
      'cosine(1, 0) for 0.5',
      'schedule: nothing follows after this length, expected `>` and another schedule.',
      'cosine(1, 0) for 0.5',
      '                 ^^^',
    ],
    [
      '1 for 50 > 2',
      'sequence: phases[0] is 50, expected a share of the run above 0 and at most 1, or a count { steps }. Maybe { steps: 50 }, in text 50 steps.',
      '1 for 50 > 2',
      '      ^^',
    ],
    [
      '1 for long > 2',
      'schedule: found "long", expected a length after `for`: a share such as 0.5, or 500 steps.',
      '1 for long > 2',
      '      ^^^^',
    ],
    ['table([1, 2, cosine])', 'schedule: found cosine, expected a number.', 'table([1, 2, cosine])', '             ^^^^^^'],
    [
      'reheat(3, at: [0.5, 0.2], factor: 4)',
      'reheat: at[1] is 0.2, expected increasing shares above 0 and below 1.',
      'reheat(3, at: [0.5, 0.2], factor: 4)',
      '                    ^^^',
    ],
    [
      'piecewise([0.5, 1], [2, 1], 3)',
      'piecewise: pieces[1] is 2, expected a share above 0 and at most 1.',
      'piecewise([0.5, 1], [2, 1], 3)',
      '                    ^^^^^^',
    ],
    ['piecewise([0.5], 3)', 'schedule: found a list of 1, expected [share, value].', 'piecewise([0.5], 3)', '          ^^^^^'],
    [
      'cyclical(0, 1, period: 0.5, shape: expo-range)',
      'shape: expo-range, expected triangular, triangular2, exp-range. Maybe exp-range?',
      'cyclical(0, 1, period: 0.5, shape: expo-range)',
      '                                   ^^^^^^^^^^',
    ],
    [
      'reduce-on-plateau(1, signal: 5)',
      "schedule: found 5, expected a signal's name.",
      'reduce-on-plateau(1, signal: 5)',
      '                             ^',
    ],
    [
      'reduce-on-plateau(1, factor: 2)',
      'reduceOnPlateau: factor is 2, expected a number above 0 and below 1.',
      'reduce-on-plateau(1, factor: 2)',
      '                             ^',
    ],
    ['[1, 2]', 'schedule: found "[", expected a schedule: a number, a name, or name(…).', '[1, 2]', '^'],
    ['scale([1, 2], 3)', 'schedule: found a list, expected a schedule.', 'scale([1, 2], 3)', '      ^^^^^^'],
    ['cosine(1, 0) $', 'schedule: unexpected "$", expected a number, a name or one of ( ) [ ] , : >.', 'cosine(1, 0) $', '             ^'],
    ['1e999', 'schedule: 1e999 is beyond the numbers there are, expected at most 1.8e308.', '1e999', '^^^^^'],
    ['cosine(1, 0) 2', 'schedule: found "2", expected `>`, `for` or the end of the text.', 'cosine(1, 0) 2', '             ^'],
    ['scale(\n\tlinear(1, b),\n 2)', 'schedule: found b, expected a number.', ' linear(1, b),', '           ^'],
    [`table([${'1, '.repeat(60)}x])`, 'schedule: found x, expected a number.', `…${'1, '.repeat(60).slice(-40)}x])`, `${' '.repeat(41)}^`],
  ])('%j', (text, message, shown, caret) => {
    let thrown: any;
    try {
      parse(text);
    } catch (error) {
      thrown = error;
    }
    expect(thrown?.code).toBe('option');
    expect(thrown.message).toBe(`${message}\n  ${shown}\n  ${caret}`);
  });

  test('what is no text at all', () => {
    expect(() => parse(5 as never)).toThrow('schedule: 5, expected a text such as "exponential(10, 0.1)".');
    expect(() => print(((t: number) => t) as Control)).toThrow('a bare function without a spec');
  });

  test('nesting cannot exhaust the stack', () => {
    for (const text of ['('.repeat(1e5), 'scale('.repeat(1e5), `table(${'['.repeat(1e5)}`, `${'warmup(0.1) > '.repeat(1e4)}1`]) {
      expect(() => parse(text)).toThrow('nested more than 50 deep');
    }
  });

  test('many side by side are not nested', () => {
    const text = `${'(2 for 0.5 > 1) for 0.01 > '.repeat(60)}3`;
    expect(print(parse(text))).toBe(text);
  });

  test('any text either has a meaning or is refused with its place', () => {
    const bits = fc.constantFrom(
      'cosine',
      'warmup',
      'warm-restarts',
      'table',
      'piecewise',
      'shape',
      'steps',
      'for',
      '>',
      '(',
      ')',
      '[',
      ']',
      ',',
      ':',
      '1',
      '0.5',
      '-3',
      ' ',
      'é',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(bits, { maxLength: 20 }).map((parts) => parts.join(' ')),
        ),
        (text) => {
          let thrown: any = null;
          try {
            print(parse(text));
          } catch (error) {
            thrown = error;
          }
          expect([undefined, 'option']).toContain(thrown?.code);
          expect(thrown?.message ?? '\n  \n  ^').toMatch(/\n {2}.*\n {2} *\^+$/s);
        },
      ),
      { seed, numRuns: 3000 },
    );
  });
});

describe('the listing', () => {
  test.each(catalogue.map((definition) => [definition.name, definition] as const))('%s: its example works', (_, definition) => {
    const text = print(parse(definition.example));
    expect(specOf(parse(text))).toEqual(specOf(parse(definition.example)));
    const used =
      definition.name === 'constant'
        ? /^\d/
        : definition.name === 'sequence'
          ? / for .* > /
          : new RegExp(signature(definition).split('(')[0]);
    expect(definition.example).toMatch(used);
  });

  // Of one that listens there is something to plot only if it steers along a known course.
  const plotted = catalogue.filter(({ kind, target }) => kind !== 'controller' || target !== undefined);
  test.each(plotted.map(({ name, example }) => [name, example]))('%s: its example can be plotted', (_, example) => {
    expect(sample(parse(example)).value).toHaveLength(100);
  });

  test('the others say why not', () => {
    const others = catalogue.filter((definition) => !plotted.includes(definition));
    expect(others.map(({ name }) => name)).toEqual(['huang', 'adaptiveReheat', 'reduceOnPlateau']);
    for (const { example } of others) expect(() => sample(parse(example))).toThrow('so its values exist only in a run');
  });

  test('signatures', () => {
    const of = (name: string) => signature(catalogue.find((definition) => definition.name === name)!);
    expect(of('linear')).toBe('linear(from, to)');
    expect(of('inverseTime')).toBe('inverse-time(initial, rate: NUMBER, every: 1 step, shape: smooth)');
    expect(of('warmup')).toBe('warmup(over) > SCHEDULE');
    expect(of('modifiedLam')).toBe('modified-lam(temperature: 0.5)');
    expect(of('selfTuningLam')).toBe('self-tuning-lam');
    expect(of('reduceOnPlateau')).toContain('signal: energy, mode: min, factor: 0.1, patience: 10, threshold: 0.0001, threshold-mode: rel');
    expect(of('piecewise')).toBe('piecewise([share, value], …)');
  });

  test('names are unique, also among the other names they are known by', () => {
    const all = catalogue.flatMap((definition) => [definition.name, ...(definition.also ?? [])]);
    expect(new Set(all).size).toBe(all.length);
  });
});

describe('sample', () => {
  test('gives t, step and value of each block', () => {
    expect(sample(linear(4, 0), { blocks: 5, steps: 50 })).toEqual({
      of: 'value',
      t: [0, 0.25, 0.5, 0.75, 1],
      step: [0, 10, 20, 30, 40],
      value: [4, 3, 2, 1, 0],
    });
    expect(sample(2, { blocks: 1 })).toEqual({ of: 'value', t: [1], step: [0], value: [2] });
    expect(sample(parse('2 for 20 steps > 1'), { blocks: 5, steps: 50 }).value).toEqual([2, 2, 1, 1, 1]);
  });

  test('gives the target of one that listens, and refuses what has none', () => {
    const lam = sample(modifiedLam(), { blocks: 4, steps: 400 });
    expect(lam.of).toEqual({ target: 'acceptance' });
    expect(lam.value[0]).toBe(1);
    expect(lam.value[2]).toBe(0.44);
    expect(sample(selfTuningLam(), { blocks: 4, steps: 400 })).toEqual(lam);
    const line = sample(targetAcceptance(linear(0.8, 0.2)), { blocks: 3, steps: 300 });
    expect(line).toEqual({ of: { target: 'acceptance' }, t: [0, 0.5, 1], step: [0, 100, 200], value: [0.8, 0.5, 0.2] });
    expect(sample(targetAcceptance(scale(linear(0.8, 0.2), 0.5)), { blocks: 3, steps: 300 }).value).toEqual([0.4, 0.25, 0.1]);
    expect(() => sample(huang())).toThrow('sample: huang listens to meanEnergy, energyVariance, so its values exist only in a run');
    expect(() => sample(reduceOnPlateau(1))).toThrow('sample: reduce-on-plateau listens to energy, so');
    expect(() => sample(scale(modifiedLam(), 2))).toThrow('sample: scale listens to acceptance, so its values exist only in a run');
    expect(() => sample(linear(1, 0), { blocks: 0 })).toThrow('sample: blocks is 0, expected a whole number of at least 1.');
    expect(() => sample(linear(1, 0), { blocks: 20, steps: 10 })).toThrow(
      'sample: steps is 10, expected a whole number of at least blocks (20).',
    );
  });
});

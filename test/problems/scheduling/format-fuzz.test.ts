import { existsSync, readdirSync, readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { LehrError, stream } from 'lehr';
import {
  checkSequence,
  generateWt,
  generateWtsds,
  readSequence,
  readWt,
  readWtsds,
  wtFamily,
  wtsdsFamily,
  writeSequence,
  writeWt,
  writeWtsds,
  type SchedulingInstance,
} from 'lehr/problems/scheduling';
import { describe, expect, it } from 'vitest';

const shared = new URL('../../../../shared/instances/', import.meta.url);

const SETUPS = generateWtsds(4, { tau: '0.6', range: '0.25', eta: '0.25', beta: '0.3' }, stream(1));
const WT = { tardiness: '0.6', range: '0.4', count: '2' };
const PLAIN = [generateWt(5, WT, stream(1)), generateWt(12, WT, stream(2)).replaceAll('\n', '\r\n')];
const SEQUENCES = [writeSequence([0, 2, 1, 4, 3], 't', 7), '1 2 3\n4 5\n', '# a\r\n5 4 3 2 1\r\n', 'other 4 : 0 1\nt 7 : 0 2 1 4 3\n'];
const WORDS = [
  'NaN',
  '-1',
  '0',
  '1e999',
  '-0',
  '1000000000000',
  '4',
  ':',
  '\0',
  '\u00ff',
  '#',
  '\r',
  '\uFEFF',
  '1 1 1',
  '0\t1\t1',
  'Problem Size: 9999999',
];
WORDS.push('End Problem Specification', 'Weights:', 'Begin Generator Parameters', 't 1 :');

/** What happens to a file on its way: bytes changed, text cut out or put in, lines dropped, repeated or moved, the end missing. */
type Accident = (text: string) => string;
const at = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const byte: fc.Arbitrary<Accident> = fc.tuple(at, fc.integer({ min: 0, max: 255 })).map(([where, code]) => (text) => {
  const i = Math.floor(where * text.length);
  return text.slice(0, i) + String.fromCharCode(code) + text.slice(i + 1);
});
const cut: fc.Arbitrary<Accident> = at.map((where) => (text) => text.slice(0, Math.floor(where * text.length)));
const hole: fc.Arbitrary<Accident> = fc.tuple(at, fc.nat({ max: 20 })).map(([where, size]) => (text) => {
  const i = Math.floor(where * text.length);
  return text.slice(0, i) + text.slice(i + size);
});
const word: fc.Arbitrary<Accident> = fc
  .tuple(at, fc.constantFrom(...WORDS), fc.constantFrom('', ' ', '\n'))
  .map(([where, put, blank]) => (text) => {
    const i = Math.floor(where * text.length);
    return text.slice(0, i) + blank + put + blank + text.slice(i);
  });
const line: fc.Arbitrary<Accident> = fc.tuple(at, at, fc.constantFrom('drop', 'repeat', 'move')).map(([from, to, what]) => (text) => {
  const lines = text.split('\n');
  const i = Math.floor(from * lines.length);
  const moved = lines[i];
  if (what !== 'repeat') lines.splice(i, 1);
  if (what !== 'drop') lines.splice(Math.floor(to * lines.length), 0, moved);
  return lines.join('\n');
});
const accident = fc.oneof(byte, cut, hole, word, line);
const accidents = fc.array(accident, { minLength: 1, maxLength: 3 });

/** Reads a sound value, or refuses with the documented error, within seconds (a generous bound: it takes milliseconds); else throws. */
function readsOrRefuses<T>(read: () => T, sound: (value: T) => void): 'read' | 'refused' {
  const began = performance.now();
  let value: T;
  try {
    value = read();
  } catch (error) {
    const documented = error instanceof LehrError && error.code === 'input' && /^f:[1-9]\d*: [^]+[,;] expected [^]+/.test(error.message);
    if (!documented) throw error;
    return 'refused';
  } finally {
    expect(performance.now() - began).toBeLessThan(5000);
  }
  sound(value);
  return 'read';
}

function soundSetups(instance: SchedulingInstance): void {
  expect(readWtsds(writeWtsds(instance), 'f')).toEqual({ ...instance, label: instance.label ?? 'f' });
  expect(instance.setups!.length).toBe((instance.n + 1) * instance.n);
}

function soundPlain(instances: SchedulingInstance[]): void {
  expect(readWt(writeWt(instances), 'f')).toEqual(instances);
}

it('files with setups after accidents: read soundly or refused', () => {
  const outcomes = { read: 0, refused: 0 };
  fc.assert(
    fc.property(accidents, (happen) => {
      const text = happen.reduce((spoilt, happens) => happens(spoilt), SETUPS);
      outcomes[readsOrRefuses(() => readWtsds(text, 'f'), soundSetups)]++;
      expect(typeof wtsdsFamily.recognise(text)).toBe('boolean');
    }),
    { seed: 5, numRuns: 4000 },
  );
  // Both happen often, so neither half of the claim is empty.
  expect(outcomes.read).toBeGreaterThan(200);
  expect(outcomes.refused).toBeGreaterThan(200);
});

it('files without setups after accidents: read soundly or refused', () => {
  const outcomes = { read: 0, refused: 0 };
  fc.assert(
    fc.property(fc.constantFrom(...PLAIN), accidents, (file, happen) => {
      const text = happen.reduce((spoilt, happens) => happens(spoilt), file);
      outcomes[readsOrRefuses(() => readWt(text, 'f'), soundPlain)]++;
      expect(typeof wtFamily.recognise(text)).toBe('boolean');
    }),
    { seed: 6, numRuns: 4000 },
  );
  expect(outcomes.read).toBeGreaterThan(200);
  expect(outcomes.refused).toBeGreaterThan(200);
});

it('sequences after accidents: a permutation or refused', () => {
  const outcomes = { read: 0, refused: 0 };
  fc.assert(
    fc.property(fc.constantFrom(...SEQUENCES), accidents, (file, happen) => {
      const text = happen.reduce((spoilt, happens) => happens(spoilt), file);
      outcomes[
        readsOrRefuses(
          () => readSequence(text, 'f', 't', 5),
          (sequence) => checkSequence(sequence, 5),
        )
      ]++;
    }),
    { seed: 7, numRuns: 3000 },
  );
  expect(outcomes.read).toBeGreaterThan(100);
  expect(outcomes.refused).toBeGreaterThan(100);
});

it('any text at all: read or refused', () => {
  const lines = [SETUPS, ...PLAIN].flatMap((file) => file.split('\n'));
  const some = fc.oneof(fc.constantFrom(...lines), fc.constantFrom(...WORDS), fc.string({ unit: 'binary', maxLength: 30 }));
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.array(some, { maxLength: 20 }).map((all) => all.join('\n')),
  );
  fc.assert(
    fc.property(text, (text) => {
      readsOrRefuses(() => readWtsds(text, 'f'), soundSetups);
      readsOrRefuses(() => readWt(text, 'f'), soundPlain);
      readsOrRefuses(
        () => readSequence(text, 'f', 't', 3),
        (sequence) => checkSequence(sequence, 3),
      );
      for (const family of [wtFamily, wtsdsFamily]) expect(typeof family.recognise(text)).toBe('boolean');
    }),
    { seed: 8, numRuns: 2000 },
  );
});

describe.skipIf(!existsSync(new URL('best-known.csv', shared)))('public files with bytes changed', () => {
  const changes = fc.array(byte, { minLength: 1, maxLength: 2 });

  it('are read soundly or refused', () => {
    const files = readdirSync(new URL('wtsds/', shared))
      .filter((name) => name.endsWith('.instance'))
      .slice(0, 6);
    const texts = files.map((name) => readFileSync(new URL(`wtsds/${name}`, shared), 'latin1'));
    const outcomes = { read: 0, refused: 0 };
    fc.assert(
      fc.property(fc.constantFrom(...texts), changes, (file, happen) => {
        const text = happen.reduce((spoilt, happens) => happens(spoilt), file);
        outcomes[
          readsOrRefuses(
            () => readWtsds(text, 'f'),
            (instance) => expect(instance.n).toBe(60),
          )
        ]++;
      }),
      { seed: 9, numRuns: 300 },
    );
    const plain = readFileSync(new URL('wt/wt40-a.txt', shared), 'latin1');
    fc.assert(
      fc.property(changes, (happen) => {
        const text = happen.reduce((spoilt, happens) => happens(spoilt), plain);
        outcomes[
          readsOrRefuses(
            () => readWt(text, 'f'),
            (instances) => expect(instances.every(({ n }) => n === instances[0].n)).toBe(true),
          )
        ]++;
      }),
      { seed: 10, numRuns: 300 },
    );
    expect(outcomes.read).toBeGreaterThan(30);
    expect(outcomes.refused).toBeGreaterThan(30);
  });
});

it('a Problem Size that the file does not hold takes no memory', () => {
  const before = process.memoryUsage().arrayBuffers;
  for (const size of ['9999999', '100000000']) {
    const text = SETUPS.replace('Problem Size: 4', `Problem Size: ${size}`);
    expect(() => readWtsds(text, 'f')).toThrow(`the list has 4 numbers, expected ${size}, as Problem Size says. Maybe the file is cut.`);
  }
  const lists = Array.from({ length: 3 }, (_, k) => `${['Process Times', 'Weights', 'Duedates'][k]}:\n${'1 '.repeat(50_000)}\n`).join('');
  const text = `Problem Size: 50000\nBegin Problem Specification\n${lists}Setup Times:\n0 1 5\nEnd Problem Specification\n`;
  expect(() => readWtsds(text, 'f')).toThrow(
    'Setup Times: the list has 1 lines, expected 2500000000. Maybe the file is cut, or Problem Size is wrong.',
  );
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(10_000_000);
});

it('long lines and long nonsense take time in proportion', () => {
  const blanks = ' '.repeat(2_000_000);
  const texts = [
    'x'.repeat(2_000_000),
    blanks,
    `1${blanks}b`,
    `Problem Size ${'\t '.repeat(1_000_000)}:`,
    '1 '.repeat(1_000_000),
    'A : b\n'.repeat(300_000),
  ];
  texts.push(
    `Problem Size: ${'9'.repeat(2_000_000)}`,
    `${blanks}Process Times:`,
    '\n'.repeat(2_000_000),
    '9'.repeat(2_000_000),
    '#\n'.repeat(500_000),
    '1\n'.repeat(300_000),
  );
  for (const text of texts) {
    readsOrRefuses(() => readWtsds(text, 'f'), soundSetups);
    readsOrRefuses(
      () => readWt(text, 'f'),
      () => {},
    );
    readsOrRefuses(
      () => readSequence(text, 'f', 't', 3),
      (sequence) => checkSequence(sequence, 3),
    );
    for (const family of [wtFamily, wtsdsFamily]) expect(typeof family.recognise(text.slice(0, 8192))).toBe('boolean');
  }
});

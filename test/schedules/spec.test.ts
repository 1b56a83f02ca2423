import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { catalogue, constant, cosine, fromSpec, linear, scale, sequence, specOf, warmRestarts, warmup, type Control } from 'lehr/schedules';
import { control } from './arbitrary.ts';
import { drive, inBlocks, inSeconds } from './drive.ts';

const seed = 20263;

/** What it gives, or says: phases that are longer than the phase they are in are refused when they begin. */
function driven(control: Control, course: Parameters<typeof drive>[1]): unknown {
  try {
    return drive(control, course);
  } catch (error) {
    return (error as Error).message;
  }
}

test('specs are what the calls say, with every default', () => {
  expect(specOf(0.5)).toEqual({ schedule: 'constant', value: 0.5 });
  expect(specOf(constant(0.5))).toEqual({ schedule: 'constant', value: 0.5 });
  expect(specOf(warmup({ steps: 9 }, cosine(1, 0)))).toEqual({
    schedule: 'warmup',
    over: { steps: 9 },
    next: { schedule: 'cosine', from: 1, to: 0, exponent: 1 },
  });
  expect(specOf(sequence([0.5, 2], [0.5, linear(1, 0)]))).toEqual({
    schedule: 'sequence',
    phases: [[0.5, { schedule: 'constant', value: 2 }], { schedule: 'linear', from: 1, to: 0 }],
  });
  expect(warmRestarts(3, 4).spec).toEqual({
    schedule: 'warmRestarts',
    curve: { schedule: 'constant', value: 3 },
    cycles: 4,
    factor: 1,
    height: 1,
  });
});

test('a control comes back from its spec, through JSON, with the same spec and the same values', () => {
  fc.assert(
    fc.property(control, (one) => {
      const spec = specOf(one);
      const sent = JSON.parse(JSON.stringify(spec));
      expect(sent).toEqual(spec);
      const back = fromSpec(sent);
      expect(specOf(back)).toEqual(spec);
      const course = inSeconds([
        [0, 0],
        [0.3, 40],
        [0.9, 90],
        [1, 95],
      ]);
      expect(driven(back, course)).toEqual(driven(one, course));
    }),
    { seed, numRuns: 300 },
  );
});

test('numbers and text names are taken too', () => {
  expect(drive(fromSpec(3), inBlocks(2))).toEqual([3, 3]);
  expect(specOf(fromSpec({ schedule: 'warm-restarts', curve: 2, cycles: 3 }))).toEqual(warmRestarts(2, 3).spec);
});

describe('what cannot be plain data', () => {
  const bare: Control = (t) => 1 - t;

  test('a bare function runs, alone and inside others', () => {
    expect(drive(sequence([0.5, bare], 7), inBlocks(4))).toEqual([1, 0, 7, 7]);
    expect(drive(bare, inBlocks(3))).toEqual([1, 0.5, 0]);
  });

  test('its spec is a contract error, also through a combinator', () => {
    for (const each of [bare, scale(bare, 2), warmup(0.1, sequence([0.5, 1], bare))]) {
      expect(() => specOf(each)).toThrow(expect.objectContaining({ code: 'contract', message: expect.stringContaining('without a spec') }));
    }
    expect(() => specOf(bare)).toThrow('Maybe build it from lehr/schedules (table, piecewise, sequence), or export it from a module');
  });

  test("a module's export is the caller's to resolve", () => {
    const spec = { from: 'file:///mine.js', name: 'falling' };
    expect(() => fromSpec(spec)).toThrow(expect.objectContaining({ code: 'option' }));
    expect(() => fromSpec(spec)).toThrow(
      'spec: "falling" of the module "file:///mine.js" is not loaded, expected a schedule of the catalogue.',
    );
    const resolved = fromSpec({ schedule: 'scale', control: spec, factor: 10 }, ({ name }) => (name === 'falling' ? bare : 0));
    expect(drive(resolved, inBlocks(3))).toEqual([10, 5, 0]);
    // A function that carries such a spec hands it on.
    const carried = Object.assign((t: number) => 1 - t, { spec: spec as never });
    expect(specOf(warmup(0.5, carried))).toEqual({ schedule: 'warmup', over: 0.5, next: spec });
  });
});

describe('errors', () => {
  test.each<[unknown, string]>([
    [{ schedule: 'liner', from: 1, to: 0 }, 'Maybe linear?'],
    [{ schedule: 'geometric', from: 1, to: 0 }, 'Maybe exponential?'],
    [{ schedule: 'linear', form: 1, to: 0 }, 'linear: unknown parameter "form", expected from, to. Maybe from?'],
    [{ schedule: 'linear', from: 1 }, 'linear: to is undefined, expected a finite number.'],
    [{ schedule: 'scale', factor: 2 }, 'spec: undefined, expected a number or { schedule, …parameters }.'],
    [{ schedule: 'sequence', phases: 3 }, 'sequence: phases is 3, expected a list.'],
    [{ schedule: 'sequence', phases: [[0.5, 1, 2], 3] }, 'sequence: phases[0] is'],
    [{ schedule: 'exponential', from: 1, to: -1 }, 'exponential: to is -1, expected a finite number above 0.'],
    ['cosine(1, 0)', 'spec: "cosine(1, 0)", expected a number or { schedule, …parameters }. Maybe parse("cosine(1, 0)").'],
    [null, 'spec: null, expected a number or { schedule, …parameters }.'],
    [{ schedule: 'constructor' }, 'schedule: unknown name "constructor", expected one of constant, linear,'],
  ])('%j', (spec, message) => {
    expect(() => fromSpec(spec as never)).toThrow(expect.objectContaining({ code: 'option', message: expect.stringContaining(message) }));
  });
});

describe('the catalogue', () => {
  test.each(catalogue.map((definition) => [definition.name, definition] as const))(
    '%s: its defaults are those of the function',
    (_, definition) => {
      const samples = {
        number: 0.75,
        count: 3,
        length: 0.25,
        control: cosine(1, 0),
        choice: null,
        signal: 'gap',
        numbers: [0.25, 0.5],
        phases: [[0.5, 1], 2],
        pieces: [[0.5, 1], 2],
      };
      const values = definition.parameters.map((parameter) => (parameter.name === 'factor' ? 1.5 : samples[parameter.kind]));
      const required = (parameter: { default?: unknown; optional?: boolean }) =>
        parameter.default === undefined && parameter.optional !== true;
      const positional: unknown[] = [];
      const named: Record<string, unknown> = {};
      definition.parameters.forEach((parameter, i) => {
        if (parameter.kind === 'phases' || parameter.kind === 'pieces') positional.push(...(values[i] as unknown[]));
        else if (!parameter.named) positional.push(values[i]);
        else if (
          required(parameter) ||
          `${definition.name} ${parameter.name}` === 'reheat every' ||
          `${definition.name} ${parameter.name}` === 'multiStep at'
        )
          named[parameter.name] = values[i];
      });
      if (definition.parameters.some((parameter) => parameter.named)) positional.push(named);
      const { spec } = definition.make(...positional);
      expect(spec!.schedule).toBe(definition.name);
      const names = definition.parameters.map((parameter) => parameter.name);
      expect(Object.keys(spec!).filter((key) => key !== 'schedule' && !names.includes(key))).toEqual([]);
      const defaults = definition.parameters.filter((parameter) => parameter.default !== undefined);
      expect(defaults.map(({ name }) => [name, spec![name]])).toEqual(defaults.map((parameter) => [parameter.name, parameter.default]));
      expect(definition.parameters.filter((parameter) => required(parameter) && !(parameter.name in spec!))).toEqual([]);
    },
  );
});

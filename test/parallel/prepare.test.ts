import { metropolis, type Problem } from 'lehr';
import { preparedFrom } from 'lehr/parallel';
import { describe, expect, it } from 'vitest';

const parabola: Problem<{ x: number }> = {
  name: 'parabola',
  init: () => ({ x: 3 }),
  energy: ({ x }) => x * x,
  propose: ({ x }) => 1 - 2 * x,
  accept: (state) => void state.x--,
  reject: () => {},
  copy: (from, to) => void (to.x = from.x),
};

/** The same with methods of a class. */
class Parabola {
  name = 'parabola';
  init = parabola.init;
  energy = parabola.energy;
  propose = parabola.propose;
  accept = parabola.accept;
  reject(): void {}
  copy = parabola.copy;
}

describe('a default export', () => {
  it.each([
    ['a Problem', parabola],
    ['a Problem of a class', new Parabola()],
    ['a function that returns a Problem', () => parabola],
    ['a promise of one', async () => parabola],
  ])('may be %s, which Metropolis samples, without default controls', async (_, given) => {
    const { dynamics, controls, problem } = await preparedFrom({ default: given }, {});
    expect(dynamics).toMatchObject({ name: 'metropolis', controls: ['temperature'], kept: 'best' });
    expect(controls).toBeUndefined();
    expect(problem?.name).toBe('parabola');
  });

  it('may be a Recipe, which gets the parameters', async () => {
    const recipe = (params: unknown) => ({ dynamics: metropolis(parabola, { keep: 'last' }), controls: { temperature: params } });
    expect(await preparedFrom({ default: recipe }, 7)).toMatchObject({ dynamics: { kept: 'last' }, controls: { temperature: 7 } });
    const made = recipe(2);
    expect(await preparedFrom({ default: made }, 7)).toBe(made);
  });

  const { accept: _, ...lacking } = parabola;
  it.each<[string, object, RegExp]>([
    [
      'nothing',
      { problem: parabola },
      /^the module has no default export, expected a Problem .* or a Recipe .* It exports problem\. Maybe write export default\.$/,
    ],
    [
      'a function of x',
      { default: (x: number[]) => Number(x) },
      /^what the default export returns is the number NaN: a function of x needs the diffusion dynamics, which this version of Lehr does not have/,
    ],
    ['a number', { default: 3 }, /^the default export is the number 3: /],
    ['a text', { default: 'tsp' }, /^the default export is "tsp", expected a Problem/],
    ['null', { default: () => null }, /^what the default export returns is null, expected/],
    ['a class', { default: Parabola }, /is the class Parabola, expected .* Maybe export default \(params\) => new Parabola\(params\)\.$/],
    ['anything', { default: { a: 1, b: 2 } }, /^the default export is an object with a, b, expected a Problem/],
    [
      'half a Problem',
      { default: lacking },
      /^the default export is not a Problem: no accept; expected the methods init, energy, propose, accept, reject, copy\.$/,
    ],
    ['a misspelt one', { default: { ...lacking, acept: parabola.accept } }, /no accept; .* Maybe misspelt: acept\?$/],
    ['one without a name', { default: { ...parabola, name: '' } }, /name is "", expected a string/],
    ['one with a number for a method', { default: { ...parabola, energy: 3 } }, /energy is 3; expected the methods/],
    ['a bare Dynamics', { default: metropolis(parabola) }, /is a bare Dynamics, .* Maybe return \{ dynamics, controls \}\.$/],
    [
      'half a Dynamics',
      { default: { dynamics: { ...metropolis(parabola), save: undefined } } },
      /^the default export: dynamics is not a Dynamics: save is undefined; expected/,
    ],
  ])('may not be %s', async (_name, module, message) => {
    await expect(preparedFrom(module, {})).rejects.toMatchObject({ code: 'input', message: expect.stringMatching(message) });
  });

  it('may not have unknown fields', async () => {
    await expect(preparedFrom({ default: { dynamics: metropolis(parabola), control: {} } }, {})).rejects.toThrow(
      /unknown option "control", expected .* Maybe controls\?$/,
    );
  });

  it('may throw an error of its own', async () => {
    const thrown = new Error('mine');
    const recipe = (): never => {
      throw thrown;
    };
    await expect(preparedFrom({ default: recipe }, {})).rejects.toBe(thrown);
  });
});

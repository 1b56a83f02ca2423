import { describe, expect, it } from 'vitest';
import { adam, anneal, gradient } from 'lehr';
import { cosine, modifiedLam, parse, rateOf, setLearningRate, tableText } from 'lehr/schedules';
import { points } from '../dynamics/gradient/models.ts';

describe('rateOf', () => {
  it('is what a run at block 1 gives its steps', () => {
    for (const text of [
      'cosine(0.1, 0.001)',
      'warmup(0.1) > cosine(0.003, 0)',
      'warm-restarts(exponential(1, 0.1), 4)',
      '0.3',
      'step(1, every: 7 steps)',
      'linear(0, 1) for 20 steps > constant(0.5)',
    ]) {
      const seen: number[] = [];
      anneal(
        {
          dynamics: gradient(points, { optimizer: adam() }),
          controls: { rate: parse(text) },
          budget: { steps: 50 },
          block: 1,
          every: 1,
          seed: 1,
        },
        ({ steps, controls }) => {
          if (steps === seen.length + 1) seen.push(controls.rate);
        },
      );
      const rate = rateOf(text, { steps: 50 });
      expect(Array.from({ length: 50 }, (_, k) => rate(k))).toEqual(seen);
    }
  });

  it('may be asked in any order, and keeps the last value', () => {
    const [forward, back] = [0, 1].map(() => rateOf('warmup(0.2) > cosine(1, 0.1)', { steps: 30 }));
    const values = Array.from({ length: 30 }, (_, k) => forward(k));
    expect(Array.from({ length: 30 }, (_, k) => back(29 - k)).reverse()).toEqual(values);
    expect([forward(29), forward(1000)]).toEqual([0.1, 0.1]);
    expect(rateOf(cosine(1, 0), { steps: 1 })(0)).toBe(0);
    expect(rateOf({ schedule: 'linear', from: 2, to: 4 }, { steps: 3 })(1)).toBe(3);
  });

  it('says what is wrong', () => {
    expect(() => rateOf(modifiedLam(), { steps: 10 })).toThrow('rateOf: the schedule listens to acceptance');
    expect(() => rateOf('cosne(1, 0)', { steps: 10 })).toThrow('Maybe cosine?');
    expect(() => rateOf(1, { steps: 0 })).toThrow('rateOf: steps is 0');
    expect(() => rateOf(1, undefined as never)).toThrow(
      'rateOf: steps is undefined, expected a whole number of at least 1, the length of the run.',
    );
    expect(() => rateOf(cosine(1, 0), { steps: 3 })(-1)).toThrow('rateOf: step is -1');
  });

  it('drives an optimiser like those of TensorFlow.js', () => {
    const sgd = { learningRate: 1, set: 0, setLearningRate: (rate: number) => void (sgd.set = rate) };
    const rmsprop = { learningRate: 1 };
    setLearningRate(sgd, 0.5);
    setLearningRate(rmsprop, 0.5);
    expect([sgd.set, sgd.learningRate, rmsprop.learningRate]).toEqual([0.5, 1, 0.5]);
    expect(() => setLearningRate({}, 0.5)).toThrow('the optimiser has nothing, expected a method setLearningRate or a number learningRate');
  });

  it('is written as a table, of the values of its steps', () => {
    expect(tableText('linear(1, 0)', { steps: 101, rows: 3 })).toBe('step,t,value\n0,0,1\n50,0.5,0.5\n100,1,0\n');
    // However few the rows: a warm-up shorter than the space between two is there all the same.
    for (const text of [
      'warmup(0.05) > cosine(0.14, 0)',
      'one-cycle(0.1)',
      'warm-restarts(cosine(1, 0), first: 7 steps)',
      'cosine(1, 0)',
    ]) {
      const rate = rateOf(text, { steps: 1000 });
      const rows = tableText(text, { steps: 1000, rows: 5 }).trim().split('\n').slice(1);
      expect(rows).toEqual([0, 250, 500, 749, 999].map((step) => `${step},${step / 999},${rate(step)}`));
    }
    expect(tableText(modifiedLam(), { steps: 1000, rows: 2 }).split('\n')[1]).toBe('0,0,1');
    expect(tableText(2, { steps: 3, rows: 10 })).toBe('step,t,value\n0,0,2\n1,0.5,2\n2,1,2\n');
    expect(() => tableText(2, undefined as never)).toThrow('tableText: steps is undefined, expected a whole number of at least 1');
  });
});

import { describe, expect, it } from 'vitest';
import { anneal, gradient, sgd, stream } from 'lehr';
import { expectedRatings, factorisation, ratingColumns, ratingsOf } from '#problems/factorisation/index';
import { mlp } from '#problems/network/index';
import { binaryRows, unitsOf } from '#problems/rbm/index';
import { linear, logistic, softmax } from '#problems/regression/index';
import { encode, encodeInputs, readCsv, selectRows } from '#problems/table/index';
import {
  assess,
  decodeModel,
  encodeModel,
  judgeClasses,
  judgeValues,
  outputsOf,
  predictTable,
  type TrainedModel,
} from '#problems/trained/index';
import { refused } from '../thrown.ts';

const rng = stream(1, 'trained');
const rows = Array.from({ length: 120 }, (_, i) => {
  const [a, b] = [rng.normal(), rng.normal()];
  const kind = ['p', 'q', 'r'][i % 3];
  return [a, b, kind, a + b > 0 ? 'yes' : 'no', a > 0.5 ? 'x' : b > 0.5 ? 'y' : 'z', 2 * a - b + i / 100].join(',');
});
const table = readCsv(`a,b,kind,two,three,value\n${rows.join('\n')}\n`);

/** A model trained a little, and the figures that its own evaluation gives. */
function trainedOn(
  name: 'linear' | 'logistic' | 'softmax' | 'mlp',
  target: string,
): { model: TrainedModel; figures: Record<string, number> } {
  const drop = ['two', 'three', 'value'].filter((each) => each !== target);
  const { examples, encoder } = encode(table, { target, drop, standardiseTarget: true });
  const make = { linear, logistic, softmax, mlp: () => mlp(examples, { hidden: [5], activation: 'tanh', heldOut: examples }) }[name];
  const own = make(examples, { heldOut: examples });
  const { result } = anneal({
    dynamics: gradient<any, 'rate'>(own, { optimizer: sgd(), keep: 'last' }),
    controls: { rate: 0.2 },
    budget: { steps: 50 },
    seed: 1,
  });
  const common = { lehr: 'model', version: 1, release: '0', encoder, parameters: result.weights, training: {} } as const;
  return {
    model: name === 'mlp' ? { ...common, model: 'mlp', hidden: [5], activation: 'tanh' } : { ...common, model: name },
    figures: own.evaluate!(result.weights),
  };
}

describe('a trained model', () => {
  it.each([
    ['linear', 'value'],
    ['logistic', 'two'],
    ['softmax', 'three'],
    ['mlp', 'three'],
    ['mlp', 'value'],
  ] as const)('%s of %s judges and predicts as it did in training, also from its file', (name, target) => {
    const { model, figures } = trainedOn(name, target);
    const text = encodeModel(model);
    const back = decodeModel(text, 'm.json');
    expect(encodeModel(back)).toBe(text);
    expect(back.parameters).toEqual(model.parameters);
    const said = predictTable(back, table);
    const { figures: judged } = assess(back, said, table)!;
    expect(judged.loss).toBeCloseTo(figures.loss, 10);
    const own = Object.keys(figures).map((figure) => judged[figure] - figures[figure]);
    expect(Math.max(...own.map(Math.abs))).toBeLessThan(1e-10);
    // A single row is as good as many.
    const alone = predictTable(back, selectRows(table, [7]));
    expect(alone.values[0]).toBe(said.values[7]);
  });

  it('says of each class a probability, and the likeliest class', () => {
    const { model } = trainedOn('softmax', 'three');
    const { values, probabilities, classes } = predictTable(model, table);
    for (let row = 0; row < table.rows; row++) {
      const own = Array.from(probabilities!.subarray(row * 3, row * 3 + 3));
      expect(own.reduce((a, b) => a + b)).toBeCloseTo(1, 12);
      expect(own[values[row]]).toBe(Math.max(...own));
    }
    expect(classes).toEqual(['x', 'y', 'z'].sort((a, b) => classes!.indexOf(a) - classes!.indexOf(b)));
  });

  it('is an error that names the file where it is no such', () => {
    const text = encodeModel(trainedOn('linear', 'value').model);
    const thrown = (damage: (text: string) => string): string => refused(() => decodeModel(damage(text), 'm.json'));
    expect(thrown((all) => all.slice(0, 30))).toContain('m.json: it is not JSON');
    expect(thrown(() => '[]')).toContain('m.json: it is no model');
    expect(thrown(() => 'null')).toContain('m.json: it is no model');
    expect(thrown((all) => all.replace('"linear"', '"liner"'))).toContain('the model is "liner"');
    expect(thrown((all) => all.replace('"Float64Array"', '"Int8Array"'))).toContain('it has no weights');
    expect(thrown((all) => all.replace('"linear"', '"mlp"'))).toContain('mlp: hidden is undefined, expected a list of widths');
    expect(thrown((all) => all.replace(/"features":\[[^\]]*\]/, '"features":["a"]'))).toContain(
      'm.json: encoder.features[1] is undefined, expected "b", as the columns have it. Maybe the file was changed.',
    );
  });

  it('is an error that names the place where somebody changed it', () => {
    const edited = (name: Parameters<typeof trainedOn>[0], target: string, change: (model: any) => void): string => {
      const model = JSON.parse(encodeModel(trainedOn(name, target).model)) as object;
      change(model);
      return refused(() => decodeModel(JSON.stringify(model), 'm.json'));
    };
    const linear = (change: (model: any) => void): string => edited('linear', 'value', change);
    expect(linear((m) => delete m.encoder)).toContain('m.json: encoder is undefined, expected an object');
    expect(linear((m) => (m.encoder.columns[0].scale = 0))).toContain('encoder.columns[0].scale is 0, expected a number above 0');
    expect(linear((m) => (m.encoder.columns[0].centre = 'x'))).toContain('encoder.columns[0].centre is "x", expected a finite number');
    expect(linear((m) => (m.encoder.columns[2].fill = 3))).toContain('encoder.columns[2].fill is 3, expected the place of one of 3 labels');
    expect(linear((m) => (m.encoder.columns[2].labels[1] = 'p'))).toContain(
      'encoder.columns[2].labels[1] is "p", as is another, expected different texts',
    );
    expect(linear((m) => (m.encoder.columns[1].name = 'a'))).toContain('encoder.columns[1].name is "a", as is another column');
    expect(linear((m) => m.encoder.features.reverse())).toContain('encoder.features[0] is');
    expect(linear((m) => m.encoder.features.push('z'))).toContain('encoder.features has 6 names, expected those of the columns');
    expect(linear((m) => (m.encoder.target = { kind: 'classes', name: 'value', labels: ['a', 'b'] }))).toContain(
      'encoder.target has 2 classes, expected values for the model linear',
    );
    expect(linear((m) => (m.encoder.target.kind = 'ranks'))).toContain('encoder.target.kind is "ranks", expected classes or values');
    expect(edited('mlp', 'three', (m) => (m.hidden = [0]))).toContain('mlp: a hidden layer has 0 units');
    expect(edited('mlp', 'three', (m) => (m.activation = 'sine'))).toContain('mlp: activation is "sine"');
    expect(edited('softmax', 'three', (m) => (m.frequencies = 'some'))).toContain('its frequencies are "some"');
  });
});

describe('judgements', () => {
  it('of classes: cross-entropy, and the share that is right', () => {
    const said = Float64Array.of(0.5, 0.5, 0.9, 0.1, 0, 1);
    const { loss, accuracy } = judgeClasses(said, Float64Array.of(0, 0, 1), 2);
    expect(loss).toBeCloseTo((Math.log(2) - Math.log(0.9)) / 3, 12);
    expect(accuracy).toBe(1);
  });

  it('of values, in the unit of the training and in the table’s own', () => {
    const { loss, r2, rmse, mae } = judgeValues(Float64Array.of(1, 2, 5), Float64Array.of(1, 3, 2), 10);
    expect(loss).toBeCloseTo(10 / 6, 12);
    expect(r2).toBeCloseTo(1 - 10 / 2, 12);
    expect(rmse).toBeCloseTo(10 * Math.sqrt(10 / 3), 12);
    expect(mae).toBeCloseTo(40 / 3, 12);
  });
});

describe('ratings', () => {
  const text = 'movie,stars,user\nm1,4,7\nm2,2,7\nm1,5,9\n';
  it('are found by the names of their columns, whatever their order', () => {
    const read = readCsv(text);
    expect(ratingColumns(read, 'stars')).toEqual({ user: 'user', item: 'movie' });
    expect(ratingColumns(readCsv(text.replace('user', 'who')), 'stars')).toEqual({ user: 'who', item: 'movie' });
    expect(ratingColumns(readCsv('a,b,c\n1,2,3\n'), 'c')).toEqual({ user: 'a', item: 'b' });
    expect(() => ratingColumns(readCsv('a,b\n1,2\n'), 'b')).toThrow('expected three columns');
    expect(() => ratingColumns(read, 'stars', { user: 'usr' })).toThrow('Maybe user?');
  });

  it('are expected as the model expects them, and of strangers the rest', () => {
    const read = readCsv(text);
    const columns = { ...ratingColumns(read, 'stars'), rating: 'stars' };
    const { ratings, users, items } = ratingsOf(read, columns);
    const model = factorisation(ratings, { rank: 2 });
    const weights = model.init(stream(1, 'weights')).map((weight, i) => weight + i / 10);
    const code = { ...columns, users, items, rank: 2, mean: 11 / 3 };
    const { values } = expectedRatings(code, weights, read);
    values.forEach((value, row) => expect(value).toBeCloseTo(model.predict(weights, ratings.user[row], ratings.item[row]), 12));
    const strangers = expectedRatings(code, weights, readCsv('user,movie\n7,m9\n8,m1\n8,m9\n'));
    const [ofUser, ofItem] = [weights[8], weights[10]];
    expect(Array.from(strangers.values)).toEqual([11 / 3 + ofUser, 11 / 3 + ofItem, 11 / 3]);
    expect(strangers.unseen).toEqual({ user: 2, movie: 2 });
    expect(() => ratingsOf(readCsv('user,movie,stars\n1,,3\n'), columns)).toThrow('"movie" is missing');
    expect(() => ratingsOf(readCsv('user,movie,stars\n1,2,\n1,3,4\n'), columns)).toThrow('the rating "stars" is missing');
  });
});

describe('units of a machine', () => {
  it('are the number columns, cut halfway over the training rows', () => {
    const read = readCsv('a,b,label\n0,16,x\n8,7,y\n100,3,x\n');
    const { units, dropped } = unitsOf(read, { training: [0, 1] });
    expect(units).toEqual({ columns: ['a', 'b'], threshold: 8 });
    expect(dropped).toEqual(['label']);
    expect(Array.from(binaryRows(read, units))).toEqual([0, 1, 1, 0, 1, 0]);
    expect(Array.from(binaryRows(read, units, [1]))).toEqual([1, 0]);
    expect(() => unitsOf(read, { training: [0], drop: ['a', 'b'] })).toThrow('no column of numbers is left');
    expect(() => binaryRows(readCsv('a,b\n1,\n2,3\n'), units)).toThrow('column "b" is missing');
  });
});

it('outputs are asked of models of tables alone', () => {
  const { model } = trainedOn('linear', 'value');
  const { encoder } = model as TrainedModel & { model: 'linear' };
  expect(outputsOf(model, encodeInputs(encoder, table))).toHaveLength(table.rows);
  expect(() => outputsOf({ ...model, model: 'own', name: 'mine' } as TrainedModel, encodeInputs(encoder, table))).toThrow(
    'the model is own',
  );
});

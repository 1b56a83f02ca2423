import { describe, expect, test } from 'vitest';
import { renderTraining } from '#src/report/training-page';
import { learningFigures, pairsFigure } from '#src/report/training-figures';
import type { TrainingReport } from '#src/report/training-record';
import { all, parse, textOf, type Element } from './well-formed.ts';

const progress = (step: number, chain: number) => ({
  leg: 0,
  t: step / 10,
  steps: step * 100,
  evaluations: step * 3200,
  seconds: step / 10,
  energy: 1 / (step + chain),
  best: 1 / (step + chain),
  acceptance: NaN,
  controls: { rate: 0.1 * (1 - step / 10) },
  signals: { loss: 1 / (step + chain), validation: step < 2 ? NaN : 1.1 / (step + chain), accuracy: step < 2 ? NaN : 1 - 0.5 / (step + 1) },
  stopped: step === 10 ? ('budget' as const) : null,
});

const report: TrainingReport = {
  model: 'softmax regression',
  data: 'three <kinds>.csv',
  target: 'kind & more',
  figures: { training: { loss: 0.1, accuracy: 0.97 }, validation: { loss: 0.11, accuracy: 0.95 }, test: { loss: 0.12, accuracy: 0.9375 } },
  stopped: 'budget',
  seconds: 1.5,
  steps: 2000,
  epochs: 20,
  best: 2,
  chains: [1, 2].map((chain) => ({
    chain,
    value: 0.11,
    stopped: 'budget',
    trace: Array.from({ length: 11 }, (_, step) => progress(step, chain)),
  })),
  confusion: {
    part: 'test',
    labels: ['a', 'b "quoted"', 'c<'],
    counts: [
      [5, 0, 1],
      [0, 4, 0],
      [0, 0, 6],
    ],
  },
  pairs: null,
  notices: ['column "x" is left out: it is constant over the training rows.'],
  digest: 'ab'.repeat(32),
  command: 'lehr train kinds.csv --target "kind & more"',
  reproducible: true,
  settings: [['optimizer', 'sgd']],
  version: '0.1.0',
};

const page = await renderTraining(report);
const root = parse(page, true);
const named = (name: string, within: Element = root): Element[] => all(within).filter((element) => element.name === name);

describe('renderTraining', () => {
  test('leads with the test rows, and names data and model', () => {
    expect(named('h1').map(textOf)).toEqual(['three <kinds>.csv']);
    const facts = named('div', named('dl')[0]).map((fact) => [textOf(named('dt', fact)[0]), textOf(named('dd', fact)[0])]);
    expect(facts.slice(0, 2)).toEqual([
      ['accuracy on the test rows', '93.8 %larger is better'],
      ['loss on the test rows', '0.12'],
    ]);
  });

  test('has the curves, what is taken for what, the settings and the command', () => {
    expect(named('figure').map((figure) => textOf(named('h2', figure)[0]))).toEqual(['Loss', 'Accuracy', 'Rate']);
    const [figures, confusion] = named('table').map((table) => named('tr', table).map((row) => row.children.map(textOf)));
    expect(figures[0]).toEqual(['rows', 'loss', 'accuracy']);
    expect(figures[3]).toEqual(['test', '0.12', '93.8 %']);
    expect(confusion.slice(1)).toEqual([
      ['a', '5', '·', '1', '83.3 %'],
      ['b "quoted"', '·', '4', '·', '100 %'],
      ['c<', '·', '·', '6', '100 %'],
    ]);
    expect(textOf(root)).toContain('lehr train kinds.csv --target "kind & more"');
    expect(page).not.toContain('<script src');
  });

  test('is the same from the same record', async () => {
    expect(await renderTraining(report)).toBe(page);
  });
});

describe('learningFigures', () => {
  test('of one chain: training and validation side by side; NaN is left out', () => {
    const [loss, accuracy, rate] = learningFigures({ ...report, chains: report.chains.slice(0, 1) });
    expect(loss.series.map(({ name, group, points }) => [name, group, points.length])).toEqual([
      ['training', 0, 11],
      ['validation', 1, 9],
    ]);
    expect(accuracy.series[0].points[0]).toEqual([200, 1 - 0.5 / 3]);
    expect(rate.title).toBe('Rate');
  });

  test('of machines, which tell no losses, the energy', () => {
    const chains = report.chains.map((chain) => ({
      ...chain,
      trace: chain.trace.map((each) => ({ ...each, signals: { gradientNorm: 2 } })),
    }));
    expect(learningFigures({ ...report, chains }).map(({ title }) => title)).toEqual(['Energy', 'GradientNorm', 'Rate']);
  });
});

test('pairsFigure draws predictions beside the truth, and the line on which they are right', () => {
  expect(pairsFigure(report)).toBeNull();
  const figure = pairsFigure({
    ...report,
    pairs: {
      part: 'test',
      points: [
        [1, 2],
        [5, 4],
      ],
    },
  })!;
  expect(figure.series.map(({ role, points }) => [role, points])).toEqual([
    [
      'dots',
      [
        [1, 2],
        [5, 4],
      ],
    ],
    [
      'limit',
      [
        [1, 1],
        [5, 5],
      ],
    ],
  ]);
});

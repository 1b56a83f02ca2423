import { describe, expect, test } from 'vitest';
import { stream } from 'lehr';
import { reproduce, type Claim, type Context, type Paper, type ReproduceOptions } from 'lehr/experiment';

const ring = new URL('./fixtures/ring.mjs', import.meta.url);

/** A claim that its exact value is above 0; its control measures −1. */
function claim(id: string, given: Partial<Claim> = {}): Claim {
  return {
    id,
    source: `section ${id}`,
    statement: `${id} is positive`,
    expected: { quantity: id, above: 0 },
    measure: () => ({ exact: 1 }),
    control: { statement: 'its opposite', measure: () => ({ exact: -1 }) },
    ...given,
  };
}

function paper(claims: (context: Context) => readonly Claim[]): Paper {
  return { paper: '0000.00000', title: 'A paper', claims };
}

const options: ReproduceOptions = { seed: 1, workers: 2 };

/** A paper with two claims on one comparison: cooling is better than a warm chain; which an equal chain is not. */
const cooling = paper((context) => {
  const experiment = () =>
    context.compare<any>('cooling', {
      recipe: ring,
      cells: { warm: {}, cool: { controls: { temperature: { schedule: 'exponential', from: 2, to: 0.05 } } } },
      seeds: context.full ? 12 : 8,
      budget: { steps: 2000 },
    });
  const better = async (cell: string) => ({ differences: (await experiment()).differences(cell, 'warm') });
  const common = { expected: { quantity: 'energy, cool less warm', below: 0 }, measure: () => better('cool') };
  return [
    claim('cooling', { ...common, control: { statement: 'itself', measure: () => better('warm') } }),
    claim('again', { ...common, control: { statement: 'itself', measure: () => better('warm') } }),
  ];
});

describe('reproduce', () => {
  test('judges each claim and its control, in the words of the JSON', async () => {
    const { reproduction, failures, interrupted, margins } = await reproduce(
      paper(() => [claim('a'), claim('b', { measure: () => ({ exact: -3 }) })]),
      options,
    );
    expect(failures).toEqual([]);
    expect(interrupted).toBe(false);
    expect(margins).toEqual({ a: [0], b: [0] });
    expect(reproduction).toEqual({
      paper: '0000.00000',
      title: 'A paper',
      seconds: expect.any(Number),
      claims: [
        {
          id: 'a',
          source: 'section a',
          statement: 'a is positive',
          expected: 'a: above 0',
          measured: 1,
          low: 1,
          high: 1,
          verdict: 'holds',
          control: { statement: 'its opposite', measured: -1, low: -1, high: -1, verdict: 'fails' },
        },
        expect.objectContaining({ id: 'b', measured: -3, verdict: 'fails' }),
      ],
    });
  });

  test('a comparison runs once for all claims that ask for it; equal cells are undecided', async () => {
    const heard: string[] = [];
    const { reproduction } = await reproduce(cooling, { ...options, progress: (name, share) => heard.push(`${name} ${share}`) });
    expect(heard.filter((text) => text === 'cooling 1').length).toBe(1);
    expect(heard.length).toBe(16);
    const [one, other] = reproduction.claims;
    expect(one.verdict).toBe('holds');
    expect(one.control).toEqual({ statement: 'itself', measured: 0, low: 0, high: 0, verdict: 'undecided' });
    // The same differences, each claim with a bootstrap stream of its own.
    expect(other.measured).toBe(one.measured);
    expect(other.low).not.toBe(one.low);
  });

  test('the seed decides every number, the workers none', async () => {
    const numbers = async (given: Partial<ReproduceOptions>) => (await reproduce(cooling, { ...options, ...given })).reproduction.claims;
    const first = await numbers({});
    expect(await numbers({ workers: 1 })).toEqual(first);
    expect(await numbers({ seed: 2 })).not.toEqual(first);
    expect(await numbers({ full: true })).not.toEqual(first);
  });

  test('an experiment that throws is told of, and the others go on', async () => {
    const broken = claim('broken', {
      measure: () => {
        throw new RangeError('planted');
      },
    });
    const few = claim('few', { measure: () => ({ differences: [1, 2] }) });
    const uncontrolled = claim('uncontrolled', { control: { statement: 'x', measure: () => Promise.reject(new Error('no control')) } });
    const { reproduction, failures } = await reproduce(
      paper(() => [broken, few, uncontrolled, claim('good')]),
      options,
    );
    expect(reproduction.claims.map(({ id }) => id)).toEqual(['good']);
    expect(failures.map(({ id, error }) => `${id}: ${error.code}: ${error.message}`)).toEqual([
      'broken: worker: planted',
      'few: option: few: 2 pairs, expected at least 6 for a verdict at 95 %.',
      'uncontrolled: worker: no control',
    ]);
  });

  test('a comparison in which a run fails is an experiment that could not run', async () => {
    const failing = paper((context) => [
      claim('failing', {
        measure: async () => {
          const cells = { good: {}, bad: { params: { fail: 'run' } } };
          await context.compare<any>('failing', { recipe: ring, cells, seeds: 2, budget: { evaluations: 100 } });
          return { exact: 1 };
        },
      }),
    ]);
    const { failures } = await reproduce(failing, options);
    expect(failures[0].error.message).toMatch(/^failing: cell bad: .*planted/);
  });

  test('aborted, it gives the claims that are finished', async () => {
    const controller = new AbortController();
    const stops = claim('stops', {
      measure: () => {
        controller.abort();
        return { exact: 1 };
      },
    });
    const given = { ...options, signal: controller.signal };
    const { reproduction, interrupted, failures } = await reproduce(
      paper(() => [claim('done'), stops, claim('never')]),
      given,
    );
    expect(reproduction.claims.map(({ id }) => id)).toEqual(['done']);
    expect([interrupted, failures]).toEqual([true, []]);
  });

  test('claims are heard of as they are judged, and figures are kept by their ids', async () => {
    const figure = { id: 'f', title: 'F', x: { label: 'x', scale: 'linear' }, y: { label: 'y', scale: 'linear' }, series: [] } as const;
    const heard: string[] = [];
    const showing = paper((context) => [
      claim('a', {
        measure: () => {
          context.show(figure, 'first');
          context.show({ ...figure, title: 'G' }, 'second');
          expect(heard).toEqual([]);
          return { exact: 1 };
        },
      }),
      claim('b', {
        measure: () => {
          expect(heard).toEqual(['a']);
          return { exact: 1 };
        },
      }),
    ]);
    const { figures, failures } = await reproduce(showing, { ...options, judged: ({ id }) => heard.push(id) });
    expect(failures).toEqual([]);
    expect(figures).toEqual([{ figure: { ...figure, title: 'G' }, caption: 'second' }]);
  });

  test('experiments have seeds of their own', async () => {
    let seeds: unknown[] = [];
    await reproduce(
      paper((context) => {
        seeds = [context.seedOf('one'), context.seedOf('other'), context.workers, context.full];
        return [];
      }),
      options,
    );
    expect(seeds).toEqual(['1: 0000.00000: one', '1: 0000.00000: other', 2, false]);
    expect(() => stream(seeds[0] as string)).not.toThrow();
  });
});

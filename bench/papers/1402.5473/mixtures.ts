import type { Claim, Evidence } from '../../../src/experiment/claim.ts';
import type { Cell } from '../../../src/experiment/compare.ts';
import type { Context } from '../../../src/experiment/paper.ts';
import type { Row } from '../../../src/experiment/row.ts';
import type { MixtureParams } from '../../../problems/mixture/recipe.ts';
import { AXIS, points } from './points.ts';

const TABLES = 8;
const VISITS = [5, 20] as const;

const METHODS = ['annealing', 'Gibbs from the prior', 'sequential, then Gibbs', 'sequential alone', 'tempered Gibbs'] as const;
type Method = (typeof METHODS)[number];

const STRAIGHT = { fraction: { schedule: 'linear', from: 0, to: 1 } };
const ALL = { fraction: 1 };

function cells(rows: number, visits: number): Record<Method, Cell<MixtureParams>> {
  const budget = { evaluations: visits * rows };
  return {
    annealing: { controls: STRAIGHT, budget },
    'Gibbs from the prior': { params: { start: 'prior' }, controls: ALL, budget },
    'sequential, then Gibbs': { controls: ALL, budget },
    'sequential alone': { controls: ALL, budget: { evaluations: rows } },
    'tempered Gibbs': {
      params: { start: 'prior', tempered: true },
      controls: { ...ALL, temperature: { schedule: 'exponential', from: 10, to: 1 } },
      budget,
    },
  };
}

/** Each method's runs with so many visits, table by table and stream by stream. */
function experiment(context: Context, visits: number): Promise<Record<Method, Row[]>> {
  return context.once(`methods, ${visits} visits: rows`, async () => {
    const rows = context.full ? 2000 : 600;
    const all = Object.fromEntries(METHODS.map((method) => [method, [] as Row[]])) as Record<Method, Row[]>;
    for (let table = 0; table < TABLES; table++) {
      if (context.signal.aborted) break;
      const report = await context.compare<MixtureParams>(`methods, ${visits} visits, table ${table + 1}`, {
        recipe: new URL('../../../problems/mixture/recipe.js', import.meta.url),
        cells: cells(rows, visits),
        params: { data: points(context, 'points', rows, table), alpha: 10, discount: 0.1, hyper: 'fixed', priors: { x: AXIS, y: AXIS } },
        seeds: context.full ? 6 : 2,
        budget: { evaluations: visits * rows },
        every: visits * rows,
        objective: '−ln joint, nats a row',
        score: ({ energy }) => energy / rows,
      });
      for (const row of report.data.rows) all[row.cell as Method].push(row);
    }
    return all;
  });
}

/** Seconds of each method on one larger table, where they are more than the engine's own warming up. */
function timed(context: Context): Promise<Record<string, number[]>> {
  return context.once('time: rows', async () => {
    const rows = 5000;
    const { annealing, 'sequential, then Gibbs': gibbs, 'sequential alone': alone } = cells(rows, VISITS[1]);
    const report = await context.compare<MixtureParams>('time', {
      recipe: new URL('../../../problems/mixture/recipe.js', import.meta.url),
      cells: { annealing, gibbs, alone },
      params: { data: points(context, 'points', rows, TABLES), alpha: 10, discount: 0.1, hyper: 'fixed', priors: { x: AXIS, y: AXIS } },
      seeds: context.full ? 24 : 10,
      budget: { evaluations: VISITS[1] * rows },
      objective: 'energy',
    });
    const of = (cell: string): number[] => report.data.rows.filter((row) => row.cell === cell).map(({ seconds }) => seconds!);
    return { annealing: of('annealing'), gibbs: of('gibbs'), alone: of('alone') };
  });
}

const scores = (rows: readonly Row[]): number[] => rows.map(({ score }) => score!);

/** The claims about accuracy: the four methods, and tempering, at equal numbers of assignments. */
export function mixtureClaims(context: Context): Claim[] {
  const less = async (visits: number, method: Method, other: Method): Promise<Evidence> => {
    const found = await experiment(context, visits);
    const [mine, theirs] = [scores(found[method]), scores(found[other])];
    return { differences: mine.map((score, i) => score - theirs[i]) };
  };
  /** A method against itself: of each table the first stream less the second, and so on. */
  const itself = async (visits: number, method: Method): Promise<Evidence> => {
    const found = scores((await experiment(context, visits))[method]);
    return { differences: found.flatMap((score, i) => (i % 2 === 0 ? [score - found[i + 1]] : [])) };
  };
  const better = (visits: number, other: Method, source: string, statement: string): Claim => ({
    id: `annealing-against-${other.toLowerCase().replaceAll(/[^a-z]+/g, '-')}-${visits}`,
    source,
    statement,
    expected: { quantity: `−ln joint in nats a row, annealing less ${other}, ${visits} visits a row`, below: 0 },
    measure: () => less(visits, 'annealing', other),
    control: { statement: 'Annealing against itself on other streams.', measure: () => itself(visits, 'annealing') },
  });
  const SOURCE = 'abstract: better accuracy for the time than Gibbs sampling; tables and margins are ours';
  return [
    ...VISITS.flatMap((visits) => [
      better(
        visits,
        'Gibbs from the prior',
        SOURCE,
        'Annealing ends in better groups than Gibbs sampling that begins in groups drawn from the prior.',
      ),
      better(
        visits,
        'sequential, then Gibbs',
        SOURCE,
        'Annealing ends in better groups than Gibbs sampling that begins in groups made one row after the other.',
      ),
      better(
        visits,
        'sequential alone',
        'the authors’ example compares annealing with sequential initialisation alone',
        'Annealing ends in better groups than one pass does.',
      ),
      better(
        visits,
        'tempered Gibbs',
        'Fig. 1: tempering only flattens the landscape, subsampling shortens it as well',
        'Annealing by rows ends in better groups than by temperature (10 to 1) in as many assignments.',
      ),
    ]),
    {
      id: 'an-assignment-takes-as-long',
      source: 'abstract: accuracy for the time; equal numbers of assignments stand for it if they take equal time',
      statement: `An assignment takes annealing as long as Gibbs sampling, ${VISITS[1]} visits a row.`,
      expected: { quantity: 'seconds of annealing over those of sequential, then Gibbs', between: [0.5, 1.5] },
      measure: async () => {
        const { annealing, gibbs } = await timed(context);
        return { numerators: annealing, denominators: gibbs };
      },
      control: {
        statement: 'Sequential alone in its place, which makes a twentieth of the assignments.',
        measure: async () => {
          const { alone, gibbs } = await timed(context);
          return { numerators: alone, denominators: gibbs };
        },
      },
    },
  ];
}

import { adjustedRand } from '../../../src/experiment/agreement.ts';
import type { Claim } from '../../../src/experiment/claim.ts';
import type { Context } from '../../../src/experiment/paper.ts';
import type { Row } from '../../../src/experiment/row.ts';
import type { Subsampled } from '../../../src/dynamics/subsample-state.ts';
import type { CrossCatResult } from '../../../problems/crosscat/model.ts';
import type { CrossCatParams } from '../../../problems/crosscat/recipe.ts';
import { LONGER, planted } from './planted.ts';

/** As many rows as the paper's table of hospitals has, and 64 columns in eight views. */
const ROWS = 307;
const VIEWS = Array<number>(8).fill(8);
const GROUPS = 4;
const SPREAD = 2;
const VISITS = 40;
const TABLES = 10;
/** How many tables must agree so well, as the reading has it. */
const MOST = 8;
const AGREEMENT = 0.9;

const ANNEALED = { fraction: { schedule: 'linear', from: 0, to: 1 } };

/** The agreement of kinds with views, table by table: annealed, annealed as loom does it, and by Gibbs sampling in as many visits; with --full in three times as many, too, which take about as long. */
async function wide(context: Context): Promise<Record<'annealing' | 'blind' | 'gibbs' | 'longer', number[]>> {
  const name = 'a wide table';
  const views = planted(context, name, 0, ROWS, VIEWS, GROUPS, SPREAD).view;
  const report = await context.compare<CrossCatParams>(name, {
    recipe: new URL('../../../problems/crosscat/recipe.js', import.meta.url),
    cells: {
      annealing: { controls: ANNEALED },
      blind: { params: { ownKinds: false }, controls: ANNEALED },
      gibbs: { controls: { fraction: 1 } },
      ...(context.full ? { longer: { controls: { fraction: 1 }, budget: { evaluations: LONGER * VISITS * ROWS } } } : {}),
    },
    perStream: (table) => ({ data: planted(context, name, Number(table), ROWS, VIEWS, GROUPS, SPREAD).data }),
    seeds: context.full ? 4 * TABLES : TABLES,
    budget: { evaluations: VISITS * ROWS },
    every: VISITS * ROWS,
    objective: 'adjusted Rand index of kinds with views',
    sense: 'max',
    score: ({ result }) => adjustedRand((result as Subsampled<CrossCatResult>).groups.kindOf, views),
  });
  const of = (cell: string): number[] => report.data.rows.flatMap((row: Row) => (row.cell === cell ? [row.score!] : []));
  return { annealing: of('annealing'), blind: of('blind'), gibbs: of('gibbs'), longer: of('longer') };
}

/** The claims about a table as wide as the paper's. */
export function wideClaims(context: Context): Claim[] {
  const SOURCE =
    'abstract: a table of 307 rows under a Pitman–Yor generalisation of Cross-Categorization; columns, views and margins are ours';
  const share = (agreements: readonly number[]): number =>
    (TABLES * agreements.filter((each) => each >= AGREEMENT).length) / agreements.length;
  const over = (rival: 'gibbs' | 'longer', id: string, long: string): Claim => {
    const less = async (method: 'annealing' | 'blind') => {
      const found = await wide(context);
      return { differences: found[method].map((each, table) => each - found[rival][table]) };
    };
    return {
      id,
      source: 'ours: the reading asks for a budget at which Gibbs sampling finds less',
      statement: `There annealing agrees better with the views than sequential initialisation and Gibbs sampling ${long}.`,
      expected: { quantity: 'adjusted Rand index of kinds with views, annealing less Gibbs', above: 0 },
      measure: () => less('annealing'),
      control: { statement: 'Annealing with new kinds from the prior alone.', measure: () => less('blind') },
    };
  };
  return [
    {
      id: 'kinds-of-a-wide-table',
      source: SOURCE,
      statement: `Of ${ROWS} rows and 64 columns in 8 planted views, annealing with ${VISITS} visits a row finds the views, to an adjusted Rand index of ${AGREEMENT}, on at least ${MOST} tables of ${TABLES}.`,
      expected: { quantity: `tables of ${TABLES} on which it does`, atLeast: MOST },
      measure: async () => ({ exact: share((await wide(context)).annealing) }),
      control: {
        statement: 'New kinds from the prior alone, as loom has them: of many rows none is ever born.',
        measure: async () => ({ exact: share((await wide(context)).blind) }),
      },
    },
    over('gibbs', 'kinds-of-a-wide-table-over-gibbs', 'in as many assignments, though not in as much time'),
    ...(context.full
      ? [over('longer', 'kinds-of-a-wide-table-over-gibbs-in-as-much-time', `in ${LONGER} times as many assignments, about as much time`)]
      : []),
  ];
}

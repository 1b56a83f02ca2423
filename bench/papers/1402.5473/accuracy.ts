import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Claim, Evidence } from '../../../src/experiment/claim.ts';
import type { Context } from '../../../src/experiment/paper.ts';
import { LehrError } from '../../../src/error.ts';
import { permutation } from '../../../src/random/distributions.ts';
import { stream } from '../../../src/random/rng.ts';
import type { Figure } from '../../../src/report/figures.ts';
import { mixtureData } from '../../../problems/mixture/data.ts';
import type { MixtureOptions } from '../../../problems/mixture/options.ts';
import { encodeLike } from '../../../problems/mixture/predict.ts';
import { readTable } from '../../../problems/table/read.ts';
import { selectRows } from '../../../problems/table/table.ts';
import { courses, METHODS, type Courses, type Method, type Split } from './courses.ts';
import { AXIS, points } from './points.ts';

/** Where rows come from. */
interface Source {
  /** Letters. */
  readonly id: string;
  readonly name: string;
  split(k: number): Split;
  readonly options: MixtureOptions;
}

/** Public tables: their file, and columns that are not to be grouped by: names of rows, and classes. */
const TABLES = [
  ['votes', 'house-votes-84.data', ['Class']],
  ['wine', 'wine.data', ['class']],
  ['biopsy', 'biopsy.csv', ['rownames', 'ID', 'class']],
] as const;

/** One row in five is held out. */
const HELD_OUT = 5;
/** The budget of annealing that claims are about, in visits. */
const VISITS = 8;
const RIVALS: readonly Method[] = ['Gibbs from the prior', 'sequential, then Gibbs'];

/** Points in a square, and the user's tables where they name a folder. */
function sources(context: Context): readonly Source[] {
  const rows = context.full ? 2000 : 600;
  const generated: Source = {
    id: 'points',
    name: 'points in 50 groups',
    split(k) {
      const { features, ...rest } = points(context, 'points, held out', rows + rows / 2, k);
      const part = (from: number, to: number) => ({
        ...rest,
        rows: to - from,
        features: features.map((feature) => ({ ...feature, values: feature.values.slice(from, to) })),
      });
      return { data: part(0, rows), others: part(rows, rows + rows / 2) };
    },
    options: { alpha: 10, discount: 0.1, hyper: 'fixed', priors: { x: AXIS, y: AXIS } },
  };
  const { instances } = context;
  return instances === null ? [generated] : [generated, ...TABLES.map((table) => tableOf(context, instances, table))];
}

/** A table whose rows are dealt anew for each split, columns modelled as they look and hyperparameters drawn from their grids. */
function tableOf(context: Context, folder: string, [id, file, drop]: (typeof TABLES)[number]): Source {
  const path = [join(folder, file), join(folder, 'learn', file)].find(existsSync);
  if (path === undefined)
    throw new LehrError('input', `--instances ${folder}: there is no ${file}, expected it there, or in a folder learn.`);
  const table = readTable(readFileSync(path, 'utf8'), { path });
  return {
    id,
    name: file,
    split(k) {
      const order = permutation(stream(context.seedOf('deals'), id, k), table.rows);
      const held = Math.floor(table.rows / HELD_OUT);
      const data = mixtureData(selectRows(table, order.subarray(held)), { drop });
      return { data, others: encodeLike(data.features, selectRows(table, order.subarray(0, held))) };
    },
    options: {},
  };
}

/** The claims about what groups say of rows that were held out, against the methods of the authors' example in at least as much time. */
export function accuracyClaims(context: Context): Claim[] {
  return sources(context).flatMap((source) => {
    const run = (): Promise<Courses> =>
      context.once(`${source.name}: drawn`, async () => {
        const found = await courses(context, source.name, context.full ? 40 : 12, source.split, source.options);
        for (const figure of figures(context, source, found)) context.show(figure, CAPTION);
        return found;
      });
    return RIVALS.map((rival): Claim => {
      const difference = (found: Courses, other: Method | 'again', visits: number): Evidence => {
        const theirs = found.of(other, visits, 'heldOut');
        return { differences: found.of('annealing', VISITS, 'heldOut').map((each, k) => each - theirs[k]) };
      };
      return {
        id: `${source.id}-held-out-against-${rival.toLowerCase().replaceAll(/[^a-z]+/g, '-')}`,
        source: 'abstract: better accuracy for the time than Gibbs sampling; rows, budgets and margins are ours',
        statement: `Of ${source.name}, groups found by annealing with ${VISITS} visits a row say more of rows held out than those of ${rival} in at least as much time of the processor.`,
        expected: { quantity: `ln density of rows held out in nats a row, annealing less ${rival}`, above: 0 },
        async measure() {
          const found = await run();
          return difference(found, rival, found.asLong(rival, 'annealing', VISITS));
        },
        control: { statement: 'Annealing against itself on other streams.', measure: async () => difference(await run(), 'again', VISITS) },
      };
    });
  });
}

const CAPTION =
  'Each point is the end of runs of one budget: 1, 2, 4, … 32 visits a row, means over splits with their 95 % intervals. The first point of sequential, then Gibbs is sequential initialisation alone.';

function figures(context: Context, { id, name }: Source, found: Courses): Figure[] {
  const figure = (what: 'heldOut' | 'joint', against: 'seconds' | 'visits'): Figure => ({
    id: `accuracy-${id}-${what.toLowerCase()}-${against}`,
    title: `${what === 'heldOut' ? 'Rows held out' : 'Joint density'}: ${name}`,
    x: { label: against === 'seconds' ? 'seconds of the processor' : 'visits a row', scale: 'log' },
    y: {
      label: `${what === 'heldOut' ? 'ln density of rows held out' : 'ln joint'}, nats a row below the best of all runs`,
      scale: 'linear',
    },
    series: METHODS.map((method, group) => ({
      name: method,
      group,
      role: 'band',
      points: found.curve(context, name, method, what, against),
    })),
  });
  return [figure('heldOut', 'seconds'), figure('heldOut', 'visits'), figure('joint', 'seconds'), figure('joint', 'visits')];
}

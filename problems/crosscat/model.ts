import { LehrError, show } from '../../src/error.ts';
import type { RowModel } from '../../src/dynamics/row-model.ts';
import { digestOfMixture, type MixtureData } from '../mixture/data.ts';
import { moveHyper, moveProcess, pickProcess } from '../mixture/grid-gibbs.ts';
import { checkNames, MIXTURE_OPTIONS, priorsOf, processOf, type MixtureOptions, type ProcessOptions } from '../mixture/options.ts';
import { resultOf, type MixtureResult } from '../mixture/result.ts';
import { verifyPartition } from '../mixture/verify.ts';
import { moveFeatures } from './feature-kernel.ts';
import { offerOwnKinds } from './own-kinds.ts';
import { emptyKind, loadViews, saveViews, Views, type SavedViews } from './views.ts';

/** Options of Cross-Categorization: those of a mixture are of the rows in each kind. */
export interface CrossCatOptions extends MixtureOptions {
  /** The process that deals features into kinds. */
  readonly kinds?: ProcessOptions;
  /** The most kinds there may be (one more than features, which is no bound). Fewer make batch events cheaper: each kind's likelihood is computed for every feature. */
  readonly places?: number;
  /** Gibbs sweeps over the features at a batch event (32, as loom has it). */
  readonly sweeps?: number;
  /**
   * Whether each feature is then offered a kind of its own whose partition is drawn by its values (true). Without it, as in loom, new kinds come from the prior alone, and hardly any is born of
   * more than a few rows.
   */
  readonly ownKinds?: boolean;
}

/** What a run returns. */
export interface CrossCatResult {
  /** The kind of each column, numbered from 0 in the order of the columns. */
  readonly kindOf: Int32Array;
  /** Each kind: its columns, and the partition of the rows by them. */
  readonly kinds: readonly (MixtureResult & { readonly columns: readonly string[] })[];
  /** Of the process that deals columns. */
  readonly alpha: number;
  readonly discount: number;
}

/**
 * Cross-Categorization (Shafto et al. 2006; Mansinghka et al., J. Mach. Learn. Res. 17, 2016) with Pitman–Yor processes: columns are dealt into kinds, and each kind has a partition of the rows of its
 * own, a mixture. A row is put into a group of every kind; at batch events columns are dealt anew and hyperparameters drawn from their grids. All columns begin in one kind.
 * @throws LehrError `option` for hyperparameters out of range or of no column.
 */
export function crossCatModel(data: MixtureData, options: CrossCatOptions = {}): RowModel<Views, CrossCatResult> {
  checkNames('crossCatModel', options, [...MIXTURE_OPTIONS, 'kinds', 'places', 'sweeps', 'ownKinds']);
  checkNames('crossCatModel: kinds', options.kinds ?? {}, ['alpha', 'discount', 'grid']);
  const { rows, features } = data;
  const { places = features.length + 1, sweeps = 32, ownKinds = true } = options;
  count('places', places, 2);
  count('sweeps', sweeps, 0);
  if (typeof ownKinds !== 'boolean') throw new LehrError('option', `crossCatModel: ownKinds is ${show(ownKinds)}, expected true or false.`);
  const fixed = options.hyper === 'fixed';
  const priors = priorsOf('crossCatModel', data, options);
  const process = processOf('crossCatModel', options, fixed);
  const dealing = processOf('crossCatModel: kinds', options.kinds ?? {}, fixed);
  const all = features.map((_, f) => f);
  return {
    name: 'crosscat',
    rows,
    fingerprint: {
      rows,
      digest: digestOfMixture(data),
      features: features.map(({ name, kind }) => [name, kind]),
      priors,
      process,
      dealing,
      places,
      sweeps,
      ownKinds,
    },
    empty() {
      const hyper = priors.map(({ start }) => Float64Array.from(start));
      return new Views(data, hyper, [emptyKind(data, all, hyper, process.start)], ...dealing.start);
    },
    partitions: (views) => views.kinds.length,
    width: (views) => views.kinds.reduce((most, { top }) => Math.max(most, top), 0),
    score: (views, kind, row, power, into) => views.kinds[kind].score(row, power, into),
    add: (views, kind, row, candidate) => views.kinds[kind].add(row, candidate),
    remove(views, row) {
      const { kinds } = views;
      for (let k = 0; k < kinds.length; k++) kinds[k].remove(row);
    },
    assign(views, row, rng) {
      const { kinds } = views;
      for (let k = 0; k < kinds.length; k++) kinds[k].assign(row, rng);
    },
    assignBlindly(views, row, rng) {
      for (const kind of views.kinds) kind.assignBlindly(row, rng);
    },
    logJoint: (views, power) => views.logJoint(power),
    count: (views) => views.kinds.reduce((sum, { groups }) => sum + groups, 0),
    refresh(views, order, from, n, power, rng) {
      const window = Int32Array.from({ length: n }, (_, i) => order[(from + i) % rows]);
      if (sweeps > 0) moveFeatures(views, window, places, sweeps, process.grid, power, rng);
      if (ownKinds) offerOwnKinds(views, window, places, process.grid, power, rng);
      for (const kind of views.kinds) {
        kind.addUp(order, from, n);
        if (fixed) continue;
        moveProcess(kind, process.grid, rng);
        for (const f of kind.features) moveHyper(kind, f, priors[f].grids, power, rng);
        kind.refresh();
      }
      if (dealing.grid.length > 1) [views.alpha, views.discount] = dealing.grid[pickProcess(views.sizes(), dealing.grid, rng)];
    },
    verify(views) {
      for (const kind of views.kinds) verifyPartition(kind);
    },
    result: (views) => ({
      kindOf: views.kindOf(),
      kinds: views.kinds.map((kind) => ({ columns: kind.features.map((f) => features[f].name), ...resultOf(kind) })),
      alpha: views.alpha,
      discount: views.discount,
    }),
    save: saveViews,
    load: (saved: SavedViews) => loadViews(data, saved),
  };
}

function count(name: string, value: unknown, least: number): void {
  if (!(typeof value === 'number' && Number.isSafeInteger(value) && value >= least))
    throw new LehrError('option', `crossCatModel: ${name} is ${show(value)}, expected a whole number of at least ${least}.`);
}

import type { RowModel } from '../../src/dynamics/row-model.ts';
import { digestOfMixture, type MixtureData } from './data.ts';
import { moveHyper, moveProcess } from './grid-gibbs.ts';
import { checkNames, MIXTURE_OPTIONS, priorsOf, processOf, type MixtureOptions } from './options.ts';
import { Partition } from './partition.ts';
import { resultOf, type MixtureResult } from './result.ts';
import { loadPartition, savePartition, type SavedPartition } from './save.ts';
import { verifyPartition } from './verify.ts';

/**
 * A mixture with any number of groups: rows are partitioned by a Pitman–Yor process (Dirichlet process: discount 0), and within a group columns are independent, each with its
 * conjugate prior (`FeatureKind`), integrated out. A missing value says nothing of its row's group. At batch events hyperparameters are drawn anew from their grids.
 * @throws LehrError `option` for hyperparameters out of range or of no column.
 */
export function mixtureModel(data: MixtureData, options: MixtureOptions = {}): RowModel<Partition, MixtureResult> {
  checkNames('mixtureModel', options, MIXTURE_OPTIONS);
  const { rows, features } = data;
  const priors = priorsOf('mixtureModel', data, options);
  const process = processOf('mixtureModel', options, options.hyper === 'fixed');
  const all = features.map((_, f) => f);
  return {
    name: 'mixture',
    rows,
    fingerprint: { rows, digest: digestOfMixture(data), features: features.map(({ name, kind }) => [name, kind]), priors, process },
    empty: () =>
      new Partition(
        data,
        all,
        priors.map(({ start }) => Float64Array.from(start)),
        process.start,
      ),
    partitions: () => 1,
    width: (groups) => groups.top,
    score: (groups, _, row, power, into) => groups.score(row, power, into),
    add: (groups, _, row, candidate) => groups.add(row, candidate),
    remove: (groups, row) => groups.remove(row),
    assign: (groups, row, rng) => groups.assign(row, rng),
    assignBlindly: (groups, row, rng) => groups.assignBlindly(row, rng),
    logJoint: (groups, power) => groups.logPrior() + power * all.reduce((sum, f) => sum + groups.logMarginal(f), 0),
    count: (groups) => groups.groups,
    refresh(groups, order, from, n, power, rng) {
      groups.addUp(order, from, n);
      if (options.hyper === 'fixed') return;
      moveProcess(groups, process.grid, rng);
      for (const f of all) moveHyper(groups, f, priors[f].grids, power, rng);
      groups.refresh();
    },
    verify: verifyPartition,
    result: resultOf,
    save: savePartition,
    load: (saved: SavedPartition) => loadPartition(data, all, saved),
  };
}

import type { DescribedColumn, FoundGroups, KindResult, PlacedKind } from '../../../problems/inferred/index.ts';
import type { MixtureData } from '../../../problems/mixture/index.ts';
import { adjustedRand } from '../../experiment/agreement.ts';
import type { PlainTable } from '../../report/inference-record.ts';
import type { Matrix } from '../../report/matrix.ts';
import { formatCount, formatNumber } from '../../report/terminal.ts';
import { assignmentsText } from './groups-assignments.ts';
import { briefTable, groupsTable, labelTable } from './groups-told.ts';
import type { Conclusion } from './inference.ts';
import type { GroupsSubject } from './groups-subject.ts';

/** With more labels than this a column of truth is no table for people. */
const LABELS = 30;
/** Held-out rows are judged by so many samples at most. */
const JUDGED = 16;

/** The answer: each kind with its groups the larger ones first, where all rows are, and what its columns are like. */
interface Answer {
  readonly kinds: readonly KindResult[];
  readonly placed: readonly PlacedKind[];
  readonly described: readonly (readonly DescribedColumn[])[];
}

/** What chains found of the groups of a table's rows. @param training the rows they saw. @param found by chain. @param best the chain that gives the answer. */
export function concludeGroups(subject: GroupsSubject, training: MixtureData, found: readonly FoundGroups[], best: number): Conclusion {
  const { inferred, mixtures, data, seen, heldOut, model, label, table } = subject;
  const others = heldOut.length === 0 ? null : mixtures.selectMixtureRows(data, heldOut);
  const kinds = found[best].kinds.map(inferred.bySize);
  const placed = kinds.map((kind) => inferred.placed(kind, { rows: table.rows, seen, data: training, heldOut, others }));
  const features = mixtures.codesOf(data);
  const described = placed.map(({ grouping }) => inferred.describeKind(grouping, features));
  const answer: Answer = { kinds, placed, described };
  const judged = others === null ? null : judge(subject, training, others, found[best], placed);
  const truth = label === null ? null : placed.map(({ group }) => indexOf(group, label.codes));
  const counts = groupCounts(found);
  const figures = {
    logJoint: found[best].logJoint,
    groups: kinds.reduce((sum, { sizes }) => sum + sizes.length, 0),
    kinds: kinds.length,
    heldOut: judged?.answer ?? null,
    heldOutAveraged: judged?.averaged ?? null,
    heldOutAsOneGroup: judged?.one ?? null,
    label: truth === null ? null : Math.max(...truth),
  };
  return {
    facts: factsOf(subject, found[best].window, answer, figures, counts, truth),
    figures,
    json: {
      kinds: kinds.map(({ features: own, sizes, alpha, discount }, k) => ({
        columns: own.map((f) => features[f].name),
        groups: Array.from(sizes),
        alpha,
        discount,
        ...(truth === null ? {} : { label: truth[k] }),
      })),
      groupsInSamples: counts,
    },
    brief: kinds.map(({ sizes, features: own }, k) => {
      const names = own.map((f) => features[f].name);
      const heading =
        kinds.length === 1 ? '' : `kind ${k + 1}: ${names.slice(0, 6).join(', ')}${names.length > 6 ? ` … (${names.length})` : ''}`;
      return briefTable(`groups-${k + 1}`, heading, Array.from(sizes), described[k]);
    }),
    tables: tablesOf(subject, answer),
    matrices: matricesOf(subject, answer, found),
    file: (inference, release) =>
      inferred.encodeInferred({
        lehr: 'inference',
        version: 1,
        release,
        model,
        features,
        kinds: placed.map(({ grouping }) => grouping),
        assignments: placed.map(({ assignment }) => assignment),
        inference,
      }),
    assignments: () => assignmentsText(subject, placed),
  };
}

/** The held-out rows' mean log density: by the answer, by the mean over samples of its chain, and as one group. */
function judge(
  { inferred, mixtures }: GroupsSubject,
  training: MixtureData,
  others: MixtureData,
  { samples, kinds }: FoundGroups,
  placed: readonly PlacedKind[],
): { readonly answer: number; readonly averaged: number | null; readonly one: number } {
  const stride = Math.max(1, Math.ceil(samples.length / JUDGED));
  const some = samples.filter((_, i) => i % stride === 0);
  const groupings = some.map((sample) => sample.kinds.map((kind) => mixtures.groupingOf(training, kind.features, kind)));
  return {
    answer: inferred.meanLogDensity([placed.map(({ grouping }) => grouping)], others),
    averaged: some.length === 0 ? null : inferred.meanLogDensity(groupings, others),
    one: inferred.meanLogDensity([inferred.asOneGroup(kinds, training)], others),
  };
}

function indexOf(group: Int32Array, codes: Int32Array): number {
  return codes.some((code, row) => code >= 0 && group[row] >= 0) ? adjustedRand(group, codes) : NaN;
}

/** The least, the median and the largest number of groups in the samples of all chains; null without samples. */
function groupCounts(found: readonly FoundGroups[]): { readonly least: number; readonly median: number; readonly most: number } | null {
  const counts = found.flatMap(({ samples }) => samples.map(({ kinds }) => kinds.reduce((sum, { sizes }) => sum + sizes.length, 0)));
  counts.sort((a, b) => a - b);
  return counts.length === 0 ? null : { least: counts[0], median: counts[counts.length >> 1], most: counts.at(-1)! };
}

function factsOf(
  { heldOut, label, model, seen }: GroupsSubject,
  window: number,
  { kinds }: Answer,
  figures: Readonly<Record<string, number | null>>,
  counts: ReturnType<typeof groupCounts>,
  truth: readonly number[] | null,
): Conclusion['facts'] {
  const inSamples = counts === null ? 'no samples' : `${counts.least} to ${counts.most} in the samples, median ${counts.median}`;
  return [
    model === 'mixture'
      ? { label: 'groups', value: formatCount(figures.groups!), note: inSamples }
      : {
          label: 'kinds of columns',
          value: formatCount(kinds.length),
          note: `with ${kinds.map(({ sizes }) => sizes.length).join(', ')} groups; ${inSamples}`,
        },
    ...(window < seen.length
      ? [
          {
            label: 'rows',
            value: `${formatCount(window)} of ${formatCount(seen.length)}`,
            note: 'were in when the run ended; the others are put into groups by prediction',
          },
        ]
      : []),
    { label: 'log joint', value: formatNumber(figures.logJoint!, 8), note: 'of the best chain at its end' },
    ...(figures.heldOut === null
      ? []
      : [
          {
            label: 'held out',
            value: `${formatNumber(figures.heldOut, 5)} nats a row`,
            note: `mean log density of ${formatCount(heldOut.length)} rows${figures.heldOutAveraged === null ? '' : `; averaged over samples ${formatNumber(figures.heldOutAveraged, 5)}`}; as one group ${formatNumber(figures.heldOutAsOneGroup!, 5)}`,
          },
        ]),
    ...(truth === null
      ? []
      : [
          {
            label: `groups against ${label!.name}`,
            value: formatNumber(figures.label!, 3),
            note: `adjusted Rand index${kinds.length > 1 ? `, of the best kind; of each ${truth.map((value) => formatNumber(value, 3)).join(', ')}` : ''}`,
          },
        ]),
  ];
}

function tablesOf({ label }: GroupsSubject, { kinds, placed, described }: Answer): PlainTable[] {
  return kinds.flatMap(({ sizes }, k) => {
    const of = kinds.length === 1 ? '' : ` of kind ${k + 1}`;
    return [
      groupsTable(`groups-${k + 1}`, `Groups${of}`, Array.from(sizes), described[k]),
      ...(label === null || label.labels.length > LABELS
        ? []
        : [labelTable(`label-${k + 1}`, `Groups${of} against ${label.name}`, label.name, placed[k].group, sizes.length, label)]),
    ];
  });
}

/** So many kinds at most have a picture. */
const PICTURES = 6;

/** Pictures of the rows by each kind that has groups, and before them of the columns, where there are kinds. None where no row is in a group. */
function matricesOf({ inferred, data, model, seen }: GroupsSubject, { kinds, placed }: Answer, found: readonly FoundGroups[]): Matrix[] {
  if (kinds.every(({ sizes }) => sizes.length === 0)) return [];
  const sampled = found.flatMap(({ samples }) => samples.map((sample) => sample.kinds));
  const all = sampled.length > 0 ? sampled : found.map((each) => each.kinds);
  const places = kinds.map((_, k) => k);
  const several = places.filter((k) => kinds[k].sizes.length > 1);
  const rows = (several.length > 0 ? several : places).slice(0, PICTURES).map((k) => {
    const probability = Float64Array.from(seen, (row) => placed[k].probability[row]);
    const title = kinds.length === 1 ? 'Rows that are together' : `Rows that are together by the columns of kind ${k + 1}`;
    return inferred.rowMatrix(kinds[k], all, probability, { id: `rows-${k + 1}`, title });
  });
  const names = data.features.map(({ name }) => name);
  return model === 'mixture' ? rows : [inferred.columnMatrix(kinds, all, names), ...rows];
}

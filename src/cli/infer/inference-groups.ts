import { basename, resolve } from 'node:path';
import type { CrossCatParams, CrossCatResult } from '../../../problems/crosscat/index.ts';
import type { FoundGroups, KindResult } from '../../../problems/inferred/index.ts';
import type { MixtureParams, MixtureResult } from '../../../problems/mixture/index.ts';
import type { Subsampled } from '../../dynamics/subsample-state.ts';
import { formatCount, formatCounted, formatNumber } from '../../report/terminal.ts';
import { groupsNotices, groupsSubject, type GroupsSubject } from './groups-subject.ts';
import type { InferenceOptions } from './infer-options.ts';
import type { Inference, Length } from './inference.ts';
import { courseOfGroups } from './inference-course.ts';
import type { TableSource } from '../data/open-table.ts';

/** Modules of problems are loaded by URL: `src/` never imports one but for its types. */
const PROBLEMS = new URL('../../../problems/', import.meta.url);

/** So many row moves a chain makes at least where nothing is said, if the table is small: of Cross-Categorization, which deals columns too, fewer; and fewer of tables with more columns than these. */
const MOVES = { mixture: 100_000, crosscat: 20_000 };
const MANY_COLUMNS = { mixture: 128, crosscat: 64 };
/** Kinds of columns that are looked for at most where nothing is said: a dealing of columns takes time as columns × kinds. */
const PLACES = 64;
/** Samples that a chain keeps: at most so many, and so many numbers. */
const SAMPLES = 64;
const SAMPLED_ROWS = 8_000_000;

/** Rows of a table in groups: a mixture, or Cross-Categorization. */
export async function groupsInference(
  given: string,
  options: InferenceOptions & { readonly model: 'mixture' | 'crosscat' },
  source: TableSource,
): Promise<Inference> {
  const [tables, mixtures, inferred] = (await Promise.all(
    ['table', 'mixture', 'inferred'].map((room) => import(new URL(`${room}/index.js`, PROBLEMS).href)),
  )) as [GroupsSubject['tables'], GroupsSubject['mixtures'], GroupsSubject['inferred']];
  const { model } = options;
  const subject = groupsSubject(given, options, source.table, { tables, mixtures, inferred });
  const { seen, heldOut, data } = subject;
  const training = mixtures.selectMixtureRows(data, seen);
  const { alpha, discount, hyper, method = 'subsample' } = options;
  const columns = data.features.length;
  const moves = MOVES[model] * Math.min(1, MANY_COLUMNS[model] / columns);
  const { places = Math.min(PLACES, columns + 1) } = options;
  const process = Object.fromEntries(Object.entries({ alpha, discount, hyper }).filter(([, value]) => value !== undefined));
  const foundOf = (result: unknown, { budget, burnIn }: Length): FoundGroups => {
    const subsampled = result as Subsampled<MixtureResult | CrossCatResult>;
    const last = subsampled.logJoints.at(-1)?.[0] ?? 0;
    return inferred.foundIn(subsampled, data, burnIn === null && !('steps' in budget) ? last / 2 : 0);
  };
  const kindsOf = (result: unknown): KindResult[] => inferred.kindsOf((result as Subsampled<MixtureResult | CrossCatResult>).groups, data);
  return {
    given,
    path: resolve(given),
    sha256: source.sha256,
    text: source.text,
    name: basename(given),
    model,
    title: titleOf(options),
    size: `${formatCount(data.rows)} rows${heldOut.length > 0 ? ` (${formatCount(heldOut.length)} held out)` : ''} of ${formatCounted(columns, 'column')}`,
    counts: { rows: data.rows, columns, heldOut: heldOut.length },
    notices: [
      ...groupsNotices(subject, options),
      ...(model === 'crosscat' && options.places === undefined && places <= columns
        ? [`at most ${formatCount(places)} kinds of columns are looked for (--places for more, which takes longer).`]
        : []),
    ],
    objective: 'log joint',
    recipe: new URL(`${model}/recipe.js`, PROBLEMS).href,
    params({ burnIn }) {
      const params: MixtureParams | CrossCatParams = {
        data: training,
        ...process,
        ...(model === 'crosscat' ? { places } : {}),
        samples: Math.max(2, Math.min(SAMPLES, Math.floor(SAMPLED_ROWS / seen.length))),
        ...(burnIn === null || burnIn === 0 ? {} : { burnIn }),
        ...(method === 'gibbs' || method === 'tempered' ? { start: 'prior' } : {}),
        ...(method === 'tempered' ? { tempered: true } : {}),
      };
      return params;
    },
    controls: method === 'tempered' ? ['fraction', 'temperature'] : ['fraction'],
    dormant: { temperature: '--method tempered' },
    course: (said, lengths) => courseOfGroups({ rows: seen.length, moves }, method, said, lengths),
    watch: ['window', 'groups'],
    telling: ({ energy, signals: { window, groups } }) => [
      `log joint ${formatNumber(-energy, 7)}`,
      formatCounted(groups ?? NaN, 'group'),
      ...(window !== undefined && window < seen.length ? [`${formatCount(window)} of ${formatCount(seen.length)} rows`] : []),
    ],
    isComparable: ({ signals: { window } }) => window === seen.length,
    comparableFrom: 'all rows are in',
    worthOf: (result) => (result as Subsampled<unknown>).logJoint,
    // The log joint is of the rows in the window: of chains that were cut before they had all, that with more rows knows more.
    isBetter(one, than) {
      const [a, b] = [one, than] as [Subsampled<unknown>, Subsampled<unknown>];
      return a.window === b.window ? a.logJoint > b.logJoint : a.window > b.window;
    },
    drawsOf: (result, course) => foundOf(result, course).draws,
    likeness: {
      name: 'adjusted Rand index',
      advice: 'more visits may bring them together',
      of: (one, other) => inferred.likeness(kindsOf(one), kindsOf(other)),
    },
    async conclude(found, best, course) {
      const { concludeGroups } = await import('./groups-conclusion.ts');
      return concludeGroups(
        subject,
        training,
        found.map(({ result }) => foundOf(result, course)),
        found.findIndex(({ chain }) => chain === best),
      );
    },
  };
}

function titleOf({ model, alpha = 1, discount = 0, hyper = 'grid' }: InferenceOptions): string {
  const process = discount > 0 ? 'Pitman–Yor' : 'Dirichlet-process';
  const name = model === 'crosscat' ? `Cross-Categorization, ${process} mixtures` : `${process} mixture`;
  return hyper === 'fixed' ? `${name}, α = ${alpha}${discount > 0 ? `, d = ${discount}` : ''} and priors held` : name;
}

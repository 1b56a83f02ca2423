import { maybe } from '../closest.ts';
import { LehrError, show } from '../error.ts';
import { stream } from '../random/rng.ts';
import type { Seed } from '../random/seed.ts';
import type { Figure } from '../report/figures.ts';
import { boundsOf, describeMargin, judge, type Claim, type Evidence, type Judgement } from './claim.ts';
import { compare } from './compare.ts';
import type { Compared, Context, Paper } from './paper.ts';
import type { Report } from './report.ts';

/** A claim as it came out; every number is finite. */
export interface ClaimResult extends Judgement {
  readonly id: string;
  readonly source: string;
  readonly statement: string;
  /** The quantity and its side of the margin, in words. */
  readonly expected: string;
  readonly control: Judgement & { readonly statement: string };
}

/** A claim whose experiment could not run. */
export interface ClaimFailure {
  readonly id: string;
  readonly error: LehrError;
}

/** What `lehr reproduce --json` prints. */
export interface Reproduction {
  readonly paper: string;
  readonly title: string;
  /** Wall seconds of all experiments. */
  readonly seconds: number;
  readonly claims: readonly ClaimResult[];
}

/** A reproduction, what could not run, and the figures it drew. */
export interface Reproduced {
  readonly reproduction: Reproduction;
  readonly failures: readonly ClaimFailure[];
  /** Whether it was cut: the claims are those finished before. */
  readonly interrupted: boolean;
  readonly figures: readonly { readonly figure: Figure; readonly caption: string }[];
  /** The finite ends of each claim's margin, by its id: for figures. */
  readonly margins: Readonly<Record<string, readonly number[]>>;
}

/** How a paper is reproduced. */
export interface ReproduceOptions {
  readonly seed: Seed;
  readonly workers: number;
  readonly full?: boolean;
  /** A folder with the benchmark's own instances. */
  readonly instances?: string;
  /** The ids of the claims to try (all). */
  readonly claims?: readonly string[];
  readonly signal?: AbortSignal;
  /** Hears of a claim as soon as it is judged. */
  readonly judged?: (claim: ClaimResult) => void;
  /** Hears how far an experiment is. */
  readonly progress?: (experiment: string, share: number) => void;
}

/**
 * Tries the claims of a paper one after the other, each with its control. A claim whose experiment throws is told of in `failures`, and the others go on;
 * aborting ends it with the claims that are finished. The seed decides everything but times; neither the number of workers nor which other claims are tried
 * decides anything.
 * @throws LehrError `option` for a claim that the paper has not.
 */
export async function reproduce(paper: Paper, options: ReproduceOptions): Promise<Reproduced> {
  const { seed, signal = new AbortController().signal, judged } = options;
  const began = performance.now();
  const figures = new Map<string, { figure: Figure; caption: string }>();
  const context = contextOf(paper, { ...options, signal }, figures);
  const claims: ClaimResult[] = [];
  const margins: Record<string, readonly number[]> = {};
  const failures: ClaimFailure[] = [];
  for (const claim of chosen(paper.claims(context), options.claims)) {
    if (signal.aborted) break;
    try {
      const measure = async (run: () => Evidence | Promise<Evidence>, side: string): Promise<Judgement> =>
        judge(claim.expected, await run(), stream(seed, 'bootstrap', paper.paper, claim.id, side));
      const measured = await measure(() => claim.measure(), 'claim');
      const control = await measure(() => claim.control.measure(), 'control');
      // An experiment that was cut may have ended without an error.
      if (signal.aborted) break;
      claims.push(resultOf(claim, measured, control));
      margins[claim.id] = boundsOf(claim.expected).filter((end): end is number => typeof end === 'number' && Number.isFinite(end));
      judged?.(claims[claims.length - 1]);
    } catch (error) {
      if (signal.aborted) break;
      failures.push({ id: claim.id, error: LehrError.from(error, 'worker') });
    }
  }
  const seconds = (performance.now() - began) / 1000;
  return {
    reproduction: { paper: paper.paper, title: paper.title, seconds, claims },
    failures,
    interrupted: signal.aborted,
    figures: [...figures.values()],
    margins,
  };
}

function chosen(claims: readonly Claim[], ids: readonly string[] | undefined): readonly Claim[] {
  if (ids === undefined) return claims;
  const known = claims.map(({ id }) => id);
  for (const id of ids) {
    if (!known.includes(id))
      throw new LehrError('option', `claims: ${show(id)} is none of the paper's: ${known.join(', ')}.${maybe(id, known)}`);
  }
  return claims.filter(({ id }) => ids.includes(id));
}

function resultOf({ id, source, statement, expected, control }: Claim, measured: Judgement, controlled: Judgement): ClaimResult {
  return {
    id,
    source,
    statement,
    expected: `${expected.quantity}: ${describeMargin(expected)}`,
    ...measured,
    control: { statement: control.statement, ...controlled },
  };
}

function contextOf(
  { paper }: Paper,
  { seed, workers, full = false, instances, signal, progress }: ReproduceOptions & { readonly signal: AbortSignal },
  figures: Map<string, { figure: Figure; caption: string }>,
): Context {
  const runs = new Map<string, Promise<unknown>>();
  const once = <T>(experiment: string, run: () => T | Promise<T>): Promise<T> => {
    if (!runs.has(experiment)) runs.set(experiment, Promise.resolve().then(run));
    return runs.get(experiment) as Promise<T>;
  };
  const seedOf = (experiment: string): Seed => `${seed}: ${paper}: ${experiment}`;
  return {
    full,
    instances: instances ?? null,
    workers,
    signal,
    seedOf,
    once,
    compare: <P extends object>(experiment: string, options: Compared<P>): Promise<Report> =>
      once(experiment, async () => {
        let over = 0;
        const report = await compare<P>({
          ...options,
          seed: seedOf(experiment),
          workers,
          signal,
          observe({ runs: all, progress: { stopped } }) {
            if (stopped !== null) progress?.(experiment, ++over / all);
          },
        });
        const failed = report.rows.find(({ stopped }) => stopped === 'failed');
        if (failed !== undefined) throw new LehrError('worker', `${experiment}: cell ${failed.cell}: ${failed.error}`);
        return report;
      }),
    show(figure, caption) {
      figures.set(figure.id, { figure, caption });
    },
    progress(experiment, share) {
      progress?.(experiment, share);
    },
  };
}

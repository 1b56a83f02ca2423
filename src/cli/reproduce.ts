import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { LehrError } from '../error.ts';
import { measuredText, VERDICTS } from '../experiment/reproduce-page.ts';
import { reproduce, type ClaimResult, type Reproduced } from '../experiment/reproduce.ts';
import type { Seed } from '../random/seed.ts';
import { bar, formatNumber, formatSeconds } from '../report/terminal.ts';
import { complain, EXIT } from './exit.ts';
import { liveLines } from './terminal/live.ts';
import { tryOutputs, writeOutput, writeStdout } from './files/output.ts';
import { loadPaper, paperIds } from './papers.ts';
import { commandLine } from './shell.ts';
import { version } from './version.ts';

/** The options of `lehr reproduce` as given. */
export interface ReproduceOptions {
  readonly full?: boolean;
  readonly instances?: string;
  readonly claims?: string;
  readonly seed?: Seed;
  readonly workers?: number;
  readonly report?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
}

const BAR = 20;

/** `lehr reproduce`: the list of papers, or the claims of one. @param signal Ctrl-C. @returns the exit code. */
export async function reproducePaper(id: string | undefined, options: ReproduceOptions, signal: AbortSignal): Promise<number> {
  if (id === undefined) return list(options);
  const { seed = 1, workers = availableParallelism(), full = false, report, json = false, quiet = false, verbose = false } = options;
  if (quiet && verbose) throw new LehrError('option', '--quiet and --verbose are both given: expected one of them.');
  const paper = await loadPaper(id);
  if (report === '') throw new LehrError('option', '--report is empty, expected a file.');
  if (report !== undefined) tryOutputs([{ option: '--report', given: report, path: resolve(report) }], []);

  if (options.instances !== undefined && !existsSync(options.instances))
    throw new LehrError('option', `--instances is ${options.instances}, expected a folder: there is none of that name.`);
  const given = {
    ...(options.instances === undefined ? {} : { instances: options.instances }),
    ...(options.claims === undefined ? {} : { claims: options.claims.split(',').map((claim) => claim.trim()) }),
  };
  let doing = '';
  const live = quiet ? null : await liveLines({ lines: () => [doing], plain: () => doing });
  let written = Promise.resolve();
  let title = `arXiv ${paper.paper}: ${paper.title}\n\n`;
  const reproduced = await reproduce(paper, {
    seed,
    workers,
    full,
    ...given,
    signal,
    judged(claim) {
      live?.end();
      if (json) return;
      const text = `${title}${claimText(claim)}\n`;
      title = '';
      written = written.then(() => writeStdout(text));
    },
    progress(experiment, share) {
      doing = `${bar(share, BAR)} ${formatNumber(Math.floor(share * 100)).padStart(3)} %  ${experiment}`;
      live?.changed();
    },
  }).finally(() => live?.end());
  await written;

  const words = [
    'lehr',
    'reproduce',
    id,
    ...(full ? ['--full'] : []),
    ...(options.instances === undefined ? [] : ['--instances', options.instances]),
    ...(options.claims === undefined ? [] : ['--claims', options.claims]),
    '--seed',
    String(seed),
  ];
  const command = commandLine(words);
  if (report !== undefined) {
    const { renderReproduction } = await import('../experiment/reproduce-page.ts');
    const settings: [string, string][] = [
      ['size', full ? 'the paper’s own' : 'small'],
      ['seed', String(seed)],
      ['workers', String(workers)],
    ];
    await writeOutput(resolve(report), await renderReproduction(reproduced, { settings, command, version: version() }));
  }
  if (json) await writeStdout(`${JSON.stringify(reproduced.reproduction, null, 2)}\n`);
  else await writeStdout(`${title}${countText(reproduced)}\nseed ${seed}; again: ${command}\n`);
  return tell(reproduced, verbose);
}

async function list({ json = false }: ReproduceOptions): Promise<number> {
  const papers = await Promise.all(paperIds().map(loadPaper));
  const rows = papers.map(({ paper, title }) => ({ paper, title }));
  await writeStdout(json ? `${JSON.stringify(rows, null, 2)}\n` : rows.map(({ paper, title }) => `${paper}  ${title}\n`).join(''));
  return EXIT.done;
}

/** A claim for people. */
function claimText({ id, source, statement, expected, control, ...judgement }: ClaimResult): string {
  const rows = [
    ['statement', statement],
    ['source', source],
    ['expected', expected],
    ['measured', measuredText(judgement)],
    ['control', `${control.statement}\n${measuredText(control)}: ${VERDICTS[control.verdict]}`],
  ];
  const lines = rows.flatMap(([label, text]) => text.split('\n').map((line, i) => `  ${(i === 0 ? label : '').padEnd(9)}  ${line}\n`));
  return `${id}: ${VERDICTS[judgement.verdict]}\n${lines.join('')}`;
}

function countText({ reproduction: { claims, seconds } }: Reproduced): string {
  const count = (verdict: ClaimResult['verdict']): number => claims.filter((claim) => claim.verdict === verdict).length;
  return `${claims.length} claims: ${count('holds')} hold, ${count('fails')} do not, ${count('undecided')} cannot be told at this size; ${formatSeconds(seconds)}`;
}

/** Says on standard error what could not run, and controls that came out as they must not; the exit code. */
function tell({ reproduction, failures, interrupted }: Reproduced, verbose: boolean): number {
  for (const { id, control } of reproduction.claims) {
    if (control.verdict === 'holds')
      process.stderr.write(`lehr: ${id}: the control holds too, where the effect is absent: the experiment shows nothing.\n`);
  }
  for (const { id, error } of failures)
    complain(new LehrError(error.code, `${id}: could not run: ${error.message}`, { cause: error }), verbose);
  if (interrupted) return EXIT.interrupted;
  return failures.length === 0 ? EXIT.done : EXIT.failed;
}

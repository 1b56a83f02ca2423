import { LehrError, type LehrErrorCode } from '../error.ts';
import type { PathPart } from '../random/seed.ts';

/** `job 3 (chain/3)`, as messages call a job. */
export function nameOf(job: number, path: readonly PathPart[] | undefined): string {
  return path === undefined || path.length === 0 ? `job ${job}` : `job ${job} (${path.join('/')})`;
}

/** What a job threw, as an error that names the job: a `LehrError` keeps its code, any other becomes a `worker` error that says where it was thrown. */
export function jobError(thrown: unknown, job: number, path: readonly PathPart[] | undefined, code: LehrErrorCode = 'worker'): LehrError {
  const error = LehrError.from(thrown, code);
  const named = new LehrError(error.code, `${nameOf(job, path)}: ${error === thrown ? error.message : describe(thrown)}`, {
    cause: thrown,
    ...(error.details === undefined ? {} : { details: error.details }),
  });
  if (thrown instanceof Error && thrown.stack !== undefined) named.stack = `${named.name}: ${named.message}\n${thrown.stack}`;
  return named;
}

/** A foreign error in one line: its kind if that tells something, its message, and the place of the first frame outside Node. */
export function describe(thrown: unknown): string {
  if (!(thrown instanceof Error)) return `it threw ${String(thrown)}, which is no Error`;
  const { name, message, stack = '' } = thrown;
  const text = name === 'Error' || message.startsWith(name) ? message : `${name}: ${message}`;
  const lines = stack.split('\n');
  // A syntax error's stack begins with the place itself.
  const place =
    /^((?:file:\/\/)?\/.*:\d+)$/.exec(lines[0])?.[1] ??
    lines.map((line) => /^ +at .*?((?:file:\/\/)?\/[^()]+:\d+:\d+)\)?$/.exec(line)?.[1]).find(Boolean);
  return place === undefined ? text : `${text.replace(/\.$/, '')} (at ${place.replace(/^file:\/\//, '')})`;
}

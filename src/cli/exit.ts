import { LehrError } from '../error.ts';

/** Exit codes: done; failed; usage or bad input; interrupted with the best saved. */
export const EXIT = { done: 0, failed: 1, usage: 2, interrupted: 130 } as const;

/** The exit code of an error. */
export function exitCodeOf(error: unknown): number {
  return error instanceof LehrError && (error.code === 'option' || error.code === 'input') ? EXIT.usage : EXIT.failed;
}

/** Tells of chains that failed; the exit code. What failed while it ran, told by `details`, is a failure of the run, not of the command line. */
export function tellFailures(failures: readonly LehrError[], verbose: boolean): number {
  for (const failure of failures) complain(failure, verbose);
  if (failures.length === 0) return EXIT.done;
  const usage = failures.every((failure) => failure.details === undefined && exitCodeOf(failure) === EXIT.usage);
  return usage ? EXIT.usage : EXIT.failed;
}

/** Says on standard error what went wrong: one message, with the stack only if asked for. */
export function complain(error: unknown, verbose: boolean): void {
  const known = error instanceof LehrError;
  const message = error instanceof Error ? error.message : String(error);
  let text = known ? `lehr: ${message}` : `lehr: unexpected error: ${message}${verbose ? '' : ' (--verbose shows where)'}`;
  if (verbose && error instanceof Error) {
    text += `\n${error.stack ?? ''}`;
    if (error.cause !== undefined)
      text += `\ncaused by: ${error.cause instanceof Error ? (error.cause.stack ?? error.cause.message) : String(error.cause)}`;
  }
  process.stderr.write(`${text}\n`);
}

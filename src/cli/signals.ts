/** A second Ctrl-C counts only after this long, in milliseconds: `npx` may deliver the first one twice. */
const TWICE = 1000;

/** Ctrl-C as an `AbortSignal`. */
export interface Interrupt {
  readonly signal: AbortSignal;
  /** Back to the system's own handling. */
  release(): void;
}

/**
 * Turns SIGINT, SIGTERM and SIGHUP into an abort; another one more than a second later exits at once with 130.
 * @param tell hears of the first one.
 */
export function onInterrupt(tell: () => void): Interrupt {
  const controller = new AbortController();
  let first = 0;
  const hear = (): void => {
    const now = performance.now();
    if (!controller.signal.aborted) {
      first = now;
      controller.abort();
      tell();
    } else if (now - first > TWICE) {
      process.exit(130);
    }
  };
  const names = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const name of names) process.on(name, hear);
  return {
    signal: controller.signal,
    release() {
      for (const name of names) process.off(name, hear);
    },
  };
}

/** A second Ctrl-C counts only after this long, in milliseconds: `npx` may deliver the first one twice. */
const TWICE = 1000;

/** Ctrl-C as an `AbortSignal`. */
interface Interrupt {
  readonly signal: AbortSignal;
  /** Back to the system's own handling. */
  release(): void;
}

/**
 * Runs a verb that Ctrl-C ends early. What the verb is made of is loaded within `run`, after Ctrl-C is heard: an interrupted run still tells what it has.
 * @param quiet whether the interruption goes untold. @param then what the verb does with it, such as `saving the best so far`.
 */
export async function interruptible<T>(
  { quiet }: { readonly quiet?: boolean | undefined },
  then: string,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const interrupt = onInterrupt(() => {
    if (quiet !== true) process.stderr.write(`\nlehr: interrupted, ${then} (Ctrl-C again after a second exits at once)\n`);
  });
  try {
    return await run(interrupt.signal);
  } finally {
    interrupt.release();
  }
}

/**
 * Turns SIGINT, SIGTERM and SIGHUP into an abort; another one more than a second later exits at once with 130.
 * @param tell hears of the first one.
 */
function onInterrupt(tell: () => void): Interrupt {
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

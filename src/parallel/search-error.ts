import { LehrError } from '../error.ts';

/** All chains of a search failed: the first one's error, and each one's own beside it. */
export class SearchError extends LehrError {
  /** By job. */
  readonly errors: readonly LehrError[];

  /** @param errors at least one. */
  constructor(errors: readonly LehrError[]) {
    const [{ code, message, details, stack }] = errors;
    super(code, message, { cause: errors[0], details });
    if (stack !== undefined) this.stack = stack;
    this.errors = errors;
    // Whoever prints the error wants one message.
    Object.defineProperty(this, 'errors', { enumerable: false });
  }
}

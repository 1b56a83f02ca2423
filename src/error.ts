/**
 * What went wrong, for programs: `option` (an argument or option), `input` (a file or data), `contract` (a problem, dynamics or
 * schedule that breaks its interface), `checkpoint`, `worker`. The first two make the command line exit with 2, the others with 1.
 */
export type LehrErrorCode = 'option' | 'input' | 'contract' | 'checkpoint' | 'worker';

/** A `LehrError` as plain data, as it crosses threads. */
export interface LehrErrorData {
  readonly lehr: true;
  readonly code: LehrErrorCode;
  readonly message: string;
  readonly stack?: string;
  readonly details?: unknown;
}

/**
 * Every error Lehr throws on purpose. The message names the thing, its value and what was expected, and ends with a `Maybe …` where
 * the cause can be guessed.
 */
export class LehrError extends Error {
  readonly code: LehrErrorCode;
  /** Plain data for those who catch it, where there is more to tell than the message: it crosses threads. */
  readonly details?: unknown;

  constructor(code: LehrErrorCode, message: string, options?: ErrorOptions & { readonly details?: unknown }) {
    super(message, options);
    this.name = 'LehrError';
    this.code = code;
    if (options?.details !== undefined) this.details = options.details;
  }

  /** Plain data that survives `postMessage` and JSON; `LehrError.from` is its inverse. */
  toData(): LehrErrorData {
    const { code, message, stack, details } = this;
    return { lehr: true, code, message, ...(stack === undefined ? {} : { stack }), ...(details === undefined ? {} : { details }) };
  }

  /** A `LehrError` from anything thrown: itself, its plain data, or another error, which gets the given code. */
  static from(thrown: unknown, code: LehrErrorCode): LehrError {
    if (thrown instanceof LehrError) return thrown;
    if (typeof thrown === 'object' && thrown !== null && (thrown as Partial<LehrErrorData>).lehr === true) {
      const data = thrown as LehrErrorData;
      const error = new LehrError(data.code, data.message, data.details === undefined ? {} : { details: data.details });
      if (data.stack !== undefined) error.stack = data.stack;
      return error;
    }
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    return new LehrError(code, message, { cause: thrown });
  }
}

/** How a value is shown in messages: strings quoted, long ones cut, numbers as they are. */
export function show(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.length > 60 ? `${value.slice(0, 57)}…` : value);
  if (typeof value === 'function') return 'a function';
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'object' && value !== null) {
    let text: string;
    try {
      text = JSON.stringify(value) ?? String(value);
    } catch {
      text = Object.prototype.toString.call(value);
    }
    return text.length > 60 ? `${text.slice(0, 57)}…` : text;
  }
  return String(value);
}

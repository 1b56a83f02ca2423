import { LehrError } from 'lehr';
import { expect } from 'vitest';

/** The message of the documented error that a call throws: `input`, unless another code is said. */
export function refused(call: () => unknown, code = 'input'): string {
  try {
    call();
  } catch (error) {
    expect(error).toBeInstanceOf(LehrError);
    expect((error as LehrError).code).toBe(code);
    return (error as LehrError).message;
  }
  throw new Error('expected an error');
}

import { LehrError } from 'lehr';
import { expect } from 'vitest';

/** The `LehrError` that `act` throws; anything else it throws goes on, and that it throws nothing is an error, too. */
export function thrownBy(act: () => unknown): LehrError {
  try {
    act();
  } catch (error) {
    if (error instanceof LehrError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

/** The message of the documented error that a call throws: `input`, unless another code is said. */
export function refused(call: () => unknown, code = 'input'): string {
  const error = thrownBy(call);
  expect(error.code).toBe(code);
  return error.message;
}

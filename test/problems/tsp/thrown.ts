import { LehrError } from 'lehr';

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

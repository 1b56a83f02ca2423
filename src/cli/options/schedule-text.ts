import { LehrError } from '../../error.ts';
import { parse, print, specOf, type Spec } from '../../schedules/index.ts';

/** The canonical text of a schedule given to an option; its error names the option. */
export function canonical(option: string, text: string): string {
  try {
    return print(parse(text));
  } catch (error) {
    if (error instanceof LehrError) throw new LehrError(error.code, `${option}: ${error.message}`, { cause: error });
    throw error;
  }
}

/** The plain data of a schedule's text, for a job. */
export function specFrom(text: string): number | Spec {
  return specOf(parse(text));
}

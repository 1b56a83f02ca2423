import { maybe } from '../../closest.ts';
import { LehrError, show } from '../../error.ts';
import { flag } from './flag.ts';

/**
 * Throws an `option` error for an option that what is asked for would pass over.
 * @param takes by kind: the options it takes. @param kind what is asked for, and in words. @param where how a kind is asked for, in words.
 */
export function checkTakes<O extends object>(
  takes: Readonly<Record<string, readonly (keyof O & string)[]>>,
  [kind, what]: readonly [kind: string, what: string],
  options: O,
  where: (kind: string) => string,
): void {
  const own = takes[kind];
  for (const [name, value] of Object.entries(options) as [keyof O & string, unknown][]) {
    if (value === undefined || own.includes(name)) continue;
    const others = Object.keys(takes).filter((each) => takes[each].includes(name));
    throw new LehrError(
      'option',
      `--${flag(name)} is ${show(value)}, but ${what} takes no such option, expected it with ${others.map(where).join(' or ')}.${maybe(name, own)}`,
    );
  }
}

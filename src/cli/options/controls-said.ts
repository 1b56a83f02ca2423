import { maybe } from '../../closest.ts';
import { LehrError, show } from '../../error.ts';
import { canonical } from './schedule-text.ts';
import { flag, unknownOption } from './flag.ts';

/** Options of controls as given. */
export interface ControlOptions {
  readonly schedule?: string;
  readonly others: Readonly<Record<string, string>>;
}

/**
 * The schedules that were given, in canonical text.
 * @param named controls that have options of their own, whichever model has them. @param controls those there are. @param verb for messages. @param dormant options that would bring other controls, by control.
 * @throws LehrError `option` for an option that is no control.
 */
export function controlsSaidOf<N extends string>(
  options: ControlOptions & { readonly [K in N]?: string },
  named: readonly N[],
  controls: readonly string[],
  flags: readonly string[],
  verb: string,
  dormant: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const given: Record<string, string> = { ...options.others };
  for (const name of named) if (options[name] !== undefined) given[name] = options[name];
  if (options.schedule !== undefined) given[controls[0]] = options.schedule;
  const texts: Record<string, string> = {};
  for (const [name, text] of Object.entries(given)) {
    if (!controls.includes(name)) {
      if (name in options.others) throw unknownOption(name, [...flags, ...controls], verb);
      const there = controls.length === 0 ? 'no schedule' : controls.map((each) => `--${flag(each)}`).join(', ');
      const hint = dormant[name] === undefined ? maybe(name, controls) : ` Maybe ${dormant[name]} beside it.`;
      throw new LehrError('option', `--${flag(name)} is ${show(text)}, but nothing is driven by it, expected ${there}.${hint}`);
    }
    texts[name] = canonical(`--${flag(name)}`, text);
  }
  return texts;
}

import { maybe } from '../../closest.ts';
import { LehrError } from '../../error.ts';

/** An option's name on the command line. */
export function flag(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** The error about an option nobody knows. */
export function unknownOption(name: string, flags: readonly string[], verb = 'solve'): LehrError {
  const hint = maybe(name, flags);
  return new LehrError(
    'option',
    `unknown option --${name}.${hint === '' ? ` Maybe lehr ${verb} --help.` : hint.replace('Maybe ', 'Maybe --')}`,
  );
}

import type { Command } from 'commander';
import { LehrError } from '../../error.ts';
import { interruptible } from '../signals.ts';

/** What a verb does with FILE, its options, and the names of all of them. */
export type RunVerb<O> = (file: string | undefined, options: O, flags: readonly string[], signal: AbortSignal) => Promise<number>;

/**
 * The action of a verb that Ctrl-C ends early, and that may be given options no table knows (controls of a module's own dynamics), which go to `others`.
 * @param then what it does when interrupted, for people. @param load what loads the verb itself, after Ctrl-C is heard.
 */
export function interruptibleVerb<O extends { readonly others: Readonly<Record<string, string>>; readonly quiet?: boolean | undefined }>(
  exit: (code: number) => void,
  then: string,
  load: () => Promise<RunVerb<O>>,
): (given: string | undefined, options: Omit<O, 'others'>, command: Command) => Promise<void> {
  return async (_given, known, command) => {
    const { file, others } = takeApart(command.args);
    const options = { ...known, others } as O;
    exit(await interruptible(options, then, async (signal) => (await load())(file, options, flagsOf(command), signal)));
  };
}

/** The names of a verb's options, for suggestions. */
export function flagsOf(command: Command): string[] {
  return command.options.map((option) => option.long!.slice(2));
}

/** What commander left: FILE, and options it does not know with their values. */
export function takeApart(args: readonly string[]): { file: string | undefined; others: Record<string, string> } {
  const files: string[] = [];
  const others: Record<string, string> = {};
  for (let i = 0; i < args.length; i++) {
    const match = /^--?([^=]+)(?:=(.*))?$/s.exec(args[i]);
    if (match === null || args[i] === '-') {
      files.push(args[i]);
      continue;
    }
    const [, name, value] = match;
    others[name] = value ?? (i + 1 < args.length && !args[i + 1].startsWith('--') ? args[++i] : '');
  }
  if (files.length > 1)
    throw new LehrError(
      'option',
      `${files.length} files are given (${files.join(', ')}), expected one. Maybe the shell took a schedule apart: quote it.`,
    );
  return { file: files[0], others };
}

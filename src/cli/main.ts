import { CommanderError, type Command } from 'commander';
import { LehrError } from '../error.ts';
import { complain, EXIT, exitCodeOf } from './exit.ts';
import { buildProgram } from './program.ts';

/** Runs a command line and returns its exit code; nothing is thrown. */
async function main(args: readonly string[]): Promise<number> {
  // A reader that has gone away, such as `head`, is no error.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  let code: number = EXIT.done;
  const program: Command = buildProgram((value) => {
    code = value;
  });
  try {
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    // commander has said already what was wrong.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
    complain(error, args.includes('--verbose'));
    return exitCodeOf(error instanceof LehrError ? error : null);
  }
}

process.exitCode = await main(process.argv.slice(2));

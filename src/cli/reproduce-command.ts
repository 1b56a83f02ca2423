import { Option, type Command } from 'commander';
import type { ReproduceOptions } from './reproduce.ts';
import { interruptible } from './signals.ts';
import { count, seed } from './options/values.ts';

/** Defines `lehr reproduce` and its options. */
export function defineReproduce(program: Command, exit: (code: number) => void): void {
  program
    .command('reproduce')
    .description('try the claims of a paper: what it says, what is measured, and whether that holds; without PAPER, list the papers')
    .argument('[PAPER]', 'its arXiv id')
    .option('--full', 'at the paper’s own size, however long that takes (default: within four minutes on two cores)')
    .option('--instances <DIR>', 'the benchmark’s own files, where a paper has any (default: generated ones like them)')
    .option('--claims <ID,…>', 'only these claims (default: all)')
    .addOption(new Option('--seed <S>', 'a string or number: same seed, same numbers (default: 1)').argParser(seed))
    .addOption(
      new Option('--workers <W>', 'how many cores help; never changes a number (default: all)').argParser(count('--workers', 1, 1024)),
    )
    .option('--report <FILE.html>', 'a self-contained page: claims, figures, settings')
    .option('--json', 'one JSON object on standard output, nothing else there')
    .option('--quiet', 'no progress on standard error')
    .option('--verbose', 'show where an error came from')
    .addHelpText(
      'after',
      `
Each claim has a control, the same experiment where the effect is absent: there it must not hold.
The exit code is 0 whatever the verdicts, and 1 if an experiment could not run.

Examples:
  lehr reproduce
  lehr reproduce 1709.02877 --report claims.html
  lehr reproduce 1709.02877 --claims val-completes-a-quarter,p-val-completes-half`,
    )
    .action(async (paper: string | undefined, options: ReproduceOptions) => {
      exit(
        await interruptible(options, 'telling what is finished', async (signal) => {
          const { reproducePaper } = await import('./reproduce.ts');
          return reproducePaper(paper, options, signal);
        }),
      );
    });
}

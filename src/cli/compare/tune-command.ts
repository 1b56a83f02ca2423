import { budgetOptions } from './budget-options.ts';
import { interruptibleVerb } from '../options/take-apart.ts';
import { Option, type Command } from 'commander';
import { FITS } from '../train/deal-rows.ts';
import { learnerOptions } from '../train/train-command.ts';
import type { TuneOptions } from './tune-options.ts';
import { count, seed } from '../options/values.ts';

/** Defines `lehr tune` and its options. */
export function defineTune(program: Command, exit: (code: number) => void): void {
  const tune = program
    .command('tune')
    .description('search the parameters of schedules, on a grid or at random, and judge the winner on fresh streams and test rows')
    .argument('[FILE]', 'data to learn from, a problem, or ./module.ts')
    .allowUnknownOption()
    .allowExcessArguments();
  const group = (heading: string, ...options: Option[]): void => {
    for (const option of options) tune.addOption(option.helpGroup(heading));
  };
  group(
    'What is searched:',
    new Option('--grid <VALUES>', 'every combination, such as "A=0.001,0.01,0.1; B=0.5,0.9"'),
    new Option('--random <RANGES>', 'points at random, such as "A=1e-4..1 log; B=0.5..0.99; C=2..10 whole"'),
    new Option('--trials <N>', 'how many of these (default: 20)').argParser(count('--trials', 2, 100_000)),
    new Option(
      '--schedule <SPEC>',
      'a schedule of the first control with such parameters; each control has the option of its own name too',
    ),
  );
  group(
    'Streams:',
    new Option('--seeds <N>', 'how many each trial runs on (default: 3)').argParser(count('--seeds', 2, 10_000)),
    new Option('--judges <N>', 'how many fresh ones the winner and the runner-up are judged on (default: 10)').argParser(
      count('--judges', 2, 10_000),
    ),
    new Option('--seed <S>', 'a string or number the streams are under: same seed, same bits (default: drawn and printed)').argParser(seed),
  );
  // Trials are ranked by the validation rows: what is fitted on them, too, is the winner alone, by --refit.
  for (const { heading, options } of learnerOptions()) group(heading, ...options.filter(({ long }) => long !== '--fit'));
  group(
    'Judging:',
    new Option(
      '--score <NAME>',
      'of data: loss, accuracy, r2, rmse or mae; on validation rows to choose, on test rows to judge (default: loss)',
    ),
    new Option('--problem <NAME>', 'read FILE as this kind of problem, whatever it looks like'),
  );
  group('Budget of each run (one of them; default 2 seconds; of data as lehr train):', ...budgetOptions());
  group(
    'Running and results:',
    new Option('--workers <W>', 'how many cores help; never changes the answer (default: all)').argParser(count('--workers', 1, 1024)),
    new Option(
      '--output <MODEL.json>',
      'of data: the winner fitted once more, for lehr predict (-: standard output); the test rows stay unseen',
    ),
    new Option(
      '--refit <ROWS>',
      'rows that it is fitted on (default: training+validation; training: as the trials were, the best on the validation rows kept)',
    ).choices([...FITS]),
    new Option('--rows <FILE.jsonl>', 'every run, one JSON object per line'),
    new Option('--report <FILE.html>', 'a self-contained page: ranking, verdict, figures, settings'),
    new Option('--json', 'one JSON object on standard output, nothing else there'),
    new Option('--quiet', 'no progress on standard error'),
    new Option('--verbose', 'show where an error came from'),
  );
  tune
    .addHelpText(
      'after',
      `
Parameters begin with a capital letter. The best of many trials is flattered by having been picked: winner and runner-up run again on fresh
streams, and of data are judged by test rows, which have chosen nothing.

Examples:
  lehr generate flats --n 300 --seed 1 --output flats.csv
  lehr tune flats.csv --target price --rate "cosine(A, 0)" --grid "A=0.001,0.01,0.1" --epochs 20
  lehr tune flats.csv --target price --optimizer momentum --rate "cosine(A, 0)" --momentum M --random "A=1e-4..0.1 log; M=0.5..0.99" --trials 8 --epochs 20 --report tuned.html
  lehr tune flats.csv --target price --rate "cosine(A, 0)" --grid "A=0.01,0.1" --epochs 20 --output flats.model.json
  lehr generate tsp --n 100 --seed 1 --output cities.tsp
  lehr tune cities.tsp --temperature "exponential(A, B)" --grid "A=20000,60000; B=1000,4000" --steps 1e5`,
    )
    .action(interruptibleVerb<TuneOptions>(exit, 'ranking what is finished', async () => (await import('./tune.ts')).tuneSchedules));
}

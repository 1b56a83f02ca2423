import { budgetOptions } from './budget-options.ts';
import { interruptibleVerb } from '../options/take-apart.ts';
import { Option, type Command } from 'commander';
import type { CompareOptions } from './compare-options.ts';
import { learnerOptions } from '../train/train-command.ts';
import { count, number, seed, streams } from '../options/values.ts';

/** Defines `lehr compare` and its options. */
export function defineCompare(program: Command, exit: (code: number) => void): void {
  const compare = program
    .command('compare')
    .description(
      'compare schedules on a problem or in training: several runs of each, on the same streams, and intervals of the differences',
    )
    .argument(
      '[FILE]',
      'the problem: FILE, FILE#k where it holds several, or ./module.ts (its default export a Problem or a Recipe); or data to learn from',
    )
    .allowUnknownOption()
    .allowExcessArguments();
  const group = (heading: string, ...options: Option[]): void => {
    for (const option of options) compare.addOption(option.helpGroup(heading));
  };
  group(
    'What is compared:',
    new Option(
      '--schedules <SPECS>',
      'schedules of the first control, such as "exponential(60, 5); modified-lam"; lehr schedules lists them',
    ),
    new Option('--rates <SPECS>', 'the same for data to learn from, such as "0.1; cosine(0.1, 0)"'),
    new Option('--baseline <SPEC>', 'the one that the others are compared with (default: the first)'),
    new Option('--seeds <N>', 'how many streams each runs on, or their names a..b (default: 10)').argParser(streams),
    new Option('--seed <S>', 'a string or number the streams are under: same seed, same bits (default: drawn and printed)').argParser(seed),
  );
  group(
    'Problem:',
    new Option('--problem <NAME>', 'read FILE as this kind of problem, whatever it looks like'),
    new Option('--known <V>', 'the known optimum, to print gaps against').argParser(number('--known')),
  );
  for (const { heading, options } of learnerOptions()) {
    const target = options.find(({ long }) => long === '--target');
    if (target !== undefined)
      target.description = 'the column to predict; of a problem an objective at which runs end: tells how soon each schedule gets there';
    group(`${heading.slice(0, -1)} to learn from:`.replace('Model to learn from', 'Model'), ...options);
  }
  group('Judging:', new Option('--score <NAME>', 'of data: loss, accuracy, r2, rmse or mae on the rows to judge by (default: loss)'));
  group('Budget of each run (one of them; default 10 seconds; of data as lehr train):', ...budgetOptions());
  group(
    'Running:',
    new Option('--workers <W>', 'how many cores help; never changes the answer (default: all)').argParser(count('--workers', 1, 1024)),
  );
  group(
    'Results:',
    new Option('--rows <FILE.jsonl>', 'every run, one JSON object per line'),
    new Option('--report <FILE.html>', 'a self-contained page: table, curves, scores, settings'),
    new Option('--json', 'one JSON object on standard output, nothing else there'),
    new Option('--quiet', 'no progress on standard error'),
    new Option('--verbose', 'show where an error came from'),
  );
  compare
    .addHelpText(
      'after',
      `
A module of your own may have other controls: each has the option of its own name, the same for all.

Examples:
  lehr generate tsp --n 100 --seed 1 --output cities.tsp
  lehr compare cities.tsp --schedules "exponential(60000, 4000); linear(60000, 4000); modified-lam" --steps 1e5
  lehr compare cities.tsp --schedules "exponential(60000, 4000); 20000" --steps 1e5 --seeds 20 --rows runs.jsonl --report compare.html
  lehr generate flats --n 300 --seed 1 --output flats.csv
  lehr compare flats.csv --target price --model mlp --hidden 16 --rates "0.05; cosine(0.05, 0); warmup(0.1) > linear(0.05, 0)" --epochs 20

Of data each stream deals the rows out anew, unless --split-seed names one split for all. Weights are chosen by validation rows and judged by
test rows, which nothing else has seen.`,
    )
    .action(
      interruptibleVerb<CompareOptions>(exit, 'comparing what is finished', async () => (await import('./compare.ts')).compareSchedules),
    );
}

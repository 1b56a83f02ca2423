import { Option, type Command } from 'commander';
import { flagsOf, takeApart } from '../options/take-apart.ts';
import { controlOptions, learnerOptions } from './train-command.ts';
import type { RangeTestOptions } from './range-test.ts';
import type { OptionGroup } from './learning-options.ts';
import { count, number, seed } from '../options/values.ts';

/** Defines `lehr range-test`. */
export function defineRangeTest(program: Command, exit: (code: number) => void): void {
  const test = program
    .command('range-test')
    .description('find a rate: a short training in which it rises until the loss explodes')
    .argument('[FILE]', 'the data, or ./module.ts, as for lehr train')
    .allowUnknownOption()
    .allowExcessArguments();
  const groups: OptionGroup[] = [
    ...learnerOptions(),
    {
      heading: 'Controls:',
      options: controlOptions().options.filter(({ long }) => long !== '--rate' && long !== '--schedule'),
    },
    {
      heading: 'Test:',
      options: [
        new Option('--from <RATE>', 'the first rate (default: 1e-7)').argParser(number('--from', { above: 0 })),
        new Option('--to <RATE>', 'the last (default: 10)').argParser(number('--to', { above: 0 })),
        new Option('--steps <N>', 'how many rates, a minibatch each (default: 200)').argParser(count('--steps', 2)),
        new Option('--smoothing <S>', 'weight of the past in the smoothed loss (default: 0.9)').argParser(
          number('--smoothing', { least: 0 }),
        ),
        new Option('--stop <TIMES>', 'it ends when the smoothed loss is so many times its least (default: 4)').argParser(
          number('--stop', { above: 1 }),
        ),
        new Option('--seed <S>', 'a string or number: same seed, same bits (default: 1)').argParser(seed),
      ],
    },
    {
      heading: 'Results:',
      options: [
        new Option('--output <FILE.csv>', 'every step: rate, loss, smoothed loss'),
        new Option('--report <FILE.html>', 'a self-contained page with the curve'),
        new Option('--json', 'one JSON object on standard output, nothing else there'),
        new Option('--quiet', 'nothing on standard error'),
        new Option('--verbose', 'show where an error came from'),
      ],
    },
  ];
  for (const { heading, options } of groups) for (const option of options) test.addOption(option.helpGroup(heading));
  test
    .addHelpText(
      'after',
      `
Examples:
  lehr generate digits --n 1000 --seed 1 --output digits.csv
  lehr range-test digits.csv --target digit --model mlp
  lehr range-test digits.csv --target digit --model mlp --optimizer adam --to 1 --report rates.html`,
    )
    .action(async (_file: string | undefined, options: Omit<RangeTestOptions, 'others'>, command: Command) => {
      const { file, others } = takeApart(command.args);
      exit(await (await import('./range-test.ts')).testRange(file, { ...options, others }, flagsOf(command)));
    });
}

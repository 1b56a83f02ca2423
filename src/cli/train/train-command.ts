import { interruptibleVerb } from '../options/take-apart.ts';
import { Option, type Command } from 'commander';
import { dataOptions, modelOptions, type OptionGroup } from './learning-options.ts';
import { shares, TRAINED_MODELS, type TrainOptions } from './train-options.ts';
import { count, json, number, seed, seeds } from '../options/values.ts';

/** The options about what is learned, which the verbs that train share. */
export function learnerOptions(): OptionGroup[] {
  const data = dataOptions();
  const model = modelOptions();
  for (const option of model.options) {
    if (option.long === '--model')
      option.choices([...TRAINED_MODELS]).description = 'default: linear for values, logistic for two classes, softmax for more';
    if (option.long === '--hidden') option.description = 'units of each hidden layer of mlp, such as 64,32, or of rbm (default: 32)';
    if (option.long === '--ridge')
      option.description = 'L2 regularisation of regressions (default: 0; of ridge 0.01) and factorisations (0.02)';
  }
  return [
    {
      heading: data.heading,
      options: [
        new Option('--target <COLUMN>', 'the column to predict'),
        new Option('--split <SHARES>', 'of training, validation and test rows (default: 0.6,0.2,0.2)').argParser(shares),
        ...data.options,
        new Option('--categories <COLUMNS>', 'columns that are categories though they look like numbers, with commas between them'),
        new Option('--na <TEXTS>', 'texts of a missing value, with commas between them (default: the empty cell, NA, ?, NaN)'),
        new Option('--labels <FILE>', 'labels beside images, both in MNIST’s form, or beside a bag of words, one a line: the column label'),
        new Option('--vocabulary <FILE>', 'words of a bag of words, one a line (default: w1, w2, …)'),
        new Option(
          '--frequencies <KIND>',
          'of a bag of words: counts, or relative, of each thousand words of the document (default: absolute)',
        ).choices(['absolute', 'relative']),
        new Option('--min-documents <N>', 'of a bag of words: words of fewer documents are left out (default: 1)').argParser(
          count('--min-documents', 1),
        ),
      ],
    },
    {
      heading: model.heading,
      options: [
        ...model.options,
        new Option('--rank <N>', 'factors of factorisation (default: 8)').argParser(count('--rank', 1)),
        new Option('--user <COLUMN>', 'of ratings: who rated (default: found by its name)'),
        new Option('--item <COLUMN>', 'of ratings: what was rated'),
        new Option('--threshold <V>', 'of rbm: a unit is on from this value (default: halfway)').argParser(number('--threshold')),
        new Option('--cd <M>', 'of rbm: kernel steps, the m of CD-m (default: 1)').argParser(count('--cd', 1)),
        new Option('--persistent', 'of rbm: chains that go on from step to step (PCD)'),
        new Option('--params <JSON>', 'parameters of a module of your own').argParser(json('--params')),
      ],
    },
  ];
}

/** The options of controls. */
export function controlOptions(): OptionGroup {
  return {
    heading: 'Controls:',
    options: [
      new Option(
        '--rate <SPEC>',
        'its schedule, such as "warmup(0.05) > cosine(0.003, 0)" (default: chosen and printed); lehr schedules lists them',
      ),
      new Option('--schedule <SPEC>', 'the same: the first control by its other name'),
      new Option('--momentum <SPEC>', 'of optimisers that have it, likewise'),
      new Option('--decay <SPEC>', 'of weights, likewise'),
      new Option('--temperature <SPEC>', 'of sgld, likewise'),
    ],
  };
}

/** Defines `lehr train` and its options. */
export function defineTrain(program: Command, exit: (code: number) => void): void {
  const train = program
    .command('train')
    .description('train a model on a table, with an annealed rate; the best on the validation rows is kept')
    .argument('[FILE]', 'the data: separated values, libsvm, MNIST images; or ./module.ts (its default export a Model)')
    .allowUnknownOption()
    .allowExcessArguments();
  const groups: OptionGroup[] = [
    ...learnerOptions(),
    controlOptions(),
    {
      heading: 'Budget of each chain (one of them; default 30 epochs, but 3000 steps at least):',
      options: [
        new Option('--epochs <N>', 'passes through the training rows').argParser(count('--epochs', 0)),
        new Option('--steps <N>', 'minibatches').argParser(count('--steps', 0)),
        new Option('--seconds <S>', 'wall time; where chains outnumber workers each gets S × workers ÷ chains').argParser(
          number('--seconds', { above: 0 }),
        ),
        new Option('--stalled <N>', 'stop when no validation loss was better for so long, in what the budget counts').argParser(
          number('--stalled', { above: 0 }),
        ),
      ],
    },
    {
      heading: 'Running:',
      options: [
        new Option('--seed <S>', 'a string or number: same seed, same bits (default: drawn and printed)').argParser(seed),
        new Option('--seeds <a..b>', 'one training per seed on the same split, and a table of median and spread').argParser(seeds),
        new Option('--chains <C>', 'independent trainings, of which the best on the validation rows wins (default: 1)').argParser(
          count('--chains', 1, 100_000),
        ),
        new Option('--workers <W>', 'how many cores help; never changes the answer (default: all)').argParser(count('--workers', 1, 1024)),
        new Option(
          '--block <N>',
          'how many steps the controls stay constant: part of the algorithm (default: a thousandth of the run)',
        ).argParser(count('--block', 1)),
        new Option('--checkpoint <DIR>', 'keep the run in a folder, so that it survives anything'),
        new Option('--checkpoint-every <S>', 'seconds between two checkpoints (default: 1)').argParser(
          number('--checkpoint-every', { above: 0 }),
        ),
        new Option('--resume <DIR>', 'go on with the run in that folder, and go on writing there'),
        new Option('--replay <FILE>', 'repeat a run bit for bit from its record'),
      ],
    },
    {
      heading: 'Results:',
      options: [
        new Option('--output <MODEL.json>', 'the model, for lehr predict (-: standard output)'),
        new Option('--report <FILE.html>', 'a self-contained page: learning curves, what is taken for what, settings'),
        new Option('--trace <FILE.jsonl>', 'the progress of each chain, one JSON object per line'),
        new Option('--record <FILE.json>', 'what --replay needs'),
        new Option('--json', 'one JSON object on standard output, nothing else there'),
        new Option('--quiet', 'no progress on standard error'),
        new Option('--verbose', 'show where an error came from'),
      ],
    },
  ];
  for (const { heading, options } of groups) for (const option of options) train.addOption(option.helpGroup(heading));
  train
    .addHelpText(
      'after',
      `
Examples:
  lehr generate moons --n 400 --seed 1 --output moons.csv
  lehr train moons.csv --target label --model mlp --hidden 16 --output moons.model.json --report moons.html
  lehr train moons.csv --target label --model mlp --optimizer adam --rate "warmup(0.05) > cosine(0.003, 0)" --epochs 20 --seeds 1..3
  lehr train moons.csv --target label --steps 2000 --checkpoint run --seed 1`,
    )
    .action(interruptibleVerb<TrainOptions>(exit, 'saving the best so far', async () => (await import('./train.ts')).train));
}

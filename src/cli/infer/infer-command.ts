import { interruptibleVerb } from '../options/take-apart.ts';
import { Option, type Command } from 'commander';
import { INFERRED_MODELS, type InferOptions } from './infer-options.ts';
import type { OptionGroup } from '../train/learning-options.ts';
import { count, number, seed } from '../options/values.ts';
import { variationalGroups } from './variational-options.ts';

function dataGroup(): OptionGroup {
  return {
    heading: 'Data:',
    options: [
      new Option('--drop <COLUMNS>', 'columns to leave out, with commas between them'),
      new Option('--label <COLUMN>', 'a column of truth: left out of the model, compared with the groups by the adjusted Rand index'),
      new Option('--categories <COLUMNS>', 'columns that are categories though they look like numbers, with commas between them'),
      new Option('--na <TEXTS>', 'texts of a missing value, with commas between them (default: the empty cell, NA, ?, NaN)'),
      new Option(
        '--held-out <SHARE>',
        'of the rows, to judge by; they are put into the groups afterwards (default: 0.1 of 100 rows or more, else 0)',
      ).argParser(number('--held-out', { least: 0 })),
      new Option('--split-seed <S>', 'deals these rows out (default: 1)').argParser(seed),
    ],
  };
}

function modelGroup(): OptionGroup {
  return {
    heading: 'Model:',
    options: [
      new Option(
        '--model <NAME>',
        'mixture: rows in groups; crosscat: columns in kinds, rows in groups by each; lda: topics of documents; hmm: states of sequences; gmm: components of a Gaussian mixture (default: mixture)',
      ).choices([...INFERRED_MODELS]),
      new Option(
        '--kinds <LIST>',
        'what columns are: bernoulli, categorical, poisson or normal, such as "eggs:poisson, zip:categorical" (default: by their values)',
      ),
      new Option('--alpha <V>', 'concentration of the process that makes groups, where it begins (default: 1)').argParser(
        number('--alpha', { above: 0 }),
      ),
      new Option('--discount <V>', 'its discount, from 0 to below 1: above 0 a Pitman–Yor process (default: 0)').argParser(
        number('--discount', { least: 0 }),
      ),
      new Option(
        '--places <N>',
        'the most kinds of columns that crosscat looks for (default: one more than columns, at most 64)',
      ).argParser(count('--places', 2)),
      new Option('--hyper <HOW>', 'hyperparameters are drawn anew from grids, or fixed (default: grid)').choices(['grid', 'fixed']),
    ],
  };
}

function methodGroup(): OptionGroup {
  return {
    heading: 'Method:',
    options: [
      new Option(
        '--method <M>',
        'subsample: anneal the share of rows looked at; sequential: add all once, then Gibbs; gibbs: from the prior; tempered: Gibbs with a falling temperature (default: subsample)',
      ).choices(['subsample', 'sequential', 'gibbs', 'tempered']),
      new Option(
        '--fraction <SPEC>',
        'share of the rows in the window, such as "linear(0, 1) for 0.5 > constant(1)" (default: chosen and printed); lehr schedules lists them',
      ),
      new Option('--schedule <SPEC>', 'the same: the first control by its other name'),
      new Option('--temperature <SPEC>', 'of the method tempered, and with --temper, likewise; ends at 1'),
    ],
  };
}

function lengthGroup(): OptionGroup {
  return {
    heading: 'Length of each chain (default: 20 visits, up to 200 of a small table, and as many sweeps):',
    options: [
      new Option('--visits <P>', 'how often the anneal visits each row: (2P − 1) N steps for N rows').argParser(count('--visits', 1)),
      new Option('--sweeps <V>', 'over all rows after it, for samples: N steps each (default: as many as visits)').argParser(
        count('--sweeps', 0),
      ),
      new Option('--steps <N>', 'in place of these: row moves').argParser(count('--steps', 1)),
      new Option('--evaluations <N>', 'rows put into groups').argParser(count('--evaluations', 1)),
      new Option('--seconds <S>', 'wall time; where chains outnumber workers each gets S × workers ÷ chains').argParser(
        number('--seconds', { above: 0 }),
      ),
    ],
  };
}

function runningGroup(): OptionGroup {
  return {
    heading: 'Running:',
    options: [
      new Option('--chains <C>', 'independent chains, of which the best by log joint or bound is the answer (default: 4)').argParser(
        count('--chains', 1, 100_000),
      ),
      new Option('--workers <W>', 'how many cores help; never changes the answer (default: all)').argParser(count('--workers', 1, 1024)),
      new Option('--seed <S>', 'a string or number: same seed, same bits (default: drawn and printed)').argParser(seed),
      new Option('--block <N>', 'how many steps the controls stay constant: part of the algorithm').argParser(count('--block', 1)),
      new Option('--checkpoint <DIR>', 'keep the run in a folder, so that it survives anything'),
      new Option('--checkpoint-every <S>', 'seconds between two checkpoints (default: 1)').argParser(
        number('--checkpoint-every', { above: 0 }),
      ),
      new Option('--resume <DIR>', 'go on with the run in that folder, and go on writing there'),
      new Option('--replay <FILE>', 'repeat a run bit for bit from its record'),
    ],
  };
}

function resultsGroup(): OptionGroup {
  return {
    heading: 'Results (- is standard output):',
    options: [
      new Option('--output <RESULT.json>', 'the result, for lehr predict'),
      new Option('--assignments <FILE.csv>', 'the table with the group of each row, and how likely it is there'),
      new Option(
        '--picture <FILE.svg>',
        'which rows are together in how many samples, as a picture (.png: without names; .json: the data behind it)',
      ),
      new Option('--report <FILE.html>', 'a self-contained page: the groups, pictures, curves, agreement, settings'),
      new Option('--trace <FILE.jsonl>', 'the progress of each chain, one JSON object per line'),
      new Option('--record <FILE.json>', 'what --replay needs'),
      new Option('--json', 'one JSON object on standard output, nothing else there'),
      new Option('--quiet', 'no progress on standard error'),
      new Option('--verbose', 'show where an error came from'),
    ],
  };
}

/** Defines `lehr infer` and its options. */
export function defineInfer(program: Command, exit: (code: number) => void): void {
  const infer = program
    .command('infer')
    .description(
      'find groups in the rows of a table, topics in documents, states in sequences by annealed Bayesian inference, on several chains that tell whether they agree',
    )
    .argument('[FILE]', 'the data: separated values or libsvm; documents; sequences')
    .allowUnknownOption()
    .allowExcessArguments();
  for (const { heading, options } of [
    dataGroup(),
    modelGroup(),
    ...variationalGroups(),
    methodGroup(),
    lengthGroup(),
    runningGroup(),
    resultsGroup(),
  ])
    for (const option of options) infer.addOption(option.helpGroup(heading));
  infer
    .addHelpText(
      'after',
      `
Examples:
  lehr generate birds --n 200 --seed 1 --output birds.csv
  lehr infer birds.csv --label species --assignments groups.csv --report birds.html
  lehr infer birds.csv --label species --model crosscat --kinds "eggs:poisson" --visits 10 --output birds.result.json --picture birds.svg
  lehr infer birds.csv --drop species --visits 5 --checkpoint run --seed 1
  lehr generate corpus --n 300 --seed 1 --output corpus.txt
  lehr infer corpus.txt --model lda --topics 5 --output topics.json --report topics.html
  lehr predict topics.json corpus.txt --output shares.csv
  lehr generate weather --n 40 --seed 1 --output weather.csv
  lehr infer weather.csv --model hmm --states 3 --assignments states.csv
  lehr generate blobs --n 300 --seed 1 --output blobs.csv
  lehr infer blobs.csv --model gmm --label label --components 6 --noise local`,
    )
    .action(interruptibleVerb<InferOptions>(exit, 'saving the best so far', async () => (await import('./infer.ts')).infer));
}

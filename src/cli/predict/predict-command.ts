import { Option, type Command } from 'commander';
import type { PredictOptions } from './predict.ts';

/** Defines `lehr predict`. */
export function definePredict(program: Command, exit: (code: number) => void): void {
  program
    .command('predict')
    .description(
      'what a trained model says of the rows of a table, or in which inferred group each is likeliest, as comma-separated values; and how good that is, where the target is there',
    )
    .argument('<MODEL>', 'what lehr train --output wrote, or lehr infer --output')
    .argument('<FILE>', 'the table, with the columns of the training, others are passed over; or documents, or sequences')
    .option('--probabilities', 'a column for the probability of each class')
    .addOption(
      new Option('--unseen <HOW>', 'labels that the model has never met: told of, or an error (default: tell)').choices(['tell', 'refuse']),
    )
    .option('--na <TEXTS>', 'texts of a missing value, with commas between them (default: the empty cell, NA, ?, NaN)')
    .option('--labels <FILE>', 'labels beside images, both in MNIST’s form, or beside a bag of words, one a line')
    .option('--vocabulary <FILE>', 'words of a bag of words, one a line')
    .option('--documents <HOW>', 'of topics, where a text is cut in another way than theirs: lines, blocks or "/PATTERN/"')
    .option('--text <COLUMN>', 'of topics: the documents are the cells of that column of a table')
    .option('--output <FILE>', 'where the predictions go (default: standard output)')
    .option('--json', 'one JSON object on standard output: figures, and the predictions unless --output takes them')
    .option('--quiet', 'nothing on standard error')
    .option('--verbose', 'show where an error came from')
    .addHelpText(
      'after',
      `
Examples:
  lehr generate flats --n 500 --seed 1 --output flats.csv
  lehr generate flats --n 10 --seed 2 --output new.csv
  lehr train flats.csv --target price --output flats.model.json
  lehr predict flats.model.json new.csv
  lehr predict flats.model.json new.csv --output said.csv --json
  lehr generate birds --n 200 --seed 1 --output birds.csv
  lehr infer birds.csv --drop species --visits 5 --output birds.result.json
  lehr predict birds.result.json birds.csv`,
    )
    .action(async (model: string, file: string, options: PredictOptions) =>
      exit(await (await import('./predict.ts')).predict(model, file, options)),
    );
}

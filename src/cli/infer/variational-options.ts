import { Option } from 'commander';
import { batch, type OptionGroup } from '../train/learning-options.ts';
import { count, number } from '../options/values.ts';

/** Options of topics, states and components. */
export function variationalGroups(): readonly OptionGroup[] {
  return [documentsGroup(), sequencesGroup(), lawGroup(), wayGroup()];
}

function documentsGroup(): OptionGroup {
  return {
    heading: 'Documents (--model lda; FILE is a text, a folder of .txt files, a table with --text, or a bag of words in the UCI form):',
    options: [
      new Option(
        '--documents <HOW>',
        'each document is a line (lines), or parted by blank lines (blocks), or begins with a line that matches "/PATTERN/" (default: lines)',
      ),
      new Option('--text <COLUMN>', 'the documents are the cells of that column of a table'),
      new Option('--title <COLUMN>', 'a column that names them'),
      new Option('--vocabulary <FILE>', 'the words of a bag of words, one a line'),
      new Option('--stop-words <WHICH>', 'words to leave out: english (function words), none, or a file of them (default: english)'),
      new Option('--min-documents <N>', 'words of fewer documents are left out (default: 2)').argParser(count('--min-documents', 1)),
      new Option('--max-share <S>', 'words of more than this share of the documents are left out (default: 0.5)').argParser(
        number('--max-share', { above: 0 }),
      ),
      new Option('--max-words <N>', 'the most frequent words that are kept (default: all)').argParser(count('--max-words', 1)),
      new Option(
        '--relevance <W>',
        'words that describe a topic: from 1, by probability, to 0, by how much more frequent they are there (default: 0.6)',
      ).argParser(number('--relevance', { least: 0 })),
    ],
  };
}

function sequencesGroup(): OptionGroup {
  return {
    heading: 'Sequences (--model hmm; FILE has a sequence of symbols in each line, or is a table with a row for each place, in order):',
    options: [
      new Option('--sequence <COLUMN>', 'says whose a row is (default: sequence; without such a column all rows are one)'),
      new Option('--symbol <COLUMN>', 'its symbols (default: symbol)'),
      new Option('--points <COLUMNS>', 'or columns of numbers, with commas between them: states then are Gaussians'),
    ],
  };
}

function lawGroup(): OptionGroup {
  return {
    heading: 'Topics, states, components:',
    options: [
      new Option('--topics <K>', 'how many (default: 10)').argParser(count('--topics', 1)),
      new Option('--states <K>', 'how many (default: 4)').argParser(count('--states', 1)),
      new Option('--components <K>', 'the most there may be: those that are not needed stay empty (default: 8)').argParser(
        count('--components', 1),
      ),
      new Option('--covariance <KIND>', 'of components and of states of points (default: full; of states diagonal)').choices([
        'full',
        'diagonal',
      ]),
      new Option(
        '--spread <S>',
        'standard deviations that components and states of points are thought to have before the data, as a share of the columns’ own (default: 0.5)',
      ).argParser(number('--spread', { above: 0 })),
      new Option('--eta <V>', 'concentration of topics’ words (default: 0.05); --alpha is that of documents’ topics (0.1)').argParser(
        number('--eta', { above: 0 }),
      ),
      new Option('--sticky <V>', 'what staying in a state has beyond moving, as a number of moves seen before (default: 0)').argParser(
        number('--sticky', { least: 0 }),
      ),
    ],
  };
}

function wayGroup(): OptionGroup {
  return {
    heading: 'Variational inference (lda, hmm, gmm):',
    options: [
      new Option('--batch <N>', 'documents, sequences or rows a step, or all (default: all, unless there are very many)').argParser(batch),
      new Option('--rate <SPEC>', 'with --batch: the share of the way that a step goes (default: robbins-monro(1))'),
      new Option('--temper <WHAT>', 'anneal by --temperature: local, the rows’ discrete variables; all, every factor').choices([
        'none',
        'local',
        'all',
      ]),
      new Option(
        '--noise <WHERE>',
        'anneal by noise of the size --noise-scale: on logits (local), statistics or parameters, or steps from afar by Metropolis’ rule (default: parameters of hmm and gmm with all rows a step and no --temper, else none)',
      ).choices(['none', 'local', 'statistics', 'parameters', 'metropolis']),
      new Option('--noise-scale <SPEC>', 'such as "linear(3, 0) for 0.5 > constant(0)" (default: chosen and printed); ends at 0'),
      new Option('--stride <V>', 'of --noise metropolis: how far away, in deviations (default: 1)').argParser(
        number('--stride', { least: 0 }),
      ),
      new Option('--passes <N>', 'over the data, at most (default: 500, annealed 200, in minibatches 20)').argParser(count('--passes', 1)),
      new Option(
        '--settled <R>',
        'a chain ends when the bound has moved by at most this share of itself in each of three steps, none of them annealed; 0: never (default: 1e-6, in minibatches 0)',
      ).argParser(number('--settled', { least: 0 })),
    ],
  };
}

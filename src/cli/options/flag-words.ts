import { LehrError } from '../../error.ts';
import { flag } from './flag.ts';

const OPTIONS = /\b(task|leaks|missingTarget|missing): '([a-z]+)'/g;

/** What models call their options: those of the command line, but for a few. */
const MODELS = /^(?:svi|topics|topicWords|bagOfWords|hiddenMarkov|gaussianHiddenMarkov|gaussianMixture): (\w+) is/;
const NAMES: Readonly<Record<string, string>> = { concentration: 'alpha', weight: 'relevance' };

/** Where documents are not lines. */
const BLANK = 'parted by blank lines (--documents blocks), or begin with lines of a form (--documents "/^Chapter/").';

/** What a table's messages say of options of the library, in the words of the command line: `leaks: 'drop'` is `--leaks drop`. */
function flagWords(message: string): string {
  return message
    .replace(/^split: (validation|test) takes/, '--$1 takes')
    .replace('Maybe it means a missing value (missing)', 'Maybe it means a missing value (--na)')
    .replace(', or the column is of categories (types).', ', or the column is of categories (--categories).')
    .replace('or the file has no header (header: false).', 'or the file has no header, which then must be given one.')
    .replace(
      'Maybe name the column (symbol), or columns of numbers (points).',
      'Maybe --symbol COLUMN, or --points "COLUMN, COLUMN" of numbers.',
    )
    .replace('(stopWords, minDocuments, maxShare)', '(--stop-words none, --min-documents 1, --max-share 1)')
    .replace("parted by blank lines ('blank'), or begin with lines of a form (a pattern).", BLANK)
    .replace(/\(drop: \["((?:[^"\\]|\\.)*)"\]\)/, '(--drop "$1")')
    .replace(/^kinds\.(.*?) is "/, '--kinds: column "$1" is "')
    .replace(/^(?:mixtureModel|crossCatModel): (alpha|discount) is/, '--$1 is')
    .replace(MODELS, (_, name: string) => `--${flag(NAMES[name] ?? name)} is`)
    .replaceAll(OPTIONS, (_, name: string, value: string) => `--${flag(name)} ${value}`);
}

/** Messages of what is in a file that do not know which. */
const NAMELESS = /^(?:no word is left|column ")/;

/** Runs something; its errors speak of the command line's options. @param given the file it is about, for messages that do not say. */
export async function inFlagWords<T>(run: () => Promise<T>, given?: string): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof LehrError)) throw error;
    const message = flagWords(error.message);
    throw new LehrError(error.code, given !== undefined && NAMELESS.test(message) ? `${given}: ${message}` : message, { cause: error });
  }
}

/** How many columns of one kind are told of one by one. */
const FEW = 3;

/** Notices in the words of the command line; those that say the same of many columns are said once. */
export function briefly(notices: readonly string[]): string[] {
  const groups = new Map<string, string[]>();
  for (const notice of notices) {
    const [, name, rest] = /^column ("(?:[^"\\]|\\.)*") (is left out: .*)$/s.exec(notice) ?? [null, '', notice];
    groups.set(rest, [...(groups.get(rest) ?? []), name]);
  }
  return [...groups].map(([rest, names]) => {
    if (names[0] === '') return flagWords(rest);
    if (names.length === 1) return `column ${names[0]} ${rest}`;
    const shown = names.slice(0, FEW).join(', ') + (names.length > FEW ? ` … (${names.length})` : '');
    return `columns ${shown} ${rest
      .replace(/^is/, 'are')
      .replace(/: it is /, ': each is ')
      .replace(/: it has /, ': each has ')}`;
  });
}

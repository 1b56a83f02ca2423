// The options of the benches beside scikit-learn, alike in all of them: [DIR] [--rounds R] [--python PYTHON], and what one of them has beyond these.
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

/**
 * The folder (null where none is wanted), how often everybody has a turn, and the interpreter that has scikit-learn; prints the usage and ends with 2 where these make no sense.
 * @param usage one line. @param rounds the default. @param more further options of `parseArgs`.
 */
export function beside(usage, { folder = false, rounds, more = {} }) {
  const refuse = (why) => {
    console.error(`${why}\nusage: ${usage}`);
    process.exit(2);
  };
  const options = { rounds: { type: 'string', default: String(rounds) }, python: { type: 'string', default: 'python3' }, ...more };
  let told;
  try {
    told = parseArgs({ allowPositionals: true, options });
  } catch (error) {
    refuse(error.message);
  }
  const { values, positionals } = told;
  const turns = Number(values.rounds);
  if (!Number.isSafeInteger(turns) || turns < 1) refuse(`--rounds is ${values.rounds}, expected a whole number of at least 1.`);
  if (positionals.length !== (folder ? 1 : 0)) {
    refuse(`Beside the options there is ${positionals.join(' ') || 'nothing'}, expected ${folder ? 'one folder' : 'nothing'}.`);
  }
  return { ...values, rounds: turns, folder: folder ? resolve(positionals[0]) : null };
}

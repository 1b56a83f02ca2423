import type { Foretold, InferredGroups } from '../../../problems/inferred/index.ts';
import { LehrError, show } from '../../error.ts';
import { formatCounted, formatNumber } from '../../report/terminal.ts';
import { cell } from '../files/csv-cell.ts';
import { EXIT } from '../exit.ts';
import { groupColumns, groupName, probabilityText } from '../infer/groups-assignments.ts';
import { openTable } from '../data/open-table.ts';
import { writeOutput, writeStdout } from '../files/output.ts';
import type { PredictOptions } from './predict.ts';
import { sha256 } from '../files/read-input.ts';

type InferredRoom = typeof import('../../../problems/inferred/index.ts');

/** Digits of a log density. */
const DIGITS = 6;

/** `lehr predict` of a result of `lehr infer`: where the rows of a table belong. @param output absolute; null for standard output. @returns the exit code. */
export async function predictInferred(
  text: string,
  modelPath: string,
  file: string,
  options: PredictOptions,
  output: string | null,
): Promise<number> {
  for (const name of ['probabilities', 'unseen', 'labels'] as const)
    if (options[name] !== undefined)
      throw new LehrError(
        'option',
        `--${name} is ${show(options[name])}, but ${modelPath} is a result of lehr infer, expected it with a model that lehr train wrote.`,
      );
  const inferred = (await import(new URL('../../../problems/inferred/index.js', import.meta.url).href)) as InferredRoom;
  const model = inferred.decodeInferred(text, modelPath);
  for (const name of ['documents', 'text'] as const)
    if (options[name] !== undefined && model.model !== 'lda') throw ofTopics(name, options[name], modelPath);
  if (inferred.isLearned(model)) return (await import('./predict-learned.ts')).predictLearned(model, modelPath, file, options, output);
  const { table } = await openTable(file, { na: options.na, types: inferred.typesOfFeatures(model.features) }).catch((error: unknown) => {
    throw ofColumns(error, model);
  });
  const said = inferred.predictGroups(model, table);
  const csv = csvOf(said);
  if (output !== null) await writeOutput(output, csv);
  else if (options.json !== true) await writeStdout(csv);
  if (options.json === true) await writeStdout(`${JSON.stringify(jsonOf(model, said, { modelPath, file, csv, output }), null, 2)}\n`);
  if (options.quiet !== true)
    process.stderr.write(
      `${file}: ${formatCounted(said.rows, 'row')}, mean log density ${formatNumber(meanOf(said.logDensity), 5)} nats a row\n`,
    );
  return EXIT.done;
}

const ABSENT = /there is no column ("(?:[^"\\]|\\.)*"), expected one of .*?\.(?=$| Maybe )/;

/** Of a column that groups were learned of and the table does not have: not one of those there are is expected, but all that there were. */
function ofColumns(error: unknown, { features }: InferredGroups): unknown {
  if (!(error instanceof LehrError) || !ABSENT.test(error.message)) return error;
  const told = error.message.replace(ABSENT, `there is no column $1, expected each of the ${features.length} that rows were grouped by.`);
  const hint = told.endsWith('.') ? ' Maybe a column of that name with empty cells, where nothing is known of it.' : '';
  return new LehrError(error.code, told + hint, { cause: error });
}

/** What is said of an option that a model of documents alone takes. */
export function ofTopics(name: 'documents' | 'text', value: string, modelPath: string): LehrError {
  return new LehrError(
    'option',
    `--${name} is ${show(value)}, but ${modelPath} is not of topics, expected it with what lehr infer --model lda wrote.`,
  );
}

function csvOf({ rows, kinds, logDensity }: Foretold): string {
  const names = groupColumns(kinds.length, []);
  const head = [...names.groups.flatMap((group, k) => [group, names.probabilities[k]]), names.density];
  const lines = Array.from({ length: rows }, (_, row) =>
    [
      ...kinds.flatMap(({ group, probability }) => [groupName(group[row]), probabilityText(probability[row])]),
      String(Number(logDensity[row].toPrecision(DIGITS))),
    ].join(','),
  );
  return `${[head.map(cell).join(','), ...lines].join('\n')}\n`;
}

function jsonOf(
  { model, kinds: groupings }: InferredGroups,
  { rows, kinds, logDensity }: Foretold,
  {
    modelPath,
    file,
    csv,
    output,
  }: { readonly modelPath: string; readonly file: string; readonly csv: string; readonly output: string | null },
): object {
  const predictions = kinds.map(({ group, probability }, k) => ({
    columns: groupings[k].features.length,
    groups: Array.from(group, (g) => (g < 0 ? null : g + 1)),
    probabilities: Array.from(probability),
  }));
  return {
    model,
    modelFile: modelPath,
    data: file,
    rows,
    meanLogDensity: meanOf(logDensity),
    ...(output === null ? { kinds: predictions, logDensity: Array.from(logDensity) } : { output }),
    digest: sha256(csv),
  };
}

function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

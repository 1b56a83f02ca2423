import { basename, resolve } from 'node:path';
import type { Assessed, Predictions, TrainedModel } from '../../../problems/trained/index.ts';
import { LehrError, show } from '../../error.ts';
import { formatCount } from '../../report/terminal.ts';
import { cell } from '../files/csv-cell.ts';
import { EXIT } from '../exit.ts';
import { inFlagWords } from '../options/flag-words.ts';
import { openTable } from '../data/open-table.ts';
import { STDOUT, tryOutputs, writeOutput, writeStdout } from '../files/output.ts';
import { readText, sha256 } from '../files/read-input.ts';
import { figuresText } from '../train/train-summary.ts';

/** The options of `lehr predict` as given. */
export interface PredictOptions {
  readonly probabilities?: boolean;
  readonly unseen?: 'tell' | 'refuse';
  readonly na?: string;
  readonly labels?: string;
  readonly vocabulary?: string;
  readonly documents?: string;
  readonly text?: string;
  readonly output?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** Modules of problems are loaded by URL: `src/` never imports one but for its types. */
const PROBLEMS = new URL('../../../problems/', import.meta.url);
type Tables = typeof import('../../../problems/table/index.ts');
type Trained = typeof import('../../../problems/trained/index.ts');

/** `lehr predict`. @returns the exit code. */
export async function predict(modelPath: string, file: string, options: PredictOptions): Promise<number> {
  const output = options.output === undefined || options.output === STDOUT ? null : resolve(options.output);
  if (options.output === STDOUT && options.json === true)
    throw new LehrError('option', '--output - and --json both write to standard output, expected one of them. Maybe --output FILE.');
  if (output !== null)
    tryOutputs(
      [{ option: '--output', given: options.output!, path: output }],
      [resolve(modelPath), resolve(file)],
      'the model or the data',
    );
  const [trained, tables] = (await Promise.all(['trained', 'table'].map((room) => import(new URL(`${room}/index.js`, PROBLEMS).href)))) as [
    Trained,
    Tables,
  ];
  const { text: modelText } = readText(modelPath, 'a model');
  // Both kinds of file say first what they are.
  if (/^\s*\{\s*"lehr"\s*:\s*"inference"/.test(modelText.slice(0, 200)))
    return (await import('./predict-inferred.ts')).predictInferred(modelText, modelPath, file, options, output);
  for (const name of ['documents', 'text'] as const)
    if (options[name] !== undefined) throw (await import('./predict-inferred.ts')).ofTopics(name, options[name], modelPath);
  const model = trained.decodeModel(modelText, modelPath);
  const types = 'encoder' in model ? tables.typesOf(model.encoder) : {};
  const { labels, vocabulary, na } = options;
  const { table } = await inFlagWords(() => openTable(file, { labels, vocabulary, na, types, frequencies: model.frequencies }));
  const said = await inFlagWords(async () => trained.predictTable(model, table));
  checkUnseen(said, file, options);
  if (options.probabilities === true && said.probabilities === null)
    throw new LehrError('option', `--probabilities is given, but the model predicts no classes, expected it without.`);
  let judged: Assessed | null = null;
  let why: string | null = null;
  try {
    judged = trained.assess(model, said, table);
  } catch (error) {
    // A target that is not known in each row takes nothing from the predictions.
    if (!(error instanceof LehrError)) throw error;
    why = error.message;
  }
  const text = csvOf(said, options.probabilities === true);
  if (output !== null) await writeOutput(output, text);
  else if (options.json !== true) await writeStdout(text);
  if (options.json === true)
    await writeStdout(`${JSON.stringify(jsonOf(model, said, judged, { modelPath, file, text, output }), null, 2)}\n`);
  if (options.quiet !== true) process.stderr.write(tellings(said, judged, why, file));
  return EXIT.done;
}

function checkUnseen({ unseen }: Predictions, file: string, options: PredictOptions): void {
  const [first] = Object.entries(unseen);
  if (options.unseen !== 'refuse' || first === undefined) return;
  throw new LehrError(
    'input',
    `${file}: column ${show(first[0])} has ${formatCount(first[1])} cells with a label that the model has never met, expected only those of its training.`,
  );
}

/** What goes to standard error: figures, and what a careful person wants to be told. */
function tellings({ rows, unseen, filled }: Predictions, judged: Assessed | null, why: string | null, file: string): string {
  const lines = [
    judged === null
      ? `${basename(file)}: ${formatCount(rows)} rows`
      : `${basename(file)}: ${formatCount(rows)} rows, ${figuresText({ ...judged, pairs: [] })}`,
    ...(why === null ? [] : [`no figures: ${why}`]),
    ...Object.entries(unseen).map(
      ([name, count]) =>
        `column ${show(name)}: ${formatCount(count)} cells have a label that the model has never met; it knows nothing of them.`,
    ),
    ...Object.entries(filled).map(
      ([name, count]) => `column ${show(name)}: ${formatCount(count)} cells are missing and taken for what is usual.`,
    ),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

function csvOf({ name, rows, classes, values, probabilities }: Predictions, all: boolean): string {
  const head = [name, ...(all ? classes!.map((label) => `probability of ${label}`) : [])].map(cell).join(',');
  const labels = classes?.map(cell);
  const lines = Array.from({ length: rows }, (_, row) => {
    const first = labels === undefined ? String(values[row]) : labels[values[row]];
    if (!all) return first;
    const width = classes!.length;
    return [first, ...probabilities!.subarray(row * width, (row + 1) * width)].join(',');
  });
  return `${[head, ...lines].join('\n')}\n`;
}

function jsonOf(
  model: TrainedModel,
  said: Predictions,
  judged: Assessed | null,
  {
    modelPath,
    file,
    text,
    output,
  }: { readonly modelPath: string; readonly file: string; readonly text: string; readonly output: string | null },
): object {
  const { name, rows, classes, values, unseen, filled } = said;
  return {
    model: model.model,
    modelFile: modelPath,
    data: file,
    target: name,
    rows,
    classes,
    loss: judged?.figures.loss ?? null,
    accuracy: judged?.figures.accuracy ?? null,
    figures: judged?.figures ?? null,
    confusion: judged?.confusion ?? null,
    unseen,
    filled,
    ...(output === null ? { predictions: Array.from(values, (value) => (classes === null ? value : classes[value])) } : { output }),
    digest: sha256(text),
  };
}

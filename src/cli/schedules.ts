import { plotText } from '../report/terminal.ts';
import { LehrError } from '../error.ts';
import { catalogue, parse, print, sample, signature, tableText, textName } from '../schedules/index.ts';
import { EXIT } from './exit.ts';
import { writeStdout } from './files/output.ts';

interface SchedulesOptions {
  readonly steps?: number;
  readonly blocks?: number;
  readonly log?: boolean;
  readonly json?: boolean;
  /** So many rows of a table. */
  readonly table?: number;
}

/** `lehr schedules`: the list, or the plot of one. */
export async function schedules(spec: string | undefined, options: SchedulesOptions): Promise<number> {
  const { table, json, log, blocks, steps = 10_000 } = options;
  if (table !== undefined) {
    if (spec === undefined)
      throw new LehrError('option', '--table is given without SPEC, expected a schedule. Maybe lehr schedules "cosine(1, 0)" --table 100.');
    for (const [name, value] of Object.entries({ json, log, blocks }))
      if (value !== undefined) throw new LehrError('option', `--table and --${name} are both given: expected one of them.`);
    await writeStdout(tableText(spec, { steps, rows: table }));
    return EXIT.done;
  }
  await writeStdout(spec === undefined ? list(options) : plot(spec, options));
  return EXIT.done;
}

const KINDS = [
  ['curve', 'Curves'],
  ['combinator', 'Combinators'],
  ['controller', 'They listen to the run'],
] as const;

function list({ json }: SchedulesOptions): string {
  if (json === true) {
    const rows = catalogue.map(({ name, kind, meaning, form, example, parameters }) => ({
      name: textName(name),
      kind,
      meaning,
      form: form ?? null,
      example,
      parameters,
    }));
    return `${JSON.stringify(rows, null, 2)}\n`;
  }
  const width = Math.min(44, Math.max(...catalogue.map((entry) => signature(entry).length)));
  const blocks = KINDS.map(([kind, title]) => {
    const entries = catalogue.filter((entry) => entry.kind === kind);
    const rows = entries.map((entry) => {
      const written = signature(entry);
      const gap = written.length > width ? `\n  ${' '.repeat(width)}` : '';
      return `  ${written.padEnd(width)}${gap}  ${entry.meaning}\n  ${' '.repeat(width)}  ${entry.example}\n`;
    });
    return `${title}\n${rows.join('')}`;
  });
  return `${blocks.join('\n')}\nA number alone is a constant. A > B is one after the other: "linear(5, 1) for 0.3 > cosine(1, 0)".\nPlot one: lehr schedules "cosine(1, 0)"\n`;
}

function plot(text: string, { steps = 10_000, blocks = Math.min(500, steps), log = false, json }: SchedulesOptions): string {
  const control = parse(text);
  const canonical = print(control);
  const sampled = sample(control, { steps, blocks });
  if (json === true) return `${JSON.stringify({ schedule: canonical, steps, blocks, ...sampled }, null, 2)}\n`;
  const drawn = plotText(
    sampled.t.map((t, i) => [t, sampled.value[i]] as const),
    { width: 64, height: 14, scale: log ? 'log' : 'linear' },
  );
  const last = sampled.value.length - 1;
  const note = sampled.of === 'value' ? '' : `  (it listens to the run: shown is the ${sampled.of.target} it aims at)`;
  return `${canonical}${note}\n${drawn}\n  t = 0: ${sampled.value[0]}   t = ½: ${sampled.value[last >> 1]}   t = 1: ${sampled.value[last]}\n`;
}

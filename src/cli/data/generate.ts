import { resolve } from 'node:path';
import { maybe } from '../../closest.ts';
import { LehrError, show } from '../../error.ts';
import type { Sample } from '../../../problems/samples/index.ts';
import { stream, type Rng } from '../../random/rng.ts';
import type { Seed } from '../../random/seed.ts';
import { EXIT } from '../exit.ts';
import type { GenerateOption } from '../family.ts';
import { STDOUT, tryOutputs, writeOutput, writeStdout } from '../files/output.ts';
import { takeApart } from '../options/take-apart.ts';
import { loadFamilies } from '../solve/subject.ts';

interface GenerateOptions {
  readonly n?: number;
  readonly seed?: Seed;
  readonly output?: string;
}

/** What makes files of a kind. */
interface Maker {
  readonly options: readonly GenerateOption[];
  make(n: number, options: Readonly<Record<string, string>>, rng: Rng): string;
  truth?(n: number, options: Readonly<Record<string, string>>, rng: Rng): string;
}

/** Data to learn from that can be made; loaded by URL, as problems are. */
export async function loadSamples(): Promise<readonly Sample[]> {
  const { samples } = (await import(new URL('../../../problems/samples/index.js', import.meta.url).href)) as { samples: readonly Sample[] };
  return samples;
}

/** Families with a generator, and samples. @throws LehrError `option` for a kind that is none of them. */
async function makerOf(kind: string): Promise<Maker> {
  const [families, samples] = await Promise.all([loadFamilies(), loadSamples()]);
  const sample = samples.find(({ name }) => name === kind);
  if (sample !== undefined) return sample;
  const maker = families.find(({ name }) => name === kind)?.generate;
  if (maker !== undefined) return maker;
  const names = [...families.filter(({ generate: made }) => made !== undefined), ...samples].map(({ name }) => name);
  const there = families.some(({ name }) => name === kind) ? ', which has no generator' : '';
  throw new LehrError('option', `KIND is ${show(kind)}${there}, expected ${names.join(', ')}.${maybe(kind, names)}`);
}

/** `lehr generate KIND`: a random instance, or data. @param args what commander left: the kind, and the kind's own options. */
export async function generate(args: readonly string[], { n, seed = 1, output }: GenerateOptions): Promise<number> {
  const { file: kind = '', others } = takeApart(args);
  const maker = await makerOf(kind);
  const known = ['n', 'seed', 'output', ...maker.options.map((option) => option.name)];
  for (const [name, value] of Object.entries(others)) {
    const option = maker.options.find((each) => each.name === name);
    if (option === undefined) throw new LehrError('option', `unknown option --${name}.${maybe(name, known).replace('Maybe ', 'Maybe --')}`);
    if (option.choices !== undefined && !option.choices.includes(value)) {
      throw new LehrError('option', `--${name} is ${show(value)}, expected ${option.choices.join(' or ')}.${maybe(value, option.choices)}`);
    }
  }
  const path = output === undefined || output === STDOUT ? null : resolve(output);
  if (path !== null) tryOutputs([{ option: '--output', given: output!, path }], []);
  const defaults = Object.fromEntries(maker.options.map((option) => [option.name, option.default]));
  const chosen = { ...defaults, ...others };
  const text = maker.make(n!, chosen, stream(seed, 'generate', kind));
  if (path === null) await writeStdout(text);
  else await writeOutput(path, text);
  const truth = maker.truth?.(n!, chosen, stream(seed, 'generate', kind));
  if (truth !== undefined) process.stderr.write(`lehr: ${truth}\n`);
  return EXIT.done;
}

import { resolve } from 'node:path';
import { maybe } from '../closest.ts';
import { LehrError, show } from '../error.ts';
import { stream } from '../random/rng.ts';
import type { Seed } from '../random/seed.ts';
import { EXIT } from './exit.ts';
import { STDOUT, tryOutputs, writeOutput, writeStdout } from './output.ts';
import { takeApart } from './solve-command.ts';
import { familyNamed, loadFamilies } from './subject.ts';

interface GenerateOptions {
  readonly n?: number;
  readonly seed?: Seed;
  readonly output?: string;
}

/** `lehr generate KIND`: a random instance. @param args what commander left: the kind, and the kind's own options. */
export async function generate(args: readonly string[], { n, seed = 1, output }: GenerateOptions): Promise<number> {
  const { file: kind = '', others } = takeApart(args);
  const family = await familyNamed(kind, 'KIND');
  const { generate: maker } = family;
  if (maker === undefined) {
    const names = (await loadFamilies()).filter((each) => each.generate !== undefined).map((each) => each.name);
    throw new LehrError('option', `KIND is ${show(kind)}, which has no generator, expected ${names.join(', ')}.`);
  }
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
  const text = maker.make(n!, { ...defaults, ...others }, stream(seed, 'generate', kind));
  if (path === null) await writeStdout(text);
  else await writeOutput(path, text);
  return EXIT.done;
}

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateWtsds, readWtsds, type SchedulingInstance } from '../../../problems/scheduling/index.ts';
import { LehrError } from '../../../src/error.ts';
import type { Context } from '../../../src/experiment/paper.ts';
import { stream } from '../../../src/random/rng.ts';

/** The settings of the benchmark's generator, ten files each in this order: tightness of due dates, their range, severity of setups. */
const SETTINGS = ['0.3', '0.6', '0.9'].flatMap((tau) =>
  ['0.25', '0.75'].flatMap((range) => ['0.25', '0.75'].map((eta) => ({ tau, range, eta, beta: '0.3' }))),
);

/** The first file of each setting in the benchmark. */
const NUMBERS = SETTINGS.map((_, i) => 10 * i + 1);

/** Not the first file where its optimum is 0 and another's of the same setting is not: it would tell little. */
const INSTEAD: Readonly<Record<number, number>> = { 21: 24 };

/**
 * One instance of 60 jobs for each of the benchmark's 12 settings: its own files, where the user names their folder, or instances generated from the same
 * distributions.
 */
export function instances(context: Context): readonly SchedulingInstance[] {
  const { instances: folder } = context;
  if (folder === null) {
    return SETTINGS.map((options, i) =>
      readWtsds(generateWtsds(60, options, stream(context.seedOf('instances'), i)), `generated ${i + 1}`),
    );
  }
  return NUMBERS.map((number) => read(folder, INSTEAD[number] ?? number));
}

function read(folder: string, number: number): SchedulingInstance {
  const name = `wt_sds_${number}.instance`;
  const path = [join(folder, name), join(folder, 'wtsds', name)].find(existsSync);
  if (path === undefined)
    throw new LehrError(
      'input',
      `--instances ${folder}: there is no ${name}, expected the files of the benchmark, or a folder wtsds with them.`,
    );
  return readWtsds(readFileSync(path, 'utf8'), path);
}

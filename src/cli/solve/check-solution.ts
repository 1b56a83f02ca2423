import { LehrError } from '../../error.ts';
import { formatGap, formatNumber } from '../../report/terminal.ts';
import { complain, EXIT } from '../exit.ts';
import { gapOf, knownOf } from './known.ts';
import { writeStdout } from '../files/output.ts';
import { readText, sha256 } from '../files/read-input.ts';
import { openSubject } from './subject.ts';

interface CheckSolutionOptions {
  readonly problem?: string;
  readonly params?: unknown;
  readonly known?: number;
  readonly json?: boolean;
  readonly verbose?: boolean;
}

/** `lehr check-solution`: what a solution is worth, computed from the problem alone. An invalid one is exit code 1. */
export async function checkSolution(file: string, solution: string, options: CheckSolutionOptions): Promise<number> {
  const subject = await openSubject({ given: file, problem: options.problem, params: options.params });
  const { family, instance } = subject;
  const { text } = readText(solution, 'a solution');
  const known = options.known ?? knownOf(subject.path, subject.item)?.value ?? null;
  const common = {
    problem: family.name,
    instance: instance.name,
    n: instance.n,
    sense: family.sense,
    objectiveName: family.objective,
    known,
  };
  let objective: number;
  let digest: string;
  try {
    const answer: unknown = family.readAnswer(instance.params, text, solution);
    objective = family.evaluate(instance.params, answer, solution);
    digest = sha256(family.write(instance.params, answer, instance.name));
  } catch (error) {
    if (!(error instanceof LehrError) || error.code !== 'input') throw error;
    complain(error, options.verbose === true);
    if (options.json === true)
      await writeStdout(`${JSON.stringify({ ...common, valid: false, why: error.message, objective: null, gap: null }, null, 2)}\n`);
    return EXIT.failed;
  }
  const gap = gapOf(objective, known, family.sense);
  if (options.json === true) {
    await writeStdout(`${JSON.stringify({ ...common, valid: true, objective, gap, digest }, null, 2)}\n`);
  } else {
    const against = gap === null ? '' : `   ${formatGap(gap)} against the known ${formatNumber(known!, 15)}`;
    await writeStdout(`${instance.name}: valid, ${family.objective} ${formatNumber(objective, 15)}${against}\n`);
  }
  return EXIT.done;
}

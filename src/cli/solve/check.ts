import { LehrError } from '../../error.ts';
import type { Seed } from '../../random/seed.ts';
import { checkDynamics } from '../../run/check-dynamics.ts';
import { checkModel } from '../../run/check-model.ts';
import { checkProblem } from '../../run/check-problem.ts';
import { suggestTemperatures } from '../../run/suggest.ts';
import { lift } from '../../schedules/index.ts';
import { momentOf } from '../../schedules/schedule.ts';
import { complain, EXIT } from '../exit.ts';
import { writeStdout } from '../files/output.ts';
import { modelOfModule } from '../train/learner-own.ts';
import { loadModule } from '../files/own-module.ts';

interface CheckOptions {
  readonly params?: unknown;
  readonly seed?: Seed;
  readonly moves?: number;
  readonly json?: boolean;
  readonly verbose?: boolean;
}

/** `lehr check`: the conformance kit on a module of the user's own. A breach is exit code 1. */
export async function check(given: string, { params, seed = 1, moves = 1000, json, verbose }: CheckOptions): Promise<number> {
  const { name, trial } = (await ofModel(given, params, seed)) ?? (await ofRun(given, params, seed, moves));
  const tried: string[] = [];
  let breach: LehrError | null = null;
  try {
    trial(tried);
  } catch (error) {
    breach = LehrError.from(error, 'contract');
  }
  if (breach !== null) complain(breach, verbose === true);
  if (json === true)
    await writeStdout(`${JSON.stringify({ module: given, name, ok: breach === null, tried, why: breach?.message ?? null }, null, 2)}\n`);
  else if (breach === null) await writeStdout(`${given}: ${name} keeps the contract\n${tried.map((line) => `  ${line}\n`).join('')}`);
  return breach === null ? EXIT.done : EXIT.failed;
}

/** What is tried, and how: `trial` notes what it has tried, and throws the first breach. */
interface Trial {
  readonly name: string;
  trial(tried: string[]): void;
}

/** A model of gradient methods; null for a module that exports something else. */
async function ofModel(given: string, params: unknown, seed: Seed): Promise<Trial | null> {
  const { model } = (await modelOfModule(given, params)) ?? { model: null };
  if (model === null) return null;
  return {
    name: String(model.name),
    trial(tried) {
      checkModel(model, { seed });
      tried.push(`model, ${model.size} weights and ${model.rows} rows, its gradient by finite differences`);
    },
  };
}

/** A problem, or a recipe's dynamics. */
async function ofRun(given: string, params: unknown, seed: Seed, moves: number): Promise<Trial> {
  const { prepared } = await loadModule(given, params);
  const { dynamics, problem, controls = {} } = prepared;
  const trial = (tried: string[]): void => {
    if (problem !== undefined) {
      checkProblem(problem, { seed, moves });
      tried.push(`problem, ${moves} moves`);
    }
    const values: Record<string, number> = {};
    for (const control of dynamics.controls) {
      const given = (controls as Record<string, Parameters<typeof lift>[0] | undefined>)[control];
      if (given !== undefined)
        values[control] = lift(given).next(lift(given).start({ steps: 1000, blocks: 20, signal: () => 0 }), momentOf(0, 0));
      else
        values[control] =
          control === 'temperature' && problem !== undefined ? suggestTemperatures(problem, { seed, budget: { steps: 10_000 } }).from : 1;
    }
    checkDynamics(dynamics, { controls: values, seed });
    tried.push(
      `dynamics ${dynamics.name}, at ${
        Object.entries(values)
          .map(([control, value]) => `${control} ${value}`)
          .join(', ') || 'no controls'
      }`,
    );
  };
  return { name: problem?.name ?? dynamics.name, trial };
}

import { interruptibleVerb } from '../options/take-apart.ts';
import { Option, type Command } from 'commander';
import type { SolveOptions } from './solve-options.ts';
import { STRATEGIES } from './strategies.ts';
import { count, json, number, seed, seeds, steps } from '../options/values.ts';

/** Defines `lehr solve` and its options. */
export function defineSolve(program: Command, exit: (code: number) => void): void {
  const solve = program
    .command('solve')
    .description('anneal a problem: a file in any known format, or a module of your own')
    .argument('[FILE]', 'the problem: FILE, FILE#k where it holds several, or ./module.ts (its default export a Problem or a Recipe)')
    .allowUnknownOption()
    .allowExcessArguments();
  const group = (heading: string, ...options: Option[]): void => {
    for (const option of options) solve.addOption(option.helpGroup(heading));
  };
  group(
    'Problem:',
    new Option('--problem <NAME>', 'read FILE as this kind of problem, whatever it looks like'),
    new Option('--params <JSON>', 'parameters of a Recipe of your own').argParser(json('--params')),
    new Option('--start <FILE>', 'begin from this solution (and with a lower first temperature)'),
    new Option('--known <V>', 'the known optimum, to print gaps against').argParser(number('--known')),
  );
  group(
    'Budget of each chain (one of them; default 10 seconds):',
    new Option('--seconds <S>', 'wall time; where chains outnumber workers each gets S × workers ÷ chains').argParser(
      number('--seconds', { above: 0 }),
    ),
    new Option('--steps <N>', 'steps').argParser(count('--steps', 0)),
    new Option('--evaluations <N>', 'evaluations of the objective').argParser(count('--evaluations', 0)),
    new Option('--target <E>', 'stop at an objective this good').argParser(number('--target')),
    new Option('--stalled <N>', 'stop when there was nothing better for so long, in what the budget counts').argParser(
      number('--stalled', { above: 0 }),
    ),
  );
  group(
    'Method:',
    new Option('--method <M>', 'the dynamics (default: metropolis)').choices(['metropolis']),
    new Option(
      '--strategy <S>',
      'one chain, independent ones of which the best wins (multistart, the default), or in each chain run after run: of doubling length (val; p-val deals the lengths to the chains), by the luby sequence, or of a fixed length',
    ).choices(STRATEGIES),
    new Option(
      '--run-length <N>',
      'steps of the first run, of the unit (luby) or of each (fixed); 100n: 100 per variable (default: 100n)',
    ).argParser(steps('--run-length')),
    new Option('--again <HOW>', 'each run after the first begins from a random state or from the incumbent (default: random)').choices([
      'random',
      'incumbent',
    ]),
    new Option('--chains <C>', 'how many chains: part of the algorithm (default: as many as cores)').argParser(
      count('--chains', 1, 100_000),
    ),
    new Option(
      '--temperature <SPEC>',
      'its schedule, such as "exponential(10, 0.1)" (default: chosen and printed); lehr schedules lists them',
    ),
    new Option('--schedule <SPEC>', 'the same: the first control by its other name'),
    new Option('--block <N>', 'how long the temperature stays constant: part of the algorithm').argParser(count('--block', 1)),
    new Option('--seed <S>', 'a string or number: same seed, same bits (default: drawn and printed)').argParser(seed),
    new Option('--seeds <a..b>', 'one run per seed, and a table of median and spread').argParser(seeds),
  );
  group(
    'Running:',
    new Option('--workers <W>', 'how many cores help; never changes the answer (default: all)').argParser(count('--workers', 1, 1024)),
    new Option('--check <WHAT>', 'recompute energies after each block or step, and stop at the first that is wrong').choices([
      'none',
      'block',
      'step',
    ]),
    new Option('--checkpoint <DIR>', 'keep the run in a folder, so that it survives anything'),
    new Option('--checkpoint-every <S>', 'seconds between two checkpoints (default: 1)').argParser(
      number('--checkpoint-every', { above: 0 }),
    ),
    new Option('--resume <DIR>', 'go on with the run in that folder, and go on writing there'),
    new Option('--replay <FILE>', 'repeat a run bit for bit from its record'),
  );
  group(
    'Results:',
    new Option('--output <FILE>', 'the solution (-: standard output)'),
    new Option('--report <FILE.html>', 'a self-contained page: the solution drawn, curves, settings'),
    new Option('--trace <FILE.jsonl>', 'the progress of each chain, one JSON object per line'),
    new Option('--record <FILE.json>', 'what --replay needs'),
    new Option('--json', 'one JSON object on standard output, nothing else there'),
    new Option('--quiet', 'no progress on standard error'),
    new Option('--verbose', 'show where an error came from'),
  );
  solve
    .addHelpText(
      'after',
      `
A module of your own may have other controls: each has the option of its own name.

Examples:
  lehr generate tsp --n 200 --seed 1 --output cities.tsp
  lehr solve cities.tsp --seconds 5 --output cities.tour --report cities.html
  lehr solve cities.tsp --steps 1e6 --seeds 1..5
  lehr solve cities.tsp --steps 1e7 --checkpoint run --seed 1`,
    )
    .action(interruptibleVerb<SolveOptions>(exit, 'saving the best so far', async () => (await import('./solve.ts')).solve));
}

import { Command, Option } from 'commander';
import { version } from './version.ts';
import { defineCompare } from './compare/compare-command.ts';
import { definePredict } from './predict/predict-command.ts';
import { defineInfer } from './infer/infer-command.ts';
import { defineRangeTest } from './train/range-test-command.ts';
import { defineReproduce } from './reproduce-command.ts';
import { defineSolve } from './solve/solve-command.ts';
import { defineTrain } from './train/train-command.ts';
import { defineTune } from './compare/tune-command.ts';
import { count, json, number, seed } from './options/values.ts';

/** Hears the exit code of the verb that ran. */
export type Exit = (code: number) => void;

/**
 * The program with its verbs. Only commander is loaded here: a verb loads what it needs when it runs, so that `--help` is there at once.
 */
export function buildProgram(exit: Exit): Command {
  const program = new Command('lehr');
  program
    .description('Lehr anneals: simulated annealing and its relatives on all cores, the same bits from the same seed.')
    .version(version(), '-V, --version', 'print the release')
    .helpOption('-h, --help', 'print this help')
    .helpCommand('help [verb]', 'print the help of a verb')
    .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, 'lehr: ')) })
    .exitOverride()
    .addHelpText(
      'after',
      `
Example:
  lehr generate tsp --n 200 --seed 1 --output cities.tsp
  lehr solve cities.tsp --seconds 5 --output cities.tour --report cities.html

Exit codes: 0 done, 1 failed, 2 usage or bad input, 130 interrupted with the best saved.`,
    );
  defineSolve(program, exit);
  defineTrain(program, exit);
  defineInfer(program, exit);
  definePredict(program, exit);
  defineRangeTest(program, exit);
  defineCompare(program, exit);
  defineTune(program, exit);
  defineCheckSolution(program, exit);
  defineInfo(program, exit);
  defineProblems(program, exit);
  defineSchedules(program, exit);
  defineGenerate(program, exit);
  defineCheck(program, exit);
  defineReproduce(program, exit);
  return program;
}

function defineCheckSolution(program: Command, exit: Exit): void {
  program
    .command('check-solution')
    .description('recompute a solution’s objective from the problem alone; exit code 1 if it is not valid')
    .argument('<FILE>', 'the problem, FILE#k where a file holds several, or a module of your own')
    .argument('<SOLUTION>', 'the solution file')
    .option('--problem <NAME>', 'read FILE as this kind of problem')
    .addOption(new Option('--params <JSON>', 'parameters of a module of your own').argParser(json('--params')))
    .option('--known <V>', 'the known optimum, to print the gap against', number('--known'))
    .option('--json', 'one JSON object on standard output')
    .option('--verbose', 'show where an error came from')
    .addHelpText(
      'after',
      example(
        'lehr generate tsp --n 50 --seed 1 --output cities.tsp',
        'lehr solve cities.tsp --seconds 1 --output cities.tour',
        'lehr check-solution cities.tsp cities.tour',
      ),
    )
    .action(async (file: string, solution: string, options: object) =>
      exit(await (await import('./solve/check-solution.ts')).checkSolution(file, solution, options)),
    );
}

function defineInfo(program: Command, exit: Exit): void {
  program
    .command('info')
    .description('say what a problem file or a table is, and that it can be read')
    .argument('<FILE>', 'the file, FILE#k where it holds several problems')
    .option('--problem <NAME>', 'read it as this kind of problem')
    .option('--json', 'one JSON object on standard output')
    .option('--verbose', 'show where an error came from')
    .addHelpText('after', example('lehr generate tsp --n 50 --seed 1 --output cities.tsp', 'lehr info cities.tsp'))
    .action(async (file: string, options: object) => exit(await (await import('./data/info.ts')).info(file, options)));
}

function defineProblems(program: Command, exit: Exit): void {
  program
    .command('problems')
    .description('list the kinds of problem there are, and their formats')
    .option('--json', 'one JSON array on standard output')
    .addHelpText('after', example('lehr problems'))
    .action(async (options: object) => exit(await (await import('./solve/problems.ts')).problems(options)));
}

function defineSchedules(program: Command, exit: Exit): void {
  program
    .command('schedules')
    .description('list the schedules there are, or plot one')
    .argument('[SPEC]', 'a schedule, as --temperature takes it')
    .option('--steps <N>', 'length of the run it is plotted over, in steps', count('--steps', 1))
    .option('--blocks <K>', 'how many values are taken', count('--blocks', 1, 1_000_000))
    .option('--table <N>', 'print so many equally spaced steps as comma-separated rows: step, t, value', count('--table', 1, 10_000_000))
    .option('--log', 'plot on a logarithmic scale')
    .option('--json', 'the list, or the values, as JSON on standard output')
    .option('--verbose', 'show where an error came from')
    .addHelpText(
      'after',
      example(
        'lehr schedules',
        'lehr schedules "warmup(0.05) > cosine(1, 0)"',
        'lehr schedules "warmup(0.05) > cosine(1, 0)" --steps 1000 --table 20',
      ),
    )
    .action(async (spec: string | undefined, options: object) => exit(await (await import('./schedules.ts')).schedules(spec, options)));
}

function defineGenerate(program: Command, exit: Exit): void {
  program
    .command('generate')
    .description('make a random problem file, or data to learn from; what a kind can be asked for beyond --n and --seed: lehr problems')
    .argument('<KIND>', 'a kind of problem, such as tsp, or of data: moons, blobs, digits, flats, ratings, birds')
    .requiredOption('--n <N>', 'its size', count('--n', 1))
    .option('--seed <S>', 'a string or number: the same seed, the same file (default: 1)', seed)
    .option('--output <FILE>', 'where to (default: standard output)')
    .option('--verbose', 'show where an error came from')
    .allowUnknownOption()
    .allowExcessArguments()
    .addHelpText(
      'after',
      example(
        'lehr generate tsp --n 1000 --seed 7 --kind clustered --output cities.tsp',
        'lehr generate moons --n 500 --noise 0.15 --output moons.csv',
      ),
    )
    .action(async (_kind: string, options: object, command: Command) =>
      exit(await (await import('./data/generate.ts')).generate(command.args, options)),
    );
}

function defineCheck(program: Command, exit: Exit): void {
  program
    .command('check')
    .description('try a module of your own against the contract of a problem, dynamics or model; exit code 1 at the first breach')
    .argument('<MODULE>', 'a .ts, .js or .mjs file whose default export is a Problem, a Recipe or a Model')
    .addOption(new Option('--params <JSON>', 'parameters of a Recipe').argParser(json('--params')))
    .option('--seed <S>', 'a string or number (default: 1)', seed)
    .option('--moves <N>', 'how many moves are tried (default: 1000)', count('--moves', 1))
    .option('--json', 'one JSON object on standard output')
    .option('--verbose', 'show where an error came from')
    .addHelpText('after', example('lehr check ./my-problem.ts', 'lehr check ./my-problem.ts --moves 10000 --seed 3'))
    .action(async (module: string, options: object) => exit(await (await import('./solve/check.ts')).check(module, options)));
}

/** Lines for the end of a verb's help. */
export function example(...lines: string[]): string {
  return `\n${lines.length === 1 ? 'Example' : 'Examples'}:\n${lines.map((line) => `  ${line}`).join('\n')}`;
}

import { resolve } from 'node:path';
import { LehrError } from '../../error.ts';
import { preparedFrom } from '../../parallel/prepare.ts';
import type { Figure } from '../../report/figures.ts';
import { formatCount, formatNumber, plotText } from '../../report/terminal.ts';
import { fromSpec } from '../../schedules/index.ts';
import { rangeTest, type RangeTest } from '../../run/range-test.ts';
import { EXIT } from '../exit.ts';
import type { Learner } from './learner.ts';
import { openLearner } from './open-learner.ts';
import { tryOutputs, writeOutput, writeStdout } from '../files/output.ts';
import { here } from '../runs/repeat.ts';
import { specFrom } from '../options/schedule-text.ts';
import { commandLine } from '../shell.ts';
import { unknownOption } from '../options/flag.ts';
import { isModule } from '../solve/subject.ts';
import { learnerOptionsOf, type TrainOptions } from './train-options.ts';
import { controlsSaid, controlsWanted, learnerWords } from './train-task.ts';
import { usualRate } from './usual-rates.ts';
import { version } from '../version.ts';

/** The options of `lehr range-test` as given. */
export interface RangeTestOptions extends TrainOptions {
  readonly from?: number;
  readonly to?: number;
  readonly smoothing?: number;
  readonly stop?: number;
}

/** A rate a step from 1e-7 to 10 is a factor of 1.1; the average over ten of them lags by a factor of 2.5, where fastai's 100 steps at 0.98 lag by far more. */
const STEPS = 200;
const SMOOTHING = 0.9;
const [WIDTH, HEIGHT] = [64, 14];
/** Curves are cut at so many times the first loss. */
const MOST = 1.25;

/** `lehr range-test`. @returns the exit code. */
export async function testRange(file: string | undefined, options: RangeTestOptions, flags: readonly string[]): Promise<number> {
  const [other] = Object.keys(options.others);
  if (other !== undefined && (file === undefined || !isModule(file))) throw unknownOption(other, flags, 'range-test');
  if (file === undefined)
    throw new LehrError(
      'option',
      'FILE is missing, expected a table such as data.csv, or a module of your own. Maybe lehr range-test --help.',
    );
  const outputs = (['output', 'report'] as const).flatMap((name) => {
    const given = options[name];
    return given === undefined ? [] : [{ option: `--${name}`, given, path: resolve(given) }];
  });
  const learner = await openLearner(file, learnerOptionsOf(options), controlsWanted(options));
  if (!learner.watch.includes('loss'))
    throw new LehrError(
      'option',
      `--model is ${learner.model}, which tells of no loss, expected a model that does: a range test cannot see how it fares.`,
    );
  tryOutputs(outputs, [learner.path], 'the data');
  const controls = controlsSaid(options, learner.controls, flags);
  const { seed = 1, from, to, steps = STEPS, smoothing = SMOOTHING, stop } = options;
  const { dynamics } = await preparedFrom(await import(learner.recipe), learner.params(steps));
  const others = learner.controls.filter((name) => name !== 'rate');
  const settings = Object.fromEntries(Object.entries({ from, to, stop }).filter(([, value]) => value !== undefined));
  const tested = rangeTest({
    dynamics,
    controls: Object.fromEntries(others.map((name) => [name, fromSpec(specFrom(controls[name] ?? learner.usual[name]))])),
    seed,
    steps,
    smoothing,
    ...settings,
  });
  const words = [
    here(learner.given, learner.path),
    ...learnerWords(learnerOptionsOf(options)),
    ...Object.entries(controls).flatMap(([name, text]) => [`--${name}`, text]),
  ];
  const train = commandLine(['lehr', 'train', ...words, '--rate', usualRate(tested.suggested)]);
  const settingsWords = Object.entries({ ...settings, steps, smoothing, seed }).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const command = commandLine(['lehr', 'range-test', ...words, ...settingsWords]);
  if (options.output !== undefined) await writeOutput(resolve(options.output), csvOf(tested));
  if (options.report !== undefined) await writeOutput(resolve(options.report), await pageOf(learner, tested, command, train));
  if (options.json === true) {
    const { model, title, name: data, target, optimizer, batch } = learner;
    await writeStdout(
      `${JSON.stringify({ model, title, data, target, optimizer, batch, seed, ...tested, train, command, version: version() }, null, 2)}\n`,
    );
  } else await writeStdout(textOf(learner, tested, train));
  return EXIT.done;
}

function csvOf({ rates, losses, smoothed }: RangeTest): string {
  return ['rate,loss,smoothed', ...rates.map((rate, k) => `${rate},${losses[k]},${smoothed[k]}`)].join('\n') + '\n';
}

/** What is worth seeing: far above the first loss a curve only shoots up. */
function visible({ smoothed }: RangeTest): number {
  return MOST * Math.max(smoothed[0], Number.MIN_VALUE);
}

function textOf(learner: Learner, tested: RangeTest, train: string): string {
  const { rates, smoothed, steepest, minimum, suggested, stopped } = tested;
  const most = visible(tested);
  const plot = plotText(
    rates.map((rate, k) => [Math.log10(rate), Math.min(smoothed[k], most)] as const),
    { width: WIDTH, height: HEIGHT },
  );
  const margin = plot.split('\n')[0].search(/[┤╶╴─╰╭╮╯│]/) + 1;
  const ends = [formatNumber(rates[0], 3), formatNumber(rates.at(-1)!, 3)];
  const axis = ' '.repeat(margin) + ends[0] + ends[1].padStart(WIDTH - ends[0].length);
  const rows = [
    ['least', `smoothed loss ${formatNumber(Math.min(...smoothed), 4)} at rate ${formatNumber(minimum, 3)}`],
    ['steepest', steepest === null ? 'the loss never falls' : `falls fastest at rate ${formatNumber(steepest, 3)}`],
    ['suggested', `${formatNumber(suggested, 2)}, a tenth of the rate of the least loss`],
    [
      'ended',
      stopped === 'diverged'
        ? `the loss exploded after ${formatCount(rates.length)} steps`
        : `after ${formatCount(rates.length)} steps, without the loss exploding. Maybe a larger --to.`,
    ],
    ['train', train],
  ];
  return `${learner.name} (${learner.title}, ${learner.optimizer}): smoothed loss over the rate\n${plot}\n${axis}\n${rows.map(([label, text]) => `  ${label.padEnd(9)}  ${text}\n`).join('')}`;
}

async function pageOf(learner: Learner, tested: RangeTest, command: string, train: string): Promise<string> {
  const { factsOf, figureSection, renderPage, repeatSection } = await import('../../report/page.ts');
  const { rates, losses, smoothed, steepest, minimum, suggested } = tested;
  const most = visible(tested);
  const points = (values: readonly number[]) =>
    rates.map((rate, k) => [rate, Math.min(values[k], most)] as const).filter(([, y]) => Number.isFinite(y));
  const figure: Figure = {
    id: 'range-test',
    title: 'Loss over the rate',
    x: { label: 'rate', scale: 'log' },
    y: { label: 'loss of a minibatch', scale: 'linear' },
    series: [
      { name: 'each minibatch', group: 0, role: 'current', points: points(losses) },
      { name: 'smoothed', group: 0, role: 'best', points: points(smoothed) },
    ],
  };
  return renderPage({
    title: `${learner.name}: range test of ${learner.title}`,
    kicker: `${learner.title}, ${learner.optimizer}`,
    heading: learner.name,
    facts: factsOf([
      { label: 'suggested rate', value: formatNumber(suggested, 2), note: 'a tenth of the rate of the least loss', main: true },
      { label: 'least loss at', value: formatNumber(minimum, 3) },
      { label: 'steepest descent at', value: steepest === null ? '–' : formatNumber(steepest, 3) },
    ]),
    parts: [
      await figureSection(figure, `Faint: each minibatch; bold: smoothed. Cut at ${MOST} times the first loss.`),
      repeatSection(command, ['It repeats the test bit for bit.', 'The training it suggests:'], [['', train]]),
    ],
    note: '',
    data: { ...tested, command, train },
    element: 'lehr-range-test',
    version: version(),
  });
}

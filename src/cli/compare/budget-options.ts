import { Option } from 'commander';
import { count, number } from '../options/values.ts';

/** How long each of many runs is, where runs are compared. */
export function budgetOptions(): Option[] {
  return [
    new Option('--seconds <S>', 'wall time').argParser(number('--seconds', { above: 0 })),
    new Option('--steps <N>', 'steps').argParser(count('--steps', 0)),
    new Option('--evaluations <N>', 'evaluations of the objective').argParser(count('--evaluations', 0)),
    new Option('--epochs <N>', 'passes over the rows to train on').argParser(count('--epochs', 1)),
    new Option('--block <N>', 'how long the controls stay constant: part of the algorithm').argParser(count('--block', 1)),
  ];
}

import { adaptiveReheat } from './adaptive-reheat.ts';
import { CONTROL, option, type Definition } from './definition.ts';
import { huang } from './huang.ts';
import { lamTarget, modifiedLam } from './lam.ts';
import { PLATEAU_MODES, reduceOnPlateau, THRESHOLD_MODES } from './plateau.ts';
import { selfTuningLam } from './self-tuning-lam.ts';
import { targetAcceptance } from './target-acceptance.ts';

/** Those that listen to the run. */
export const controllers: readonly Definition[] = [
  {
    name: 'modifiedLam',
    kind: 'controller',
    meaning: 'raises and lowers the temperature so that the acceptance rate follows the Lam curve',
    parameters: [option('temperature', 'number', 'the first temperature, in the unit of the energy', 0.5)],
    example: 'modified-lam',
    also: ['lam', 'adaptive', 'swartz'],
    target: { signal: 'acceptance', course: lamTarget },
    make: modifiedLam,
  },
  {
    name: 'selfTuningLam',
    kind: 'controller',
    meaning: 'as modified-lam, but learns its temperature and gain at the start, so it needs no unit of the energy',
    parameters: [],
    example: 'self-tuning-lam',
    also: ['selfTuning', 'parameterFree'],
    target: { signal: 'acceptance', course: lamTarget },
    make: selfTuningLam,
  },
  {
    name: 'targetAcceptance',
    kind: 'controller',
    meaning: 'raises and lowers the temperature so that the acceptance rate follows any curve',
    parameters: [
      { name: 'target', kind: 'control', meaning: 'the acceptance rate to aim at, 0 to 1' },
      option('temperature', 'number', 'the first temperature, in the unit of the energy', 0.5),
      option('memory', 'number', 'over how many steps the rate is averaged', 500),
      option('gain', 'number', 'the share by which a step changes the temperature', 0.001),
    ],
    example: 'target-acceptance(linear(0.8, 0.01), temperature: 2)',
    also: ['constantAcceptance', 'acceptanceRate'],
    target: { signal: 'acceptance', course: 'target' },
    make: targetAcceptance,
  },
  {
    name: 'huang',
    kind: 'controller',
    meaning: 'cools by the spread of the energies at each temperature (Huang, Romeo, Sangiovanni-Vincentelli)',
    parameters: [
      option('stay', 'length', 'how long each temperature is held', 0.005),
      option('lambda', 'number', 'by how many standard deviations the mean energy is to fall', 0.7),
      option('least', 'number', 'the least a temperature is multiplied by', 0.5),
      option('acceptance', 'number', 'probability at the start of a rise of three standard deviations', 0.9),
    ],
    example: 'huang(stay: 0.002)',
    also: ['huangRomeoSangiovanniVincentelli', 'standardDeviation'],
    make: huang,
  },
  {
    name: 'adaptiveReheat',
    kind: 'controller',
    meaning: 'multiplied by `factor` when the best energy has stalled, a surplus that dies away',
    parameters: [
      CONTROL,
      option('patience', 'length', 'how long the best energy may go without an improvement'),
      option('factor', 'number', 'how much hotter; above 1'),
    ],
    example: 'adaptive-reheat(exponential(10, 0.1), patience: 0.1, factor: 3)',
    also: ['reheatOnStall', 'adaptiveReheating'],
    make: adaptiveReheat,
  },
  {
    name: 'reduceOnPlateau',
    kind: 'controller',
    meaning: 'multiplied by `factor` for good when a signal has stopped improving (PyTorch)',
    parameters: [
      CONTROL,
      option('signal', 'signal', 'energy or best of each block, acceptance, a signal or a measure', 'energy'),
      { ...option('mode', 'choice', 'whether it should fall or rise', 'min'), choices: PLATEAU_MODES },
      option('factor', 'number', 'what a reduction multiplies by; below 1', 0.1),
      option('patience', 'count', 'how many values in a row may be no better', 10),
      option('threshold', 'number', 'by how much a value must beat the best', 1e-4),
      { ...option('thresholdMode', 'choice', 'whether that is a share of the best or a difference', 'rel'), choices: THRESHOLD_MODES },
      option('accumulate', 'count', 'the mean of so many values counts as one', 1),
      option('cooldown', 'count', 'for how many values after a reduction none is counted', 0),
      option('min', 'number', 'reductions stop here', 0),
      option('eps', 'number', 'a reduction by no more than this is not made', 1e-8),
    ],
    example: 'reduce-on-plateau(0.1, factor: 0.5, patience: 5, min: 0.001)',
    also: ['plateau', 'reduceLROnPlateau'],
    make: reduceOnPlateau,
  },
];

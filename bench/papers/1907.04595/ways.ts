import type { Context } from '../../../src/experiment/paper.ts';
import type { NetworkResult } from './network.ts';
import { phases, train, type Way } from './runs.ts';

export const SMALL = 0.25;

/** Without noise or decay: rate 4 for 600 steps, then 0.25; and a small rate throughout. */
export const LARGE_PHASE = 600;
const LARGE = 4;
const largeFirst: Way = { rate: phases([LARGE_PHASE, LARGE], SMALL), calmFrom: LARGE_PHASE };
const small: Way = { rate: SMALL, calmFrom: 0 };
const STOP = 0.08;

/** Initial rates of the dose–response, each for as much rate × steps as the large phase, then the small one. */
const dose = (rate: number): Way => ({ rate: phases([(LARGE_PHASE * LARGE) / rate, rate], SMALL), calmFrom: 0 });

/** With annealed noise on every pre-activation, at the small rate. */
const NOISY = 3000;
const mitigated: Way = { rate: SMALL, controls: { noise: phases([NOISY, 3], 0) }, calmFrom: NOISY };

/** The setting with the order of events that the paper tells of: decay and noise on the hard pattern's half of the network alone. */
export const SWITCH = 400;
const HIGH = 12;
const DECAY = 0.01;
const NOISE = 0.5;
const AFTER = 1000;
const blocked = (noise: number): Way => ({
  rate: phases([SWITCH, HIGH], SMALL),
  controls: { secondDecay: phases([SWITCH, DECAY], 0), secondNoise: phases([SWITCH, noise], [AFTER, 0.03], 0) },
  calmFrom: SWITCH + AFTER,
});
const unblocked: Way = { rate: SMALL, controls: { secondDecay: 0, secondNoise: phases([AFTER, 0.03], 0) }, calmFrom: AFTER };
const BLOCKED_STOP = 0.1;

/** Steps of the large phase that the ablation compares with: all of them with --full, else half, by when the easy pattern is long known. */
export const comparedSteps = ({ full }: Context): number => (full ? SWITCH : SWITCH / 2);
/** As many steps at the small rate as add up to so many of the large phase. */
export const slowSteps = (context: Context): number => (comparedSteps(context) * HIGH) / SMALL;
/** Noise per step under which weights that lose rate · decay of themselves have the same stationary spread s / √(1 − (1 − rate · decay)²). */
const kept = (rate: number): number => (1 - rate * DECAY) * (1 - rate * DECAY);
const slow: Way = {
  rate: SMALL,
  controls: { secondDecay: DECAY, secondNoise: NOISE * Math.sqrt((1 - kept(SMALL)) / (1 - kept(HIGH))) },
  calmFrom: 0,
};

/** The runs that claims are about, each made when it is first asked for. */
export class Runs {
  private readonly context: Context;
  constructor(context: Context) {
    this.context = context;
  }

  private streams(quick: number, full: number): number {
    return this.context.full ? full : quick;
  }

  /** Large, then small. */
  largeFirst(): Promise<readonly NetworkResult[]> {
    return train(this.context, 'large, then small', largeFirst, this.streams(16, 48), STOP);
  }

  /** Small throughout, until the training loss is the one above, stream by stream. */
  async small(): Promise<readonly NetworkResult[]> {
    const losses = lossesOf(await this.largeFirst());
    return train(this.context, 'small, to the same loss', small, losses.length, losses);
  }

  /** So large at first, then small, to the loss of large-then-small. */
  async dose(rate: number): Promise<readonly NetworkResult[]> {
    const losses = lossesOf(await this.largeFirst()).slice(0, this.streams(8, 48));
    return train(this.context, `rate ${rate}, to the same loss`, dose(rate), losses.length, losses);
  }

  /** The same until there was as much rate × steps as in the large phase, whatever the loss. */
  sameTravel(rate: number): Promise<readonly NetworkResult[]> {
    const way = { ...dose(rate), steps: (LARGE_PHASE * LARGE) / rate };
    return train(this.context, `rate ${rate}, as much rate × steps`, way, this.streams(8, 48));
  }

  /** Small throughout with annealed noise before activations, to the same loss. */
  async mitigated(): Promise<readonly NetworkResult[]> {
    const losses = lossesOf(await this.largeFirst()).slice(0, 24);
    return train(this.context, 'small with annealed noise, to the same loss', mitigated, losses.length, losses);
  }

  /** Large with decay and noise on the hard pattern's half, then small. */
  blocked(): Promise<readonly NetworkResult[]> {
    return train(this.context, 'large with decay and noise, then small', blocked(NOISE), this.streams(8, 24), BLOCKED_STOP);
  }

  /** The same without the noise of the large phase. */
  noiseless(): Promise<readonly NetworkResult[]> {
    return train(this.context, 'large with decay, then small', blocked(0), this.streams(8, 24), BLOCKED_STOP);
  }

  /** The small phase alone, to the same loss. */
  async unblocked(): Promise<readonly NetworkResult[]> {
    const losses = lossesOf(await this.blocked());
    return train(this.context, 'the small phase alone, to the same loss', unblocked, losses.length, losses);
  }

  /** The small rate with the same decay and the same stationary noise, for the same rate × steps as the large phase. */
  slow(): Promise<readonly NetworkResult[]> {
    const way = { ...slow, steps: slowSteps(this.context) };
    return train(this.context, 'small with decay and noise, as much rate × steps', way, this.streams(6, 24));
  }
}

function lossesOf(results: readonly NetworkResult[]): number[] {
  return results.map(({ end }) => end.loss);
}

import type { Block } from '../dynamics/block.ts';
import { plainCopy } from '../dynamics/plain.ts';
import { LehrError } from '../error.ts';
import { lift, wantsOf } from '../schedules/lift.ts';
import type { Control, Controller, Run } from '../schedules/schedule.ts';
import type { Signals } from './signals.ts';

function noNumber(name: string, t: number, step: number): LehrError {
  return new LehrError('contract', `${name}: its schedule gives NaN at t = ${t}, step ${step}, expected a number.`);
}

/** The controls of one leg while it runs: their controllers, memories and current values. */
export class LegControls<C extends string> {
  readonly values: Record<C, number>;
  readonly memories: unknown[];
  private readonly names: readonly C[];
  private readonly controllers: readonly Controller[];
  private readonly moment: { t: number; step: number; block: Block | null; controls: Record<C, number> };
  private readonly signals: Signals<any>;
  private readonly block: Block;
  /** What each controller wanted to hear of the last block. */
  private readonly wants: (readonly string[] | null)[];
  /** Whether to ask what they want: once, or before each block if one of them may change its mind. */
  private asking = true;
  private readonly fickle: boolean;

  /** @param memories of a checkpoint, in the dynamics' order; null starts afresh. */
  constructor(
    names: readonly C[],
    controls: { readonly [K in C]: Control },
    run: Run,
    memories: unknown,
    signals: Signals<any>,
    block: Block,
  ) {
    this.names = names;
    this.controllers = names.map((name) => lift(controls[name]));
    // Started also on a resume: combinators look up signals then.
    const fresh = this.controllers.map((controller) => controller.start(run));
    this.memories = memories === null ? fresh : (plainCopy(memories, 'checkpoint: memories') as unknown[]);
    this.values = Object.fromEntries(names.map((name) => [name, NaN])) as Record<C, number>;
    this.moment = { t: 0, step: 0, block: null, controls: this.values };
    this.signals = signals;
    this.block = block;
    this.wants = names.map(() => null);
    this.fickle = this.controllers.some((controller) => controller.wants !== undefined);
  }

  /** The values for the coming block, set in the dynamics' order; then `block.wanted` says what will be heard of it. */
  next(t: number, step: number): Record<C, number> {
    const { names, controllers, memories, moment, values } = this;
    moment.t = t;
    moment.step = step;
    for (let i = 0; i < controllers.length; i++) {
      const value = controllers[i].next(memories[i], moment);
      if (value !== value) throw noNumber(names[i], t, step);
      values[names[i]] = value;
    }
    if (this.asking) this.ask();
    return values;
  }

  /** What controllers hear before the next block; null before the first of a leg. */
  hear(block: Block | null): void {
    this.moment.block = block;
  }

  private ask(): void {
    // Without controls nobody's wish changes, but stop rules and observers have theirs.
    let changed = this.controllers.length === 0;
    for (let i = 0; i < this.controllers.length; i++) {
      const wants = wantsOf(this.controllers[i], this.memories[i]);
      if (wants !== this.wants[i]) changed = true;
      this.wants[i] = wants;
    }
    if (changed) this.signals.choose(this.block, this.wants as (readonly string[])[]);
    this.asking = this.fickle;
  }
}

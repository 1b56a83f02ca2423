import type { Block } from '../dynamics/block.ts';
import type { Dynamics } from '../dynamics/dynamics.ts';
import { LehrError, show } from '../error.ts';
import { maybe } from '../closest.ts';
import { stream, type Rng } from '../random/rng.ts';
import { FIELDS } from '../schedules/hearing.ts';
import { lift } from '../schedules/lift.ts';
import type { Course } from './course.ts';
import type { Measure, Plan } from './plan.ts';

/** The names behind `block.signals` (the dynamics' signals, then the plan's measures), who wants them, and when measures were taken. */
export class Signals<S> {
  readonly names: readonly string[];
  /** For each measure, how many of its multiples had passed when it was last taken; −1 before. */
  measured: number[];
  private readonly measures: readonly (readonly [string, Measure<S>])[];
  private readonly own: number;
  /** Wanted throughout: what observers watch and stop rules read. */
  private readonly always: Uint8Array;
  /** What reports tell: measures, and those signals of the dynamics that anyone may listen to. */
  private readonly told: readonly number[];

  constructor(plan: Plan<S, any, any>, { kinds, until }: Course<any>) {
    const { dynamics, watch = [] } = plan;
    this.measures = Object.entries(plan.measures ?? {});
    this.own = dynamics.signals?.length ?? 0;
    this.names = [...(dynamics.signals ?? []), ...this.measures.map(([name]) => name)];
    this.measured = this.measures.map(() => -1);
    this.always = new Uint8Array(this.names.length);
    const rules = [until, ...kinds.map((leg) => leg.until ?? {})];
    for (const name of [...watch, ...rules.flatMap(({ signal }) => (signal === undefined ? [] : [signal.name]))]) {
      this.always[this.indexOf(name)] = 1;
    }
    const told = this.names.map((_, i) => i >= this.own || this.always[i] === 1);
    for (const leg of kinds) {
      for (const control of dynamics.controls) {
        for (const need of lift(leg.controls[control]).needs ?? []) {
          this.checkNeed(dynamics, control, need);
          if (!FIELDS.includes(need)) told[this.indexOf(need)] = true;
        }
      }
    }
    this.told = told.flatMap((yes, i) => (yes ? [i] : []));
  }

  /** Index of a signal in `block.signals`; −1 for no name; throws an `option` error for an unknown one. */
  indexOf(name: string | undefined): number {
    if (name === undefined) return -1;
    const index = this.names.indexOf(name);
    if (index < 0) {
      throw new LehrError(
        'option',
        `signal ${show(name)} is unknown, expected ${this.names.length === 0 ? 'none: this run has no signals' : this.names.join(', ')}.${maybe(name, this.names)}`,
      );
    }
    return index;
  }

  /** Tells a dynamics which signals to compute from now on; those it no longer computes become NaN. */
  choose(block: Block, wants: readonly (readonly string[])[]): void {
    const { wanted, fresh, signals } = block;
    wanted.set(this.always);
    block.listening = false;
    for (const names of wants) for (const name of names) if (!FIELDS.includes(name)) wanted[this.indexOf(name)] = 1;
    for (let i = 0; i < this.own; i++) {
      fresh[i] = wanted[i];
      if (wanted[i] === 1) block.listening = true;
      if (wanted[i] === 0) signals[i] = NaN;
    }
  }

  /** Takes the measures that are due after `steps` steps. Each has its own stream, so that measuring changes nothing else. */
  measure(plan: Plan<S, any, any>, state: S, steps: number, block: Block): void {
    for (let i = 0; i < this.measures.length; i++) {
      const [name, { every, of }] = this.measures[i];
      const multiple = Math.floor(steps / every);
      const due = multiple > this.measured[i];
      block.fresh[this.own + i] = due ? 1 : 0;
      if (!due) continue;
      this.measured[i] = multiple;
      block.signals[this.own + i] = of(state, this.streamOf(plan, name, steps));
    }
  }

  /** Before a leg's first block, a signal of the state as it is; NaN for those that tell of blocks only. A measure that is not due is taken for this alone. */
  now(plan: Plan<S, any, any>, state: S, steps: number, index: number, { fresh, signals }: Block): number {
    if (index < this.own) return plan.dynamics.signalOf?.(state, index) ?? NaN;
    if (fresh[index] === 1) return signals[index];
    const [name, { of }] = this.measures[index - this.own];
    return of(state, this.streamOf(plan, name, steps));
  }

  /** What a report tells of the block. */
  named(block: Block): Record<string, number> {
    return Object.fromEntries(this.told.map((i) => [this.names[i], block.signals[i]]));
  }

  private streamOf({ seed, path = [] }: Plan<S, any, any>, name: string, steps: number): Rng {
    return stream(seed, ...path, 'measure', name, steps);
  }

  private checkNeed(dynamics: Dynamics<S>, control: string, need: string): void {
    const fail = (message: string): never => {
      throw new LehrError('option', `controls.${control}: its schedule listens to ${message}`);
    };
    if (need === 'acceptance') {
      if (dynamics.proposes !== true) fail(`the acceptance rate, but ${dynamics.name} proposes nothing. Maybe use a schedule of t.`);
    } else if (need === 'best') {
      if (dynamics.energies !== 'exact') {
        const are = dynamics.energies === 'moving' ? 'moved by a control' : 'estimates';
        fail(`the best energy, which needs exact energies, but those of ${dynamics.name} are ${are}. Maybe let it listen to a measure.`);
      }
    } else if (need !== 'energy' && !this.names.includes(need)) {
      const there = this.names.length === 0 ? 'none' : this.names.join(', ');
      fail(
        `the signal ${show(need)}, but ${dynamics.name} and the plan's measures tell of ${there}.${maybe(need, this.names) || ' Maybe use a schedule that does not listen to it.'}`,
      );
    }
  }
}

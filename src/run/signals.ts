import type { Block } from '../dynamics/block.ts';
import { LehrError, show } from '../error.ts';
import { maybe } from '../closest.ts';
import { stream } from '../random/rng.ts';
import { lift } from '../schedules/lift.ts';
import type { Leg, Measure, Plan, Until } from './plan.ts';

/** The names behind `block.signals` (the dynamics' signals, then the plan's measures), who wants them, and when measures were taken. */
export class Signals<S> {
  readonly names: readonly string[];
  /** For each measure, how many of its multiples had passed when it was last taken; −1 before. */
  measured: number[];
  private readonly measures: readonly (readonly [string, Measure<S>])[];
  private readonly own: number;
  private readonly wanted: Set<number>;

  constructor(plan: Plan<S, any, any>, legs: readonly Leg<any>[], until: Until) {
    const { dynamics, watch = [] } = plan;
    this.measures = Object.entries(plan.measures ?? {});
    this.own = dynamics.signals?.length ?? 0;
    this.names = [...(dynamics.signals ?? []), ...this.measures.map(([name]) => name)];
    this.measured = this.measures.map(() => -1);
    const wanted = new Set<string>(watch);
    for (const leg of legs) {
      if (leg.until?.signal !== undefined) wanted.add(leg.until.signal.name);
      for (const control of dynamics.controls) {
        for (const need of lift(leg.controls[control]).needs ?? []) {
          if (need !== 'acceptance') wanted.add(need);
          else if (dynamics.proposes !== true) {
            throw new LehrError(
              'option',
              `controls.${control}: its schedule listens to the acceptance rate, but ${dynamics.name} proposes nothing. Maybe use a schedule of t.`,
            );
          }
        }
      }
    }
    if (until.signal !== undefined) wanted.add(until.signal.name);
    this.wanted = new Set([...wanted].map((name) => this.indexOf(name)));
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

  /** Tells a dynamics which signals to compute. */
  markWanted(flags: Uint8Array): void {
    for (const index of this.wanted) flags[index] = 1;
  }

  /** Takes the measures that are due after `steps` steps. Each has its own stream, so that measuring changes nothing else. */
  measure(plan: Plan<S, any, any>, state: S, steps: number, block: Block): void {
    for (let i = 0; i < this.measures.length; i++) {
      const [name, { every, of }] = this.measures[i];
      const multiple = Math.floor(steps / every);
      if (multiple <= this.measured[i]) continue;
      this.measured[i] = multiple;
      block.signals[this.own + i] = of(state, stream(plan.seed, ...(plan.path ?? []), 'measure', name, steps));
    }
  }

  named(block: Block): Record<string, number> {
    return Object.fromEntries(this.names.map((name, i) => [name, block.signals[i]]));
  }
}

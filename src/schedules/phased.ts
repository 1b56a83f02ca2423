import { LehrError, show } from '../error.ts';
import { localLength, localProgress, startClock, tick, type Clock, type Phases } from './clock.ts';
import { FIELDS } from './hearing.ts';
import { wantsOf } from './lift.ts';
import type { Controller, Moment, Run } from './schedule.ts';

/** Indices of the signals that children may ask for once the run's own `signal` is gone: plain data. */
export type SignalIndices = Readonly<Record<string, number>>;

/** Memory of a combinator whose phases have their own clock. */
export interface PhasedMemory {
  readonly clock: Clock;
  readonly signals: SignalIndices;
  /** Memory of the child of this phase. */
  child: unknown;
}

/** The indices of all signals in `needs`, but for the fields of every block. */
export function signalsOf(run: Run, needs: readonly string[] = []): SignalIndices {
  return Object.fromEntries(needs.filter((name) => !FIELDS.includes(name)).map((name) => [name, run.signal(name)]));
}

/** The run a phase sees. */
export function localRun(length: Pick<Run, 'steps' | 'blocks'>, signals: SignalIndices): Run {
  return {
    ...length,
    signal(name) {
      if (Object.hasOwn(signals, name)) return signals[name];
      const names = Object.keys(signals);
      throw new LehrError(
        'contract',
        `controller: signal ${show(name)} is not among its needs, expected ${names.length === 0 ? 'it in `needs`' : `one of ${names.join(', ')}`}.`,
      );
    },
  };
}

/** Runs one child after another, each with its own run, progress, step count and blocks. */
export function phased(
  phases: Phases,
  child: (i: number) => Controller,
  needs: readonly string[] | undefined,
): Pick<Controller<PhasedMemory>, 'start' | 'next' | 'wants'> {
  return {
    start: (run) => ({ clock: startClock(run), signals: signalsOf(run, needs), child: null }),
    ...(needs === undefined ? {} : { wants: (memory) => wantsOf(child(memory.clock.phase), memory.child) }),
    next(memory, now) {
      const entered = tick(memory.clock, phases, now);
      return nextOf(child(memory.clock.phase), memory, now, entered);
    },
  };
}

/** The value of the child of the phase that the clock is in; starts the child if the phase has just begun. */
export function nextOf(child: Controller, memory: PhasedMemory, now: Moment, entered: boolean): number {
  const { clock } = memory;
  if (entered) memory.child = child.start(localRun(localLength(clock, now), memory.signals));
  return child.next(memory.child, {
    t: localProgress(clock, now),
    step: now.step - clock.step,
    // The block before a phase's first was another phase's.
    block: entered ? null : now.block,
    controls: now.controls,
  });
}

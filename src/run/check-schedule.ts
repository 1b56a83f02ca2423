import { Block } from '../dynamics/block.ts';
import { difference, plainCopy } from '../dynamics/plain.ts';
import { LehrError, show } from '../error.ts';
import { stream } from '../random/rng.ts';
import { FIELDS } from '../schedules/hearing.ts';
import { lift, wantsOf } from '../schedules/lift.ts';
import { momentOf, type Control, type Moment, type Run } from '../schedules/schedule.ts';
import { decodePlain, encodePlain } from './checkpoint.ts';

/** The run it is tried on (10 000 steps in 100 blocks), and bounds its values must keep to. */
export interface CheckScheduleOptions {
  readonly steps?: number;
  readonly blocks?: number;
  readonly low?: number;
  readonly high?: number;
  /** Names of the signals the pretended dynamics has, beside the fields of every block (what the schedule needs). */
  readonly signals?: readonly string[];
}

/**
 * Tries a schedule or controller on pretended runs, with counted and with timed progress, and throws a `contract` error that names the first
 * breach: values that are no numbers or out of bounds, a pure schedule that is not pure, memory that is not plain data, shared between
 * runs, or incomplete (a run resumed from it goes on differently), signals heard that it does not want, a spec that is not finite JSON.
 */
export function checkSchedule(control: Control, options: CheckScheduleOptions = {}): void {
  const { steps = 10_000, blocks = 100, low = -Infinity, high = Infinity } = options;
  const controller = lift(control);
  const signals = options.signals ?? (controller.needs ?? []).filter((need) => !FIELDS.includes(need));
  const name = nameOf(control);
  const fail = (message: string): never => {
    throw new LehrError('contract', `${name}: ${message}`);
  };
  const { spec } = controller;
  if (spec !== undefined && difference(JSON.parse(JSON.stringify(spec)), spec) !== null) fail(`its spec ${show(spec)} is not finite JSON.`);
  const length = Math.ceil(steps / blocks);
  const most = controller.maxBlock?.({ steps, blocks: null, signal: () => 0 }) ?? Infinity;
  if (!(most >= 1)) fail(`maxBlock is ${show(most)}, expected at least 1.`);

  for (const timed of [false, true]) {
    const run: Run = {
      steps: timed ? null : steps,
      blocks: timed ? null : blocks,
      signal(wanted) {
        const index = signals.indexOf(wanted);
        if (index < 0)
          throw new LehrError(
            'contract',
            `${name}: asks for the signal ${show(wanted)}, expected one of those it is tried with: ${signals.join(', ') || 'none'}.`,
          );
        return index;
      },
    };
    const play = (from: number, to: number, memory: unknown, mute = false): number[] => {
      const values: number[] = [];
      for (let k = from; k < to; k++) {
        const moment = pretended(k, blocks, length, timed, signals.length);
        if (mute && k > from) {
          const wants = wantsOf(controller, memory);
          signals.forEach((signal, i) => wants.includes(signal) || (moment.block!.signals[i] = NaN));
        }
        const value = controller.next(memory, moment);
        if (typeof value !== 'number' || value !== value)
          fail(`block ${k} of ${blocks}${timed ? ' by the clock' : ''}: its value is ${show(value)}, expected a number.`);
        if (value < low || value > high) fail(`block ${k} of ${blocks}: its value is ${value}, expected ${low} to ${high}.`);
        values.push(value);
      }
      return values;
    };
    const memory = controller.start(run);
    plainCopy(memory, `${name}: memory`);
    const whole = play(0, blocks, memory);
    const again = play(0, blocks, controller.start(run));
    const at = difference(whole, again);
    if (at !== null)
      fail(
        `a second run gives another value at block ${at}. Maybe it keeps something outside its memory, or start hands out one memory twice.`,
      );
    const unheard = difference(whole, play(0, blocks, controller.start(run), true));
    if (unheard !== null)
      fail(`it gives another value at block ${unheard} when signals are missing that it does not want. Maybe \`wants\` leaves one out.`);
    for (const cut of [1, Math.floor(blocks / 3), blocks - 1]) {
      const begun = controller.start(run);
      play(0, cut, begun);
      const rest = play(cut, blocks, decodePlain(encodePlain(begun)));
      const where = difference(whole.slice(cut), rest);
      if (where !== null)
        fail(
          `resumed from its memory at block ${cut} it gives another value at block ${where} after it. Maybe its memory leaves out a field.`,
        );
    }
  }
  if (typeof control === 'function') {
    const rng = stream(1, 'check-schedule');
    const points = Array.from({ length: 50 }, () => [rng.uniform(), rng.below(steps)] as const);
    const forward = points.map(([t, step]) => control(t, step));
    const backward = [...points]
      .reverse()
      .map(([t, step]) => control(t, step))
      .reverse();
    if (difference(forward, backward) !== null)
      fail(
        'a schedule gives another value when asked in another order, expected a pure function of t and step. Maybe it should be a controller.',
      );
  }
}

/** A moment of a pretended run whose acceptance falls from 1 to 0 with some noise. */
function pretended(k: number, blocks: number, length: number, timed: boolean, signals: number): Moment {
  const rng = stream(1, 'check-schedule', 'block', k);
  const block = new Block(signals);
  block.steps = block.evaluations = block.proposed = length;
  block.accepted = Math.min(length, Math.floor(length * (1 - k / blocks) * (0.8 + 0.4 * rng.uniform())));
  block.energy = 100 * (1 - k / blocks) + (rng.uniform() - 0.5);
  block.best = 100 * (1 - k / blocks) - 5;
  for (let i = 0; i < signals; i++) {
    block.signals[i] = rng.uniform();
    block.fresh[i] = rng.below(2);
  }
  const t = blocks === 1 ? 1 : k / (blocks - 1);
  return momentOf(timed ? 0.99 * t : t, k * length, k === 0 ? null : block);
}

function nameOf(control: Control): string {
  const spec = typeof control === 'number' ? undefined : control.spec;
  return spec === undefined ? 'schedule' : String(spec.schedule);
}

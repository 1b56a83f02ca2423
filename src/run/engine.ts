import { plainCopy } from '../dynamics/plain.ts';
import { stream } from '../random/rng.ts';
import type { Checkpoint } from './checkpoint.ts';
import { leastLane, type Kept } from './kept.ts';
import { RunningLeg } from './leg.ts';
import type { LegRecord, Outcome, Progress } from './outcome.ts';
import type { Plan } from './plan.ts';
import { Running } from './running.ts';

/** How long, in seconds, the engine runs before it lets its driver look at the world: what an abort waits at most, beside one block. */
const BREATH = 0.005;

/** What the engine yields between blocks. */
export interface Pause {
  /** The report that is due now; null for a mere breath. */
  readonly report: Progress | null;
  progress(): Progress;
  checkpoint(): Checkpoint;
}

/** What a driver answers: nothing, or that the run should end here with the best so far. */
export type Answer = 'interrupt' | undefined | void;

/**
 * The engine: one generator behind every driver (sync, async, worker, resume). It yields between blocks, when a report is due and every
 * few milliseconds; neither yields nor answers change a result, an interruption only ends it.
 */
export function* engine<S, C extends string, R>(plan: Plan<S, C, R>): Generator<Pause, Outcome<R>, Answer> {
  return yield* new Engine(plan).run();
}

/** How a run goes on: leg after leg, with a pause wherever the driver may look. */
class Engine<S, C extends string, R> extends Running<S, C, R> {
  *run(): Generator<Pause, Outcome<R>, Answer> {
    const { resume } = this.plan;
    const last = this.lastLeg();
    let ended = false;
    if (resume?.over === true) ended = (this.ended = resume.ended) || this.index >= last;
    if (resume?.over === true && !ended) this.nextLeg();
    else this.startLeg(resume ?? null);
    while (!ended) {
      ended = yield* this.runLeg(resume?.over === false && this.index === resume.leg);
      if (ended || this.index >= last) break;
      this.nextLeg();
    }
    const stopped = this.stopped();
    yield this.pause(this.report(stopped));
    return this.outcome(stopped);
  }

  /** Index of the last leg: of the course, or where a replayed run ended. */
  private lastLeg(): number {
    const { replay } = this.plan;
    const { count, restarts } = this.course;
    if (replay === undefined) return count - 1;
    return Math.min(count, restarts === null ? replay.legs.length : (replay.restart ?? 0) + 1) - 1;
  }

  /** The record of the current leg, where a run is replayed and the leg is told of. */
  private recorded(): LegRecord | undefined {
    const { replay } = this.plan;
    if (replay === undefined || this.course.restarts === null) return replay?.legs[this.index];
    return this.index === replay.restart ? replay.legs[0] : undefined;
  }

  private nextLeg(): void {
    if (this.course.restarts !== null) this.shared.incumbent = this.best();
    this.index++;
    this.startLeg(null);
  }

  /** Under restarts, the best so far as it must be kept when another run begins. Ties go to the earlier. */
  private best(): Kept {
    const { state } = this;
    const { incumbent } = this.shared;
    const { dynamics } = this.plan;
    const energy = dynamics.energy(state, leastLane(dynamics, state));
    return incumbent !== null && incumbent.energy <= energy ? incumbent : { energy, state: dynamics.save(state) };
  }

  /** The state of the next run under restarts: fresh, or the best so far, in a stream of its own. */
  private restart(again: 'random' | 'incumbent'): void {
    const { dynamics, seed, path = [] } = this.plan;
    const { incumbent } = this.shared;
    const where = [...path, 'restart', this.index];
    const rng = stream(seed, ...where, 'run');
    if (again === 'random' || incumbent === null) return this.begin(dynamics.init(stream(seed, ...where, 'init')), rng);
    const state = dynamics.load(plainCopy(incumbent.state, 'incumbent'));
    dynamics.rewind!(state);
    this.begin(state, rng);
  }

  private startLeg(from: Checkpoint | null): void {
    const leg = this.course.leg(this.index);
    const { restarts } = this.course;
    const { now } = this.shared;
    // Making a fresh state is part of the time that restarts take.
    const began = now();
    if (from === null && restarts !== null) this.restart(restarts.again);
    this.leg = new RunningLeg(this.shared, leg, this.state, this.rng, {
      from,
      record: this.recorded(),
      whole: restarts?.budget ?? leg.budget,
      nextReport: from === null && restarts !== null && this.index > 0 ? this.leg.due : null,
      began: restarts === null ? now() : began,
    });
  }

  /** Runs the current leg to its end; true if the run ends with it. @param resumed whether a checkpoint was in it: then it was announced before. */
  private *runLeg(resumed: boolean): Generator<Pause, boolean, Answer> {
    const { leg } = this;
    const { now, limit } = this.shared;
    const fresh = leg.clock.at.blocks === 0 && !resumed;
    leg.begin();
    // Of thousands of short runs only the first is announced.
    if (fresh && leg.reason === null && (limit === null || this.index === 0)) yield* this.pausing(this.report(null));
    let breath = now();
    let stride = 1;
    while (leg.reason === null) {
      const due = leg.runBlocks(stride);
      if (due === 'over') break;
      if (due === 'report') {
        leg.scheduleReport();
        yield* this.pausing(this.report(null));
      } else {
        const took = now() - breath;
        if (took >= BREATH) stride = Math.max(1, stride >> 1);
        else if (took < BREATH / 2) stride = Math.min(2 * stride, 1 << 20);
        if (took >= BREATH / 2) yield* this.pausing(null);
      }
      breath = now();
      leg.lookAtLimit();
    }
    leg.close();
    this.ended = leg.last && leg.reason !== 'interrupted';
    return leg.last;
  }

  /** Yields, and hears the driver's answer. */
  private *pausing(report: Progress | null): Generator<Pause, void, Answer> {
    // Only what is reported counts as heard: a driver that merely looks at a breath's progress changes no later acceptance.
    if (report !== null) this.heard();
    const answer = yield this.pause(report);
    if (answer === 'interrupt') this.shared.interrupted = true;
  }

  private pause(report: Progress | null): Pause {
    return { report, progress: () => report ?? this.report(null), checkpoint: () => this.checkpoint() };
  }
}

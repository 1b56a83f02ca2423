import { Block } from '../dynamics/block.ts';
import { plainCopy } from '../dynamics/plain.ts';
import { Rng, stream } from '../random/rng.ts';
import { CHECKPOINT_VERSION, checkFingerprint, type Checkpoint } from './checkpoint.ts';
import { courseOf, type Course } from './course.ts';
import { fingerprintOf } from './fingerprint.ts';
import { leastLane, outcomeOf, type Kept } from './kept.ts';
import { Ledger } from './ledger.ts';
import { rulesOf, RunningLeg, type Shared } from './leg.ts';
import { Limit, NOTHING } from './limit.ts';
import type { LegRecord, Outcome, Progress, Stopped } from './outcome.ts';
import type { Plan } from './plan.ts';
import { Signals } from './signals.ts';

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

class Engine<S, C extends string, R> {
  private readonly plan: Plan<S, C, R>;
  private readonly course: Course<C>;
  private readonly fingerprint: unknown;
  private readonly shared: Shared<S>;
  private readonly resumedAt: number;
  private state!: S;
  private rng!: Rng;
  private index: number;
  private leg!: RunningLeg<S, C>;
  private reported = { proposed: 0, accepted: 0 };
  /** A rule of the whole run holds, or its budget is spent. */
  private ended = false;

  constructor(plan: Plan<S, C, R>) {
    const { seed, path = [], resume, dynamics, replay } = plan;
    const course = courseOf(plan);
    const { restarts } = course;
    const signals = new Signals(plan, course);
    const block = new Block(signals.names.length);
    block.checked = plan.check === 'step';
    this.plan = plan;
    this.course = course;
    this.fingerprint = fingerprintOf(plan, course, signals);
    this.index = resume?.leg ?? 0;
    this.shared = {
      plan,
      signals,
      block,
      ledger: new Ledger(
        restarts === null,
        resume && { over: resume.leg + (resume.over ? 1 : 0), totals: resume.totals, records: resume.legs },
      ),
      limit: restarts === null ? null : new Limit(restarts.budget, dynamics.cost ?? NaN, replay !== undefined),
      rules: rulesOf(plan, signals, course.until, resume?.rules[1]),
      now: plan.clock ?? (() => performance.now() / 1000),
      incumbent: null,
      interrupted: false,
    };
    if (resume !== undefined) this.load(resume);
    else if (restarts === null) this.begin(dynamics.init(stream(seed, ...path, 'init')), stream(seed, ...path, 'run'));
    this.resumedAt = resume === undefined ? 0 : this.shared.ledger.totals.steps + (resume.over ? 0 : resume.clock.steps);
  }

  private load(resume: Checkpoint): void {
    const { shared } = this;
    checkFingerprint(resume, this.fingerprint);
    this.state = this.plan.dynamics.load(plainCopy(resume.state, 'checkpoint: state'));
    this.rng = Rng.load(resume.rng);
    shared.incumbent = plainCopy(resume.incumbent, 'checkpoint: incumbent');
    shared.signals.measured = [...resume.measured];
    this.reported = { ...resume.reported };
    Object.assign(shared.block, plainCopy(resume.block, 'checkpoint: block'));
  }

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

  private begin(state: S, rng: Rng): void {
    const { block } = this.shared;
    this.state = state;
    this.rng = rng;
    block.energy = block.best = this.plan.dynamics.energy(state);
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
    const { totals } = this.shared.ledger;
    // Only what is reported counts as heard: a driver that merely looks at a breath's progress changes no later acceptance.
    if (report !== null) this.reported = { proposed: totals.proposed, accepted: totals.accepted };
    const answer = yield this.pause(report);
    if (answer === 'interrupt') this.shared.interrupted = true;
  }

  /** Why the run ended. A budget of seconds that restarts have spent is a spent budget. */
  private stopped(): Stopped {
    const { stopped } = this.shared.ledger.records.at(-1)!;
    return stopped === 'seconds' && this.shared.limit !== null && this.course.until.seconds === undefined ? 'budget' : stopped;
  }

  /** Whether the current leg is over. */
  private get over(): boolean {
    return this.shared.ledger.over > this.index;
  }

  private report(stopped: Stopped | null): Progress {
    const { reported, leg, over } = this;
    const { block, limit, signals, ledger } = this.shared;
    const { totals } = ledger;
    if (!over) leg.look();
    const at = over ? NOTHING : leg.clock.at;
    const proposed = totals.proposed - reported.proposed;
    const accepted = totals.accepted - reported.accepted;
    return {
      leg: this.index,
      t: stopped === 'budget' ? 1 : limit === null ? leg.clock.t : limit.progress(totals, at),
      steps: totals.steps + at.steps,
      evaluations: totals.evaluations + at.evaluations,
      seconds: totals.seconds + at.seconds,
      energy: block.energy,
      best: leg.least(),
      acceptance: proposed > 0 ? accepted / proposed : NaN,
      controls: { ...leg.controls.values },
      signals: signals.named(block),
      stopped,
    };
  }

  private pause(report: Progress | null): Pause {
    return { report, progress: () => report ?? this.report(null), checkpoint: () => this.checkpoint() };
  }

  private checkpoint(): Checkpoint {
    const { leg, over } = this;
    const { block, ledger, incumbent, rules, signals: told } = this.shared;
    const { steps, evaluations, proposed, accepted, energy, best, signals, fresh } = block;
    // An interrupted leg is not over: a resume goes on with it.
    const interrupted = over && ledger.records.at(-1)!.stopped === 'interrupted';
    const { totals, records } = ledger.saved(!interrupted);
    return plainCopy<Checkpoint>(
      {
        lehr: 'checkpoint',
        version: CHECKPOINT_VERSION,
        fingerprint: this.fingerprint,
        leg: this.index,
        over: over && !interrupted,
        ended: this.ended,
        legs: records,
        incumbent,
        clock: leg.clock.at,
        rng: this.rng.save(),
        state: this.plan.dynamics.save(this.state),
        memories: leg.controls.memories,
        block: { steps, evaluations, proposed, accepted, energy, best, signals, fresh },
        rules: [leg.rules.at, rules.at],
        totals,
        reported: this.reported,
        measured: told.measured,
      },
      'checkpoint',
    );
  }

  private outcome(stopped: Stopped): Outcome<R> {
    const { plan, course, index } = this;
    const { ledger, incumbent } = this.shared;
    const { seed, path = [], replay } = plan;
    const { steps, evaluations, seconds, proposed, accepted } = ledger.totals;
    const legs = [...ledger.records];
    const clocked = legs.some((leg) => leg.readings !== undefined || leg.stopped === 'seconds' || leg.stopped === 'interrupted');
    return {
      ...outcomeOf(plan, this.state, incumbent),
      stopped,
      steps,
      evaluations,
      seconds,
      proposed,
      accepted,
      legs,
      runs: course.restarts === null ? 1 : index + 1,
      record: { seed, path: [...path], legs, ...(course.restarts === null ? {} : { restart: index }) },
      reproducible: replay !== undefined || !clocked,
      resumedAt: this.resumedAt,
    };
  }
}

import { Block } from '../dynamics/block.ts';
import { plainCopy } from '../dynamics/plain.ts';
import { LehrError } from '../error.ts';
import { Rng, stream } from '../random/rng.ts';
import { CHECKPOINT_VERSION, checkFingerprint, type Checkpoint } from './checkpoint.ts';
import { LegClock } from './clock.ts';
import { LegControls } from './controls.ts';
import { courseOf, type Course } from './course.ts';
import { fingerprintOf, resolveBlock, runOf } from './fingerprint.ts';
import { Ledger } from './ledger.ts';
import { leastLane, outcomeOf, type Kept } from './kept.ts';
import { Limit } from './limit.ts';
import type { LegRecord, Outcome, Progress, Stopped } from './outcome.ts';
import { budgetOf, type Plan, type Until } from './plan.ts';
import { Signals } from './signals.ts';
import { StopRules } from './stop.ts';

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

function noStep(name: string, n: number): LehrError {
  return new LehrError('contract', `${name}: advance made no step although up to ${n} were asked for.`);
}

class Engine<S, C extends string, R> {
  private readonly plan: Plan<S, C, R>;
  private readonly course: Course<C>;
  private readonly signals: Signals<S>;
  private readonly fingerprint: unknown;
  private readonly now: () => number;
  private readonly block: Block;
  private rng!: Rng;
  private state!: S;
  private readonly wholeRules: StopRules;
  private readonly limit: Limit | null;
  private readonly resumedAt: number;
  private readonly ledger: Ledger;
  /** Under restarts the best of the runs that are over. */
  private incumbent: Kept | null;
  private index: number;
  private clock!: LegClock;
  private controls!: LegControls<C>;
  private legRules!: StopRules;
  /** Offset of the wall clock: the leg's seconds are now − began. */
  private began = 0;
  private every = Infinity;
  private nextReport = 0;
  private reported = { proposed: 0, accepted: 0 };
  private interrupted = false;
  /** Why the current leg is over; null while it is not. */
  private reason: Stopped | null = null;
  /** A rule of the whole run holds, or its budget is spent. */
  private ended = false;

  constructor(plan: Plan<S, C, R>) {
    const { seed, path = [], resume, dynamics, replay } = plan;
    this.plan = plan;
    this.course = courseOf(plan);
    const { restarts, until } = this.course;
    this.now = plan.clock ?? (() => performance.now() / 1000);
    this.signals = new Signals(plan, this.course);
    this.fingerprint = fingerprintOf(plan, this.course, this.signals);
    this.block = new Block(this.signals.names.length);
    this.block.checked = plan.check === 'step';
    this.limit = restarts === null ? null : new Limit(restarts.budget, dynamics.cost ?? NaN, replay !== undefined);
    this.wholeRules = this.rules(until, resume?.rules[1]);
    if (resume === undefined) {
      this.index = 0;
      this.ledger = new Ledger(restarts === null);
      this.incumbent = null;
      if (restarts === null) this.begin(dynamics.init(stream(seed, ...path, 'init')), stream(seed, ...path, 'run'));
    } else {
      checkFingerprint(resume, this.fingerprint);
      this.index = resume.leg;
      this.ledger = new Ledger(restarts === null, {
        over: resume.leg + (resume.over ? 1 : 0),
        totals: resume.totals,
        records: resume.legs,
      });
      this.incumbent = plainCopy(resume.incumbent, 'checkpoint: incumbent');
      this.state = dynamics.load(plainCopy(resume.state, 'checkpoint: state'));
      this.rng = Rng.load(resume.rng);
      Object.assign(this.block, plainCopy(resume.block, 'checkpoint: block'));
      this.signals.measured = [...resume.measured];
    }
    this.resumedAt = resume === undefined ? 0 : this.ledger.totals.steps + (resume.over ? 0 : resume.clock.steps);
  }

  *run(): Generator<Pause, Outcome<R>, Answer> {
    const { resume } = this.plan;
    const last = this.lastLeg();
    let ended = false;
    if (resume?.over === true) ended = this.ended = resume.ended;
    if (resume?.over === true && this.index >= last) ended = true;
    if (resume?.over === true && !ended) this.nextLeg();
    else this.startLeg(resume ?? null);
    while (!ended) {
      ended = yield* this.runLeg();
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
    const count = this.course.count;
    if (replay === undefined) return count - 1;
    return Math.min(count, this.course.restarts === null ? replay.legs.length : (replay.restart ?? 0) + 1) - 1;
  }

  /** The record of the current leg, where a run is replayed and the leg is told of. */
  private recorded(): LegRecord | undefined {
    const { replay } = this.plan;
    if (replay === undefined || this.course.restarts === null) return replay?.legs[this.index];
    return this.index === replay.restart ? replay.legs[0] : undefined;
  }

  private begin(state: S, rng: Rng): void {
    this.state = state;
    this.rng = rng;
    this.block.energy = this.block.best = this.plan.dynamics.energy(state);
  }

  private nextLeg(): void {
    if (this.course.restarts !== null) this.incumbent = this.best();
    this.index++;
    this.startLeg(null);
  }

  /** Under restarts, the best so far as it must be kept when another run begins. Ties go to the earlier. */
  private best(): Kept {
    const { incumbent, state } = this;
    const { dynamics } = this.plan;
    const energy = dynamics.energy(state, leastLane(dynamics, state));
    return incumbent !== null && incumbent.energy <= energy ? incumbent : { energy, state: dynamics.save(state) };
  }

  /** The state of the next run under restarts: fresh, or the best so far, in a stream of its own. */
  private restart(again: 'random' | 'incumbent'): void {
    const { dynamics, seed, path = [] } = this.plan;
    const where = [...path, 'restart', this.index];
    const rng = stream(seed, ...where, 'run');
    if (again === 'random' || this.incumbent === null) return this.begin(dynamics.init(stream(seed, ...where, 'init')), rng);
    const state = dynamics.load(plainCopy(this.incumbent.state, 'incumbent'));
    dynamics.rewind!(state);
    this.begin(state, rng);
  }

  private startLeg(from: Checkpoint | null): void {
    const leg = this.course.leg(this.index);
    const { dynamics, every } = this.plan;
    const { restarts } = this.course;
    // Making a fresh state is part of the time that restarts take.
    this.began = this.now() - (from?.clock.seconds ?? 0);
    if (from === null && restarts !== null) this.restart(restarts.again);
    const { length, most } = resolveBlock(dynamics, leg, this.signals);
    const at = from === null ? null : plainCopy(from.clock, 'checkpoint: clock');
    this.clock = new LegClock(leg.budget, length, dynamics.cost ?? NaN, most, at, this.recorded()?.readings ?? null);
    const run = runOf(dynamics, leg, this.clock.blockCount, this.signals);
    this.controls = new LegControls(dynamics.controls, leg.controls, run, from?.memories ?? null, this.signals, this.block);
    this.controls.hear(this.clock.at.blocks === 0 ? null : this.block);
    this.legRules = this.rules(restarts === null ? (leg.until ?? {}) : {}, from?.rules[0]);
    this.every = every ?? budgetOf(restarts?.budget ?? leg.budget).total / 200;
    if (restarts === null || this.index === 0 || from !== null) this.scheduleReport();
    if (restarts === null) this.began = this.now() - this.clock.at.seconds;
  }

  /** Runs the current leg to its end; true if the run ends with it. */
  private *runLeg(): Generator<Pause, boolean, Answer> {
    const { plan, clock, block, signals, ledger, limit } = this;
    const { at } = clock;
    const recorded = this.recorded();
    const cut = recorded?.stopped === 'seconds' || recorded?.stopped === 'interrupted' ? recorded : null;
    this.reason = null;
    if (at.blocks === 0) {
      signals.measure(plan, this.state, ledger.totals.steps, block);
      this.reason = this.tested(true);
      if (this.reason === null && (limit === null || this.index === 0)) yield* this.pausing(this.report(null));
    }
    let breath = this.now();
    let stride = 1;
    while (this.reason === null) {
      const due = this.runBlocks(stride, cut);
      if (due === 'over') break;
      if (due === 'report') {
        this.scheduleReport();
        yield* this.pausing(this.report(null));
      } else {
        const took = this.now() - breath;
        if (took >= BREATH) stride = Math.max(1, stride >> 1);
        else if (took < BREATH / 2) stride = Math.min(2 * stride, 1 << 20);
        if (took >= BREATH / 2) yield* this.pausing(null);
      }
      breath = this.now();
      if (limit?.timed === true) this.lookAtLimit(limit);
    }
    if (cut === null) this.look();
    else at.seconds = cut.seconds;
    // A rule may hold between two readings of a seconds budget: the record must tell of the blocks since.
    if (this.reason !== 'budget') clock.cut(at.seconds);
    return this.endLeg(this.reason!);
  }

  /**
   * Runs blocks until the leg is over, with its `reason`, a report is due, or `most` have run. A loop in a generator costs several times as much per
   * block: V8 keeps a generator's locals on the heap.
   * @param cut the record of a leg that a clock or an abort cut, when it is replayed.
   */
  private runBlocks(most: number, cut: LegRecord | null): 'over' | 'report' | 'breath' {
    const { plan, clock, block, signals, controls, rng, state, ledger, limit } = this;
    const { dynamics } = plan;
    const { totals } = ledger;
    const { at } = clock;
    const timed = this.legRules.clocked || this.wholeRules.clocked;
    const verifies = plan.check === 'block';
    const ruled = !this.legRules.idle || !this.wholeRules.idle;
    const measured = signals.measured.length > 0;
    for (let left = most; left > 0; left--) {
      let n = cut !== null && at.blocks >= cut.blocks ? 0 : clock.next();
      if (n <= 0) {
        this.reason = cut === null || at.blocks < cut.blocks ? 'budget' : cut.stopped;
        return 'over';
      }
      let { allowance } = clock;
      if (limit !== null) {
        n = Math.min(n, limit.steps(totals, at));
        allowance = Math.min(allowance, limit.allowance(totals, at));
        if (n <= 0) return this.spend('budget');
      }
      if (this.interrupted) {
        this.look();
        clock.cut(at.seconds);
        this.reason = 'interrupted';
        return 'over';
      }
      const values = controls.next(clock.t, at.steps);
      block.clear(allowance);
      dynamics.advance(state, values, n, rng, block);
      if (block.steps === 0) throw noStep(dynamics.name, n);
      if (verifies) dynamics.verify?.(state);
      totals.proposed += block.proposed;
      totals.accepted += block.accepted;
      const reading = clock.count(block);
      if (at.blocks === 1) controls.hear(block);
      if (measured) signals.measure(plan, state, totals.steps + at.steps, block);
      if (reading || timed) {
        this.look();
        if (reading) clock.read(at.seconds);
      }
      if (ruled) {
        this.reason = this.tested(false);
        if (this.reason !== null) return 'over';
      }
      if ((limit === null ? at.used : limit.used(totals, at)) >= this.nextReport) return 'report';
    }
    return 'breath';
  }

  /** Ends the leg and the run, whose budget is spent. */
  private spend(reason: Stopped): 'over' {
    this.reason = reason;
    this.ended = true;
    return 'over';
  }

  private lookAtLimit(limit: Limit): void {
    if (this.reason !== null) return;
    this.look();
    if (limit.spent(this.ledger.totals, this.clock.at)) this.spend('seconds');
  }

  /** Yields, and hears the driver's answer. */
  private *pausing(report: Progress | null): Generator<Pause, void, Answer> {
    // Only what is reported counts as heard: a driver that merely looks at a breath's progress changes no later acceptance.
    if (report !== null) this.reported = { proposed: this.ledger.totals.proposed, accepted: this.ledger.totals.accepted };
    const answer = yield this.pause(report);
    if (answer === 'interrupt') this.interrupted = true;
  }

  private tested(first: boolean): Stopped | null {
    const { at } = this.clock;
    const leg = this.legRules.test(this.block, this.block.best, at, first);
    if (leg !== null || this.wholeRules.idle) return leg;
    const { totals } = this.ledger;
    const used = this.limit === null ? totals.used + at.used : this.limit.used(totals, at);
    const position = { used, steps: totals.steps + at.steps, seconds: totals.seconds + at.seconds };
    const whole = this.wholeRules.test(this.block, this.least(), position, first);
    this.ended = whole !== null;
    return whole;
  }

  /** The least energy so far. */
  private least(): number {
    return this.incumbent === null ? this.block.best : Math.min(this.incumbent.energy, this.block.best);
  }

  /** Records the leg; true if the run ends with it: an interruption, the run's own rule, or the only leg. */
  private endLeg(stopped: Stopped): boolean {
    const { at, unit } = this.clock;
    const readings = unit === 'seconds' ? { readings: [...at.readings] } : {};
    const { blocks, steps, evaluations, seconds } = at;
    this.ledger.close({ stopped, blocks, steps, evaluations, seconds, ...readings }, at.used);
    if (this.limit !== null && this.limit.steps(this.ledger.totals, NOTHING) <= 0) this.ended = true;
    return this.ended || stopped === 'interrupted';
  }

  /** Why the run ended. A budget of seconds that restarts have spent is a spent budget. */
  private stopped(): Stopped {
    const { stopped } = this.ledger.records.at(-1)!;
    return stopped === 'seconds' && this.limit !== null && this.course.until.seconds === undefined ? 'budget' : stopped;
  }

  private rules(until: Until, at: Checkpoint['rules'][0] | undefined): StopRules {
    // A replay is cut by its record, never by today's clock.
    const { seconds: _, ...timeless } = until;
    return new StopRules(
      this.plan.replay === undefined ? until : timeless,
      this.signals.indexOf(until.signal?.name),
      at === undefined ? null : { ...at },
    );
  }

  /** Reads the wall clock into the leg's seconds. */
  private look(): void {
    this.clock.at.seconds = Math.max(this.clock.at.seconds, this.now() - this.began);
  }

  private scheduleReport(): void {
    const { at } = this.clock;
    const used = this.limit === null ? at.used : this.limit.used(this.ledger.totals, at);
    this.nextReport = (Math.floor(used / this.every) + 1) * this.every;
  }

  /** Whether the current leg is over. */
  private get over(): boolean {
    return this.ledger.over > this.index;
  }

  private report(stopped: Stopped | null): Progress {
    const { ledger, block, reported, clock, limit } = this;
    const { totals } = ledger;
    if (!this.over) this.look();
    const leg = this.over ? NOTHING : clock.at;
    const proposed = totals.proposed - reported.proposed;
    const accepted = totals.accepted - reported.accepted;
    return {
      leg: this.index,
      t: stopped === 'budget' ? 1 : limit === null ? clock.t : limit.progress(totals, leg),
      steps: totals.steps + leg.steps,
      evaluations: totals.evaluations + leg.evaluations,
      seconds: totals.seconds + leg.seconds,
      energy: block.energy,
      best: this.least(),
      acceptance: proposed > 0 ? accepted / proposed : NaN,
      controls: { ...this.controls.values },
      signals: this.signals.named(block),
      stopped,
    };
  }

  private pause(report: Progress | null): Pause {
    return { report, progress: () => report ?? this.report(null), checkpoint: () => this.checkpoint() };
  }

  private checkpoint(): Checkpoint {
    const { block } = this;
    const { steps, evaluations, proposed, accepted, energy, best, signals, fresh } = block;
    // An interrupted leg is not over: a resume goes on with it.
    const interrupted = this.over && this.ledger.records.at(-1)!.stopped === 'interrupted';
    const { totals, records } = this.ledger.saved(!interrupted);
    return plainCopy<Checkpoint>(
      {
        lehr: 'checkpoint',
        version: CHECKPOINT_VERSION,
        fingerprint: this.fingerprint,
        leg: this.index,
        over: this.over && !interrupted,
        ended: this.ended,
        legs: records,
        incumbent: this.incumbent,
        clock: this.clock.at,
        rng: this.rng.save(),
        state: this.plan.dynamics.save(this.state),
        memories: this.controls.memories,
        block: { steps, evaluations, proposed, accepted, energy, best, signals, fresh },
        rules: [this.legRules.at, this.wholeRules.at],
        totals,
        measured: this.signals.measured,
      },
      'checkpoint',
    );
  }

  private outcome(stopped: Stopped): Outcome<R> {
    const { plan, ledger, course, incumbent, index } = this;
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

const NOTHING = { steps: 0, evaluations: 0, seconds: 0, used: 0 };

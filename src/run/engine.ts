import { Block } from '../dynamics/block.ts';
import { plainCopy } from '../dynamics/plain.ts';
import { LehrError } from '../error.ts';
import { Rng, stream } from '../random/rng.ts';
import { CHECKPOINT_VERSION, checkFingerprint, type Checkpoint } from './checkpoint.ts';
import { LegClock } from './clock.ts';
import { LegControls } from './controls.ts';
import { fingerprintOf, resolveBlock, runOf } from './fingerprint.ts';
import type { LegRecord, Outcome, Progress, Stopped } from './outcome.ts';
import { budgetOf, legsOf, type Leg, type Plan, type Until } from './plan.ts';
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
  private readonly legs: readonly Leg<C>[];
  private readonly signals: Signals<S>;
  private readonly fingerprint: unknown;
  private readonly now: () => number;
  private readonly block: Block;
  private readonly rng: Rng;
  private readonly state: S;
  private readonly wholeRules: StopRules;
  private readonly resumedAt: number;
  private readonly records: LegRecord[];
  /** Totals of the legs that are over; `proposed` and `accepted` of all blocks. */
  private readonly done = { used: 0, steps: 0, evaluations: 0, seconds: 0, proposed: 0, accepted: 0 };
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
  /** A rule of the whole run holds. */
  private ended = false;

  constructor(plan: Plan<S, C, R>) {
    const { legs, until } = legsOf(plan);
    const { seed, path = [], resume, dynamics } = plan;
    this.plan = plan;
    this.legs = legs;
    this.now = plan.clock ?? (() => performance.now() / 1000);
    this.signals = new Signals(plan, legs, until);
    this.fingerprint = fingerprintOf(plan, legs, until, this.signals);
    this.block = new Block(this.signals.names.length);
    this.block.checked = plan.check === 'step';
    this.index = resume?.leg ?? 0;
    this.records = [...(resume?.legs ?? [])];
    this.wholeRules = this.rules(until, resume?.rules[1]);
    if (resume === undefined) {
      this.state = dynamics.init(stream(seed, ...path, 'init'));
      this.rng = stream(seed, ...path, 'run');
      this.block.energy = this.block.best = dynamics.energy(this.state);
    } else {
      checkFingerprint(resume, this.fingerprint);
      this.state = dynamics.load(plainCopy(resume.state, 'checkpoint: state'));
      this.rng = Rng.load(resume.rng);
      Object.assign(this.done, resume.totals);
      Object.assign(this.block, plainCopy(resume.block, 'checkpoint: block'));
      this.signals.measured = [...resume.measured];
      this.records.forEach((record, i) => this.addUp(record, legs[i]));
    }
    this.resumedAt = resume === undefined ? 0 : this.done.steps + (resume.over ? 0 : resume.clock.steps);
  }

  *run(): Generator<Pause, Outcome<R>, Answer> {
    const { resume, replay } = this.plan;
    const last = Math.min(this.legs.length, replay?.legs.length ?? Infinity) - 1;
    let ended = false;
    if (resume?.over === true) ended = this.ended = resume.ended;
    if (resume?.over === true && this.index >= last) ended = true;
    if (resume?.over === true && !ended) this.index++;
    this.startLeg(resume !== undefined && (ended || !resume.over) ? resume : null);
    while (!ended) {
      ended = yield* this.runLeg();
      if (ended || this.index >= last) break;
      this.index++;
      this.startLeg(null);
    }
    const { stopped } = this.records[this.records.length - 1];
    yield this.pause(this.report(stopped));
    return this.outcome(stopped);
  }

  private startLeg(from: Checkpoint | null): void {
    const leg = this.legs[this.index];
    const { dynamics, replay, every } = this.plan;
    const { length, most } = resolveBlock(dynamics, leg, this.signals);
    const at = from === null ? null : plainCopy(from.clock, 'checkpoint: clock');
    this.clock = new LegClock(leg.budget, length, dynamics.cost ?? NaN, most, at, replay?.legs[this.index]?.readings ?? null);
    const run = runOf(dynamics, leg, this.clock.blockCount, this.signals);
    this.controls = new LegControls(dynamics.controls, leg.controls, run, from?.memories ?? null, this.signals, this.block);
    this.controls.hear(this.clock.at.blocks === 0 ? null : this.block);
    this.legRules = this.rules(leg.until ?? {}, from?.rules[0]);
    this.every = every ?? budgetOf(leg.budget).total / 200;
    this.scheduleReport();
    this.began = this.now() - this.clock.at.seconds;
  }

  /** Runs the current leg to its end; true if the run ends with it. */
  private *runLeg(): Generator<Pause, boolean, Answer> {
    const { plan, clock, block, signals, done } = this;
    const { at } = clock;
    const recorded = plan.replay?.legs[this.index];
    const cut = recorded?.stopped === 'seconds' || recorded?.stopped === 'interrupted' ? recorded : null;
    this.reason = null;
    if (at.blocks === 0) {
      signals.measure(plan, this.state, done.steps, block);
      this.reason = this.tested(true);
      if (this.reason === null) yield* this.pausing(this.report(null));
    }
    let breath = this.now();
    let stride = 1;
    while (this.reason === null) {
      const due = this.runBlocks(stride, cut);
      if (due === 'report') {
        this.scheduleReport();
        yield* this.pausing(this.report(null));
        breath = this.now();
      } else if (due === 'breath') {
        const took = this.now() - breath;
        if (took >= BREATH) stride = Math.max(1, stride >> 1);
        else if (took < BREATH / 2) stride = Math.min(2 * stride, 1 << 20);
        if (took >= BREATH / 2) yield* this.pausing(null);
        breath = this.now();
      }
    }
    if (cut === null) this.look();
    else at.seconds = cut.seconds;
    // A rule may hold between two readings of a seconds budget: the record must tell of the blocks since.
    if (this.reason !== 'budget') clock.cut(at.seconds);
    return this.endLeg(this.reason);
  }

  /**
   * Runs blocks until the leg is over, with its `reason`, a report is due, or `most` have run. A loop in a generator costs several times as much per
   * block: V8 keeps a generator's locals on the heap.
   * @param cut the record of a leg that a clock or an abort cut, when it is replayed.
   */
  private runBlocks(most: number, cut: LegRecord | null): 'over' | 'report' | 'breath' {
    const { plan, clock, block, signals, controls, rng, state, done } = this;
    const { dynamics } = plan;
    const { at } = clock;
    const timed = this.legRules.clocked || this.wholeRules.clocked;
    const verifies = plan.check === 'block';
    const ruled = !this.legRules.idle || !this.wholeRules.idle;
    const measured = signals.measured.length > 0;
    for (let left = most; left > 0; left--) {
      const n = cut !== null && at.blocks >= cut.blocks ? 0 : clock.next();
      if (n <= 0) {
        this.reason = cut === null || at.blocks < cut.blocks ? 'budget' : cut.stopped;
        return 'over';
      }
      if (this.interrupted) {
        this.look();
        clock.cut(at.seconds);
        this.reason = 'interrupted';
        return 'over';
      }
      const values = controls.next(clock.t, at.steps);
      block.clear(clock.allowance);
      dynamics.advance(state, values, n, rng, block);
      if (block.steps === 0) throw noStep(dynamics.name, n);
      if (verifies) dynamics.verify?.(state);
      done.proposed += block.proposed;
      done.accepted += block.accepted;
      const reading = clock.count(block);
      if (at.blocks === 1) controls.hear(block);
      if (measured) signals.measure(plan, state, done.steps + at.steps, block);
      if (reading || timed) {
        this.look();
        if (reading) clock.read(at.seconds);
      }
      if (ruled) {
        this.reason = this.tested(false);
        if (this.reason !== null) return 'over';
      }
      if (at.used >= this.nextReport) return 'report';
    }
    return 'breath';
  }

  /** Yields, and hears the driver's answer. */
  private *pausing(report: Progress | null): Generator<Pause, void, Answer> {
    // Only what is reported counts as heard: a driver that merely looks at a breath's progress changes no later acceptance.
    if (report !== null) this.reported = { proposed: this.done.proposed, accepted: this.done.accepted };
    const answer = yield this.pause(report);
    if (answer === 'interrupt') this.interrupted = true;
  }

  private tested(first: boolean): Stopped | null {
    const { at } = this.clock;
    const leg = this.legRules.test(this.block, at, first);
    if (leg !== null || this.wholeRules.idle) return leg;
    const { done } = this;
    const position = { used: done.used + at.used, steps: done.steps + at.steps, seconds: done.seconds + at.seconds };
    const whole = this.wholeRules.test(this.block, position, first);
    this.ended = whole !== null;
    return whole;
  }

  /** Records the leg; true if the run ends with it: an interruption, the run's own rule, or the only leg. */
  private endLeg(stopped: Stopped): boolean {
    const { at, unit } = this.clock;
    const readings = unit === 'seconds' ? { readings: [...at.readings] } : {};
    const record: LegRecord = {
      stopped,
      blocks: at.blocks,
      steps: at.steps,
      evaluations: at.evaluations,
      seconds: at.seconds,
      ...readings,
    };
    this.records.push(record);
    this.addUp(record, this.legs[this.index]);
    return this.ended || stopped === 'interrupted';
  }

  private addUp(record: LegRecord, leg: Leg<C>): void {
    const { done } = this;
    const { unit } = budgetOf(leg.budget);
    done.steps += record.steps;
    done.evaluations += record.evaluations;
    done.seconds += record.seconds;
    done.used += unit === 'seconds' ? (record.readings?.at(-1) ?? 0) : record[unit];
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
    this.nextReport = (Math.floor(this.clock.at.used / this.every) + 1) * this.every;
  }

  /** Whether the current leg is already among the records. */
  private get over(): boolean {
    return this.records.length > this.index;
  }

  private report(stopped: Stopped | null): Progress {
    const { done, block, reported, clock } = this;
    if (!this.over) this.look();
    const leg = this.over ? { steps: 0, evaluations: 0, seconds: 0 } : clock.at;
    const proposed = done.proposed - reported.proposed;
    const accepted = done.accepted - reported.accepted;
    return {
      leg: this.index,
      t: stopped === 'budget' ? 1 : clock.t,
      steps: done.steps + leg.steps,
      evaluations: done.evaluations + leg.evaluations,
      seconds: done.seconds + leg.seconds,
      energy: block.energy,
      best: block.best,
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
    const { block, records } = this;
    const { steps, evaluations, proposed, accepted, energy, best, signals, fresh } = block;
    const last = this.over ? records[records.length - 1] : null;
    // An interrupted leg is not over: a resume goes on with it.
    const interrupted = last?.stopped === 'interrupted';
    return plainCopy<Checkpoint>(
      {
        lehr: 'checkpoint',
        version: CHECKPOINT_VERSION,
        fingerprint: this.fingerprint,
        leg: this.index,
        over: last !== null && !interrupted,
        ended: this.ended,
        legs: interrupted ? records.slice(0, -1) : records,
        clock: this.clock.at,
        rng: this.rng.save(),
        state: this.plan.dynamics.save(this.state),
        memories: this.controls.memories,
        block: { steps, evaluations, proposed, accepted, energy, best, signals, fresh },
        rules: [this.legRules.at, this.wholeRules.at],
        totals: { proposed: this.done.proposed, accepted: this.done.accepted },
        measured: this.signals.measured,
      },
      'checkpoint',
    );
  }

  private outcome(stopped: Stopped): Outcome<R> {
    const { dynamics, seed, path = [], replay } = this.plan;
    const lanes = dynamics.lanes ?? 1;
    let best = 0;
    for (let lane = 1; lane < lanes; lane++) if (dynamics.energy(this.state, lane) < dynamics.energy(this.state, best)) best = lane;
    const results = Array.from({ length: lanes }, (_, lane) => dynamics.result(this.state, lane, stream(seed, ...path, 'result', lane)));
    const { steps, evaluations, seconds, proposed, accepted } = this.done;
    const legs = this.records;
    const clocked = legs.some((leg) => leg.readings !== undefined || leg.stopped === 'seconds' || leg.stopped === 'interrupted');
    return {
      result: results[best],
      results,
      energy: dynamics.energy(this.state, best),
      stopped,
      steps,
      evaluations,
      seconds,
      proposed,
      accepted,
      legs,
      record: { seed, path: [...path], legs },
      reproducible: replay !== undefined || !clocked,
      resumedAt: this.resumedAt,
    };
  }
}

import { Block } from '../dynamics/block.ts';
import { plainCopy } from '../dynamics/plain.ts';
import { Rng, stream } from '../random/rng.ts';
import { CHECKPOINT_VERSION, checkFingerprint, type Checkpoint } from './checkpoint.ts';
import { courseOf, type Course } from './course.ts';
import { fingerprintOf } from './fingerprint.ts';
import { outcomeOf } from './kept.ts';
import { Ledger } from './ledger.ts';
import type { RunningLeg } from './leg.ts';
import { Limit, NOTHING } from './limit.ts';
import type { Outcome, Progress, Stopped } from './outcome.ts';
import type { Plan } from './plan.ts';
import { rulesOf, type Shared } from './shared.ts';
import { Signals } from './signals.ts';

/** A run as it stands between two blocks, and what is told and kept of it there: reports, checkpoints, the outcome. How it goes on is the engine's. */
export abstract class Running<S, C extends string, R> {
  protected readonly plan: Plan<S, C, R>;
  protected readonly course: Course<C>;
  private readonly fingerprint: unknown;
  protected readonly shared: Shared<S>;
  private readonly resumedAt: number;
  protected state!: S;
  protected rng!: Rng;
  /** The leg, from 0; under restarts the run. */
  protected index: number;
  protected leg!: RunningLeg<S, C>;
  /** Proposals behind the last report. */
  private reported = { proposed: 0, accepted: 0 };
  /** A rule of the whole run holds, or its budget is spent. */
  protected ended = false;

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

  /** Sets it on a state and a stream. */
  protected begin(state: S, rng: Rng): void {
    const { block } = this.shared;
    this.state = state;
    this.rng = rng;
    block.energy = block.best = this.plan.dynamics.energy(state);
  }

  /** What an observer hears now. @param stopped why the run ended, on its last report. */
  protected report(stopped: Stopped | null): Progress {
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

  /** Counts acceptance anew from here. */
  protected heard(): void {
    const { proposed, accepted } = this.shared.ledger.totals;
    this.reported = { proposed, accepted };
  }

  protected checkpoint(): Checkpoint {
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

  /** Why the run ended. A budget of seconds that restarts have spent is a spent budget. */
  protected stopped(): Stopped {
    const { stopped } = this.shared.ledger.records.at(-1)!;
    return stopped === 'seconds' && this.shared.limit !== null && this.course.until.seconds === undefined ? 'budget' : stopped;
  }

  /** Whether the current leg is over. */
  private get over(): boolean {
    return this.shared.ledger.over > this.index;
  }

  /** What the run gives back. */
  protected outcome(stopped: Stopped): Outcome<R> {
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

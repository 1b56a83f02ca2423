import { plainCopy } from '../dynamics/plain.ts';
import { LehrError } from '../error.ts';
import type { Rng } from '../random/rng.ts';
import type { Checkpoint } from './checkpoint.ts';
import { LegClock } from './clock.ts';
import { LegControls } from './controls.ts';
import { resolveBlock, runOf } from './fingerprint.ts';
import type { LegRecord, Stopped } from './outcome.ts';
import { budgetOf, type Leg } from './plan.ts';
import { rulesOf, type Shared } from './shared.ts';
import type { StopRules } from './stop.ts';

function noStep(name: string, n: number): LehrError {
  return new LehrError('contract', `${name}: advance made no step although up to ${n} were asked for.`);
}

/** One leg while it runs: its clock, controls and rules, and the loop over its blocks. */
export class RunningLeg<S, C extends string> {
  readonly clock: LegClock;
  readonly controls: LegControls<C>;
  readonly rules: StopRules;
  /** Why it is over; null while it is not. */
  reason: Stopped | null = null;
  /** The run ends with it: a rule of the whole run holds, or its budget is spent. */
  last = false;
  private readonly shared: Shared<S>;
  private readonly state: S;
  private readonly rng: Rng;
  /** The record of a leg that a clock or an abort cut, when it is replayed. */
  private readonly cut: LegRecord | null;
  /** Offset of the wall clock: the leg's seconds are now − began. */
  private readonly began: number;
  private readonly every: number;
  private nextReport: number;

  /**
   * @param from the checkpoint that the leg is in, null for a fresh one. @param record what is told of it when the run is replayed.
   * @param whole what reports are counted in: the leg's own budget, or that of all. @param nextReport where the next is due, if that is known.
   * @param began when it began.
   */
  constructor(
    shared: Shared<S>,
    leg: Leg<C>,
    state: S,
    rng: Rng,
    {
      from,
      record,
      whole,
      nextReport,
      began,
    }: {
      readonly from: Checkpoint | null;
      readonly record: LegRecord | undefined;
      readonly whole: Leg<C>['budget'];
      readonly nextReport: number | null;
      readonly began: number;
    },
  ) {
    const { plan, signals, block } = shared;
    const { dynamics, every } = plan;
    this.shared = shared;
    this.state = state;
    this.rng = rng;
    this.cut = record?.stopped === 'seconds' || record?.stopped === 'interrupted' ? record : null;
    const { length, most } = resolveBlock(dynamics, leg, signals);
    const at = from === null ? null : plainCopy(from.clock, 'checkpoint: clock');
    this.clock = new LegClock(leg.budget, length, dynamics.cost ?? NaN, most, at, record?.readings ?? null);
    const run = runOf(dynamics, leg, this.clock.blockCount, signals);
    this.controls = new LegControls(dynamics.controls as readonly C[], leg.controls, run, from?.memories ?? null, signals, block);
    this.controls.hear(this.clock.at.blocks === 0 ? null : block);
    this.rules = rulesOf(plan, signals, leg.until ?? {}, from?.rules[0]);
    this.every = every ?? budgetOf(whole).total / 200;
    this.began = began - this.clock.at.seconds;
    this.nextReport = nextReport ?? this.afterNow();
  }

  /** What the run's budget counts, spent so far: of the leg, under restarts of all. */
  private get used(): number {
    const { limit, ledger } = this.shared;
    return limit === null ? this.clock.at.used : limit.used(ledger.totals, this.clock.at);
  }

  private afterNow(): number {
    return (Math.floor(this.used / this.every) + 1) * this.every;
  }

  /** When the next report is due, in what the run's budget counts. */
  get due(): number {
    return this.nextReport;
  }

  scheduleReport(): void {
    this.nextReport = this.afterNow();
  }

  /** Before the first block: takes measures and tests the rules that can hold by then. */
  begin(): void {
    const { plan, signals, ledger, block } = this.shared;
    if (this.clock.at.blocks > 0) return;
    signals.measure(plan, this.state, ledger.totals.steps, block);
    this.reason = this.tested(true);
  }

  /**
   * Runs blocks until the leg is over, with its `reason`, a report is due, or `most` have run. A loop in a generator costs several times as much per
   * block: V8 keeps a generator's locals on the heap.
   */
  runBlocks(most: number): 'over' | 'report' | 'breath' {
    const { clock, controls, rng, state, cut } = this;
    const { shared } = this;
    const { plan, block, signals, ledger, limit } = shared;
    const { dynamics } = plan;
    const { totals } = ledger;
    const { at } = clock;
    const timed = this.rules.clocked || shared.rules.clocked;
    const verifies = plan.check === 'block';
    const ruled = !this.rules.idle || !shared.rules.idle;
    const measured = signals.measured.length > 0;
    for (let left = most; left > 0; left--) {
      let n = cut !== null && at.blocks >= cut.blocks ? 0 : clock.next();
      if (n <= 0) return this.end(cut === null || at.blocks < cut.blocks ? 'budget' : cut.stopped);
      let { allowance } = clock;
      if (limit !== null) {
        n = Math.min(n, limit.steps(totals, at));
        allowance = Math.min(allowance, limit.allowance(totals, at));
        if (n <= 0) return this.end('budget', true);
      }
      if (shared.interrupted) {
        this.look();
        clock.cut(at.seconds);
        return this.end('interrupted', true);
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

  /** Under restarts: looks whether their seconds are spent. */
  lookAtLimit(): void {
    const { limit, ledger } = this.shared;
    if (limit === null || !limit.timed || this.reason !== null) return;
    this.look();
    if (limit.spent(ledger.totals, this.clock.at)) this.end('seconds', true);
  }

  /** Closes it in the ledger. */
  close(): void {
    const { clock, cut } = this;
    const { ledger, limit } = this.shared;
    const { at, unit } = clock;
    if (cut === null) this.look();
    else at.seconds = cut.seconds;
    // A rule may hold between two readings of a seconds budget: the record must tell of the blocks since.
    if (this.reason !== 'budget') clock.cut(at.seconds);
    const readings = unit === 'seconds' ? { readings: [...at.readings] } : {};
    const { blocks, steps, evaluations, seconds } = at;
    ledger.close({ stopped: this.reason!, blocks, steps, evaluations, seconds, ...readings }, at.used);
    if (limit !== null && limit.exhausted(ledger.totals)) this.last = true;
  }

  /** Reads the wall clock into the leg's seconds. */
  look(): void {
    this.clock.at.seconds = Math.max(this.clock.at.seconds, this.shared.now() - this.began);
  }

  /** The least energy so far, over all legs. */
  least(): number {
    const { incumbent, block } = this.shared;
    return incumbent === null ? block.best : Math.min(incumbent.energy, block.best);
  }

  private end(reason: Stopped, last = false): 'over' {
    this.reason = reason;
    if (last) this.last = true;
    return 'over';
  }

  private tested(first: boolean): Stopped | null {
    const { at } = this.clock;
    const { block, rules, ledger, limit } = this.shared;
    const own = this.rules.test(block, block.best, at, this.signalled(this.rules, first));
    if (own !== null || rules.idle) return own;
    const { totals } = ledger;
    const used = limit === null ? totals.used + at.used : this.used;
    const whole = rules.test(
      block,
      this.least(),
      { used, steps: totals.steps + at.steps, seconds: totals.seconds + at.seconds },
      this.signalled(rules, first),
    );
    if (whole !== null) this.last = true;
    return whole;
  }

  /** Before the first block, what the signal of a rule is of the state as it is; null after it. */
  private signalled({ signal }: StopRules, first: boolean): number | null {
    if (!first) return null;
    const { plan, signals, ledger, block } = this.shared;
    return signal < 0 ? NaN : signals.now(plan, this.state, ledger.totals.steps, signal, block);
  }
}

/**
 * What one block of steps did: the counts and energies a listening schedule hears, and the engine adds up. `advance` fills it; the engine
 * clears it before each call.
 */
export class Block {
  /** Steps made. */
  steps = 0;
  /** Evaluations paid, in the dynamics' own unit. */
  evaluations = 0;
  /** Proposals made and accepted; both 0 under a dynamics that proposes nothing. */
  proposed = 0;
  accepted = 0;
  /** Energy of the current state at the end of the block (lane 0 where there are several). */
  energy = NaN;
  /** Best energy since the run began (over lanes). */
  best = Infinity;
  /** Evaluations that may still be spent: a dynamics without a fixed `cost` stops at or just past it. */
  allowance = Infinity;
  /** True in the paranoid mode `check: 'step'`: `advance` verifies its state after every step. */
  checked = false;
  /** Extra signals, in the order of the dynamics' `signals` and then the plan's measures; NaN when not computed. */
  signals: Float64Array;
  /** 1 for each signal somebody listens to; `advance` computes no others. */
  wanted: Uint8Array;
  /** Whether any of the dynamics' own signals is wanted, so that `advance` need not look through them. */
  listening = false;
  /**
   * 1 for each signal whose value is of this block: a measure is fresh only where it was just taken. The engine keeps it; a dynamics that
   * computes a wanted signal only now and then says so itself, in each block.
   */
  fresh: Uint8Array;

  constructor(signals = 0) {
    this.signals = new Float64Array(signals).fill(NaN);
    this.wanted = new Uint8Array(signals);
    this.fresh = new Uint8Array(signals);
  }

  /** Ready for the next `advance`. `energy`, `best` and `signals` keep their last values. */
  clear(allowance: number): void {
    this.steps = 0;
    this.evaluations = 0;
    this.proposed = 0;
    this.accepted = 0;
    this.allowance = allowance;
  }
}

export { anneal, annealAsync, type Observe } from './anneal.ts';
export { CHECKPOINT_VERSION, decodeCheckpoint, encodeCheckpoint, type Checkpoint } from './checkpoint.ts';
export { engine, type Answer, type Pause } from './engine.ts';
export type { LegRecord, Outcome, Progress, RunRecord, Stopped } from './outcome.ts';
export type { Budget, Leg, Measure, Plan, Until } from './plan.ts';

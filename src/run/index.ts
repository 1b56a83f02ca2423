export { anneal, annealAsync, type Observe } from './anneal.ts';
export { CHECKPOINT_VERSION, decodeCheckpoint, encodeCheckpoint, type Checkpoint } from './checkpoint.ts';
export { engine, type Answer, type Pause } from './engine.ts';
export type { LegRecord, Outcome, Progress, RunRecord, Stopped } from './outcome.ts';
export type { Budget, Leg, Measure, Plan, Until } from './plan.ts';
export { checkDynamics, type CheckDynamicsOptions } from './check-dynamics.ts';
export { checkProblem, type CheckProblemOptions } from './check-problem.ts';
export { checkSchedule, type CheckScheduleOptions } from './check-schedule.ts';
export { suggestTemperatures, type Suggestion, type SuggestOptions } from './suggest.ts';

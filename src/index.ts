export * from './dynamics/index.ts';
export * from './run/index.ts';
export { LehrError, type LehrErrorCode, type LehrErrorData } from './error.ts';
export type { Control, Controller, Moment, Run, Schedule, Spec } from './schedules/schedule.ts';
export * from './random/index.ts';

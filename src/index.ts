export * from './dynamics/index.ts';
export * from './run/index.ts';
export { LehrError, type LehrErrorCode, type LehrErrorData } from './error.ts';
export { Rng, stream, type RngState } from './random/rng.ts';
export type { PathPart, Seed } from './random/seed.ts';
export type { Control, Controller, Moment, Run, Schedule, Spec } from './schedules/schedule.ts';

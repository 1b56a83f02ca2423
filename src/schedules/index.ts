export { catalogue } from './catalogue.ts';
export type { Definition, Parameter, ParameterKind } from './definition.ts';
export { signature, textName } from './build.ts';
export type { Length } from './check.ts';
export { constant, cosine, exponential, linear, polynomial, type CosineOptions, type PolynomialOptions } from './curves.ts';
export { multiStep, oneCycle, type AnnealShape, type MultiStepOptions, type OneCycleOptions } from './cycles.ts';
export {
  exponentialDecay,
  inverseSquareRoot,
  inverseTime,
  logarithmic,
  robbinsMonro,
  type ExponentialDecayOptions,
  type InverseSquareRootOptions,
  type InverseTimeOptions,
  type RobbinsMonroOptions,
} from './decays.ts';
export { parse } from './grammar.ts';
export { print } from './print.ts';
export { adaptiveReheat, type AdaptiveReheatMemory, type AdaptiveReheatOptions } from './adaptive-reheat.ts';
export { huang, type HuangMemory, type HuangOptions } from './huang.ts';
export { lamTarget, modifiedLam, type LamMemory, type ModifiedLamOptions } from './lam.ts';
export { lift, specOf } from './lift.ts';
export { cyclical, piecewise, step, table, type CycleShape, type CyclicalOptions, type Piece, type StepOptions } from './pieces.ts';
export { reduceOnPlateau, type PlateauMemory, type ReduceOnPlateauOptions } from './plateau.ts';
export { selfTuningLam, type SelfTuningLamMemory } from './self-tuning-lam.ts';
export { sample, type Sample } from './sample.ts';
export type { Control, Controller, Moment, Run, Schedule, Spec } from './schedule.ts';
export { sequence, warmRestarts, warmup, WARMUP_FLOOR, type Phase, type WarmRestartsOptions } from './sequence.ts';
export { fromSpec, isModuleSpec, type ModuleSpec } from './spec.ts';
export { swa, type SwaMemory, type SwaOptions } from './swa.ts';
export { targetAcceptance, type TargetAcceptanceMemory, type TargetAcceptanceOptions } from './target-acceptance.ts';
export { clamp, offset, reheat, scale, type ReheatOptions } from './transform.ts';
export { rateOf, setLearningRate, tableText, type AnySchedule, type RatedOptimizer } from './rate.ts';

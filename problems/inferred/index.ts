export { describeKind, type ColumnShape, type DescribedColumn } from './describe.ts';
export { bySize, foundIn, kindsOf, likeness, type FoundGroups, type KindResult } from './found.ts';
export { isLearned, type LearnedMixture, type LearnedModel, type LearnedStates, type LearnedTopics, type Reading } from './learned.ts';
export { columnMatrix, rowMatrix } from './pictures.ts';
export { asOneGroup, meanLogDensity, placed, type Dealt, type PlacedKind } from './placed.ts';
export { predictGroups, typesOfFeatures, type Foretold } from './predict.ts';
export { decodeInferred, encodeInferred, type InferenceRecord, type InferredGroups, type InferredModel } from './result-file.ts';

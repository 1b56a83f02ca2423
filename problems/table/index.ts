export { MISSING } from './cells.ts';
export { readCsv, type CsvOptions } from './csv.ts';
export { readDocword, readVocabulary } from './docword.ts';
export { encode, type EncodeOptions, type Encoding } from './encode.ts';
export {
  decodeTarget,
  encodeInputs,
  encodeTargets,
  typesOf,
  type CategoryCode,
  type Encoded,
  type Encoder,
  type NumberCode,
  type TargetCode,
} from './encoder.ts';
export { checkExamples, selectExamples, type Examples } from './examples.ts';
export { idxExamples, readIdx, type IdxArray } from './idx.ts';
export { mislabel, noisyTargets, type Mislabelled } from './label-noise.ts';
export { readLabels, withLabels } from './labels.ts';
export { leaksByName, likeness } from './leaks.ts';
export { libsvmExamples, readLibsvm, type LibsvmData } from './libsvm.ts';
export { drawMix, drawPatches, patched, patchesAlone, type ImageShape, type Mix, type Patches } from './patches.ts';
export { readTable, tableFormat, type TableFormat } from './read.ts';
export { dense, sparseExamples, sparseTable, type SparseRows } from './sparse.ts';
export { split, withoutValidation, type Split, type SplitOptions } from './split.ts';
export { commonColumns, relativeFrequencies, type BagOptions } from './words.ts';
export {
  asCategories,
  cellText,
  columnOf,
  placeOf,
  selectRows,
  summarise,
  type CategoryColumn,
  type Column,
  type ColumnSummary,
  type ColumnType,
  type NumberColumn,
  type Table,
} from './table.ts';

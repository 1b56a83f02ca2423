export { confusionOf, judgeClasses, judgeValues, type Judgement } from './judge.ts';
export { decodeModel, encodeModel, type TrainedModel, type TrainingRecord } from './model-file.ts';
export { outputsOf } from './outputs.ts';
export { assess, predictTable, type Assessed, type Predictions } from './predict.ts';

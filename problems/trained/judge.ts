import { argmax } from '../regression/link.ts';

/** How good predictions are, by name: `loss` as in training but without regularisation, and what people ask for. */
export type Judgement = { readonly loss: number } & Readonly<Record<string, number>>;

/**
 * Judges probabilities of classes: `loss` is the mean cross-entropy −ln p(class), `accuracy` the share of rows whose likeliest class (the first of equals) is theirs.
 * @param said rows × classes. @param targets the class of each row.
 */
export function judgeClasses(said: Float64Array, targets: Float64Array, classes: number): Judgement {
  let [loss, right] = [0, 0];
  for (let row = 0; row < targets.length; row++) {
    // Rounding may make a probability 0; its logarithm is then that of the least double.
    loss -= Math.log(Math.max(said[row * classes + targets[row]], Number.MIN_VALUE));
    if (argmax(said, row * classes, classes) === targets[row]) right++;
  }
  return { loss: loss / targets.length, accuracy: right / targets.length };
}

/**
 * Judges values: `loss` is the mean of ½ (f − y)² in the unit of the training, `rmse` and `mae` the root mean square and the mean absolute error in the table's own unit, and `r2` the share
 * of variance explained (not finite where the targets are all alike).
 * @param scale what a unit of the training is in the table's own.
 */
export function judgeValues(said: Float64Array, targets: Float64Array, scale: number): Judgement {
  const rows = targets.length;
  const mean = targets.reduce((a, b) => a + b) / rows;
  let [squares, absolute, spread] = [0, 0, 0];
  for (let row = 0; row < rows; row++) {
    const off = said[row] - targets[row];
    squares += off * off;
    absolute += Math.abs(off);
    spread += (targets[row] - mean) * (targets[row] - mean);
  }
  return {
    loss: squares / rows / 2,
    r2: 1 - squares / spread,
    rmse: scale * Math.sqrt(squares / rows),
    mae: (scale * absolute) / rows,
  };
}

/** How often each class (row) was taken for each (column). */
export function confusionOf(said: Float64Array, targets: Float64Array, classes: number): number[][] {
  const counts = Array.from({ length: classes }, () => Array.from({ length: classes }, () => 0));
  for (let row = 0; row < targets.length; row++) counts[targets[row]][argmax(said, row * classes, classes)]++;
  return counts;
}

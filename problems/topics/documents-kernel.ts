import { LehrError } from '../../src/error.ts';
import { digamma, lgamma } from '../conjugate/special.ts';
import { wasm } from '../../src/dynamics/wasm.ts';
import type { SparseRows } from '../table/sparse.ts';
import type { Documents, Rounds } from './documents.ts';
import { TOPICS_WASM } from './topics-wasm.ts';

/** What the module exports; addresses are in bytes. */
type Exports = Record<'expDigamma' | 'weigh' | 'documents', (...values: number[]) => number>;

/**
 * The local step in f32 with SIMD, at temperature 1 without noise: seven digits in place of sixteen. Of the topics only the rows of words are computed that the visited documents have.
 * @param most how many documents may be visited at once.
 * @throws LehrError `option` where the engine has no WebAssembly with SIMD.
 */
export function fastDocuments(corpus: SparseRows, topics: number, alpha: number, rounds: Rounds, most: number): Documents {
  const { rows, names, starts, columns, values } = corpus;
  const words = names.length;
  const line = Math.ceil(topics / 4) * 4;
  const begins = new Int32Array(rows + 1);
  for (let d = 0; d < rows; d++) begins[d + 1] = begins[d] + Math.ceil((starts[d + 1] - starts[d]) / 4) * 4;
  const entries = begins[rows];
  const bytes = 4 * (rows + 1 + most + 3 * entries + 2 * words * line + 2 * words + 2 * most * line + 3 * line);
  const room = wasm<Exports>(TOPICS_WASM, bytes);
  if (room === null)
    throw new LehrError(
      'option',
      "topics: precision is 'single', but this engine has no WebAssembly with SIMD. Maybe precision: 'double'.",
    );
  const { exports } = room;
  const places = room.ints(rows + 1);
  const listed = room.ints(most);
  const ids = room.ints(entries);
  const counts = room.floats(entries);
  const ratios = room.floats(entries);
  const beta = room.floats(words * line);
  const sums = room.floats(words * line);
  const tops = room.floats(words);
  const seen = room.ints(words);
  const gamma = room.floats(most * line);
  const theta = room.floats(most * line);
  const alphas = room.floats(line).fill(alpha);
  const inverse = room.floats(line);
  const scratch = room.floats(line);
  places.set(begins);
  for (let d = 0; d < rows; d++)
    for (let i = starts[d], at = begins[d]; i < starts[d + 1]; i++, at++) {
      ids[at] = columns[i] * line * 4;
      counts[at] = values[i];
    }
  const stamps = new Int32Array(words);
  let stamp = 0;
  let touched = 0;
  let current: Float64Array = new Float64Array(0);
  const totals = new Float64Array(topics);
  const lgammaAlpha = lgamma(topics * alpha) - topics * lgamma(alpha);

  /** The rows of words that are not yet computed for these parameters; their sums begin at 0. */
  const weigh = (list: Int32Array, from: number, to: number): void => {
    const first = touched;
    for (let n = from; n < to; n++)
      for (let i = starts[list[n]]; i < starts[list[n] + 1]; i++) {
        const word = columns[i];
        if (stamps[word] === stamp) continue;
        stamps[word] = stamp;
        seen[touched++] = word;
        const row = word * line;
        for (let k = 0; k < line; k++) beta[row + k] = current[word * topics + (k < topics ? k : 0)];
      }
    exports.weigh(seen.byteOffset + 4 * first, touched - first, beta.byteOffset, line, inverse.byteOffset, tops.byteOffset);
  };

  const bound = (document: number, at: number): number => {
    let sum = 0;
    let logs = 0;
    let cross = 0;
    for (let k = at; k < at + topics; k++) {
      sum += gamma[k];
      logs += lgamma(gamma[k]);
      cross += (gamma[k] - alpha) * Math.log(theta[k]);
    }
    let value = lgammaAlpha + logs - lgamma(sum) - cross;
    for (let i = starts[document], e = begins[document]; i < starts[document + 1]; i++, e++)
      if (values[i] > 0) value += values[i] * (Math.log(values[i] / ratios[e]) + tops[columns[i]]);
    return value;
  };

  return {
    prepare(lambda) {
      current = lambda;
      stamp++;
      touched = 0;
      totals.fill(0);
      for (let w = 0, i = 0; w < words; w++) for (let k = 0; k < topics; k++) totals[k] += lambda[i++];
      for (let k = 0; k < topics; k++) inverse[k] = Math.exp(-digamma(totals[k]));
    },

    visit(list, from, to, gammas, into, { told }) {
      weigh(list, from, to);
      for (let n = from; n < to; n++) {
        listed[n - from] = list[n];
        const at = (n - from) * line;
        for (let k = 0; k < line; k++) gamma[at + k] = k < topics ? gammas[(n - from) * topics + k] : alpha;
      }
      for (let i = 0; i < touched; i++) sums.fill(0, seen[i] * line, (seen[i] + 1) * line);
      exports.documents(
        listed.byteOffset,
        to - from,
        places.byteOffset,
        ids.byteOffset,
        counts.byteOffset,
        line,
        alphas.byteOffset,
        beta.byteOffset,
        gamma.byteOffset,
        theta.byteOffset,
        ratios.byteOffset,
        sums.byteOffset,
        scratch.byteOffset,
        rounds.iterations,
        rounds.tolerance * topics,
      );
      for (let i = 0; i < touched; i++) {
        const word = seen[i];
        for (let k = 0; k < topics; k++) into[word * topics + k] += sums[word * line + k] * beta[word * line + k];
      }
      let value = 0;
      for (let n = 0; n < to - from; n++) {
        for (let k = 0; k < topics; k++) gammas[n * topics + k] = gamma[n * line + k];
        if (told) value += bound(list[from + n], n * line);
      }
      return value;
    },
  };
}

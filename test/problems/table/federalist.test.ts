import { existsSync, readFileSync } from 'node:fs';
import { adam, anneal, gradient, permutation, stream } from 'lehr';
import { logistic } from 'lehr/problems/regression';
import {
  encode,
  encodeInputs,
  readDocword,
  readVocabulary,
  selectExamples,
  sparseTable,
  type CategoryColumn,
  type Table,
} from 'lehr/problems/table';
import { cosine } from 'lehr/schedules';
import { describe, expect, test } from 'vitest';
import { refused } from '../thrown.ts';

const shared = new URL('../../../../shared/instances/learn/', import.meta.url);

const MADISON = [10, 14, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48];
const DISPUTED = [49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 62, 63];
/** By Jay, or by Hamilton and Madison together. */
const OTHERS = [2, 3, 4, 5, 64, 18, 19, 20];

/** Words per thousand, or counts, and who wrote the essay where that is known (Mosteller & Wallace 1964). */
function essays(form: 'rates' | 'counts'): Table {
  const words = readVocabulary(readFileSync(new URL('vocab.federalist.txt', shared), 'utf8'));
  const sparse = readDocword(readFileSync(new URL('docword.federalist.txt', shared), 'utf8'), words);
  const values = sparse.values.slice();
  for (let r = 0; r < sparse.rows; r++) {
    const [from, to] = [sparse.starts[r], sparse.starts[r + 1]];
    const total = values.subarray(from, to).reduce((sum, count) => sum + count, 0);
    if (form === 'rates') for (let k = from; k < to; k++) values[k] *= 1000 / total;
  }
  const codes = Int32Array.from({ length: 85 }, (_, r) =>
    MADISON.includes(r + 1) ? 1 : DISPUTED.includes(r + 1) || OTHERS.includes(r + 1) ? -1 : 0,
  );
  const columns = sparseTable({ ...sparse, values }).columns;
  return { rows: 85, columns: [...columns, { kind: 'category', name: 'by whom', codes, labels: ['Hamilton', 'Madison'] }] };
}

describe.skipIf(!existsSync(shared))('who wrote the disputed Federalist papers', () => {
  test('the authors’ names above the essays are found to leak', () => {
    expect(refused(() => encode(essays('counts'), { target: 'by whom', missingTarget: 'drop' }))).toContain(
      '"madison" (by its values it repeats the target)',
    );
  });

  test('Madison did: words tell the two apart on essays not seen, and give him at least ten of the twelve', () => {
    const all = essays('rates');
    // Words of at least ten essays; not his name, which stands above his essays.
    const columns = all.columns.filter(
      (column) => column.kind === 'category' || (column.name !== 'madison' && column.values.filter((rate) => rate > 0).length >= 10),
    );
    const table = { ...all, columns };
    const author = columns[columns.length - 1] as CategoryColumn;
    const known = [...author.codes.keys()].filter((row) => author.codes[row] >= 0);
    expect(known.length).toBe(65);
    /** The log odds of Madison of every essay, learned from some: all that is fitted is fitted on them. */
    const learn = (training: readonly number[]): Float64Array => {
      const { examples, encoder, rows } = encode(table, { target: 'by whom', missingTarget: 'drop', training });
      const chosen = selectExamples(
        examples,
        training.map((row) => rows.indexOf(row)),
      );
      const { weights } = anneal({
        dynamics: gradient(logistic(chosen, { ridge: 1 }), { optimizer: adam() }),
        controls: { rate: cosine(0.01, 0) },
        budget: { steps: 150 },
        seed: 1,
      }).result;
      const { inputs, features } = encodeInputs(encoder, table);
      return Float64Array.from({ length: table.rows }, (_, row) => {
        let sum = weights[features];
        for (let j = 0; j < features; j++) sum += weights[j] * inputs[row * features + j];
        return sum;
      });
    };
    const order = Array.from(permutation(stream('folds'), 65), (i) => known[i]);
    let right = 0;
    for (let fold = 0; fold < 5; fold++) {
      const odds = learn(order.filter((_, i) => i % 5 !== fold));
      for (const row of order.filter((_, i) => i % 5 === fold)) if (odds[row] > 0 === (author.codes[row] === 1)) right++;
    }
    // 51 of 65 are Hamilton's: so many are right without looking.
    expect(right).toBeGreaterThan(58);
    const odds = learn(known);
    expect(DISPUTED.filter((essay) => odds[essay - 1] > 0).length).toBeGreaterThanOrEqual(10);
  });
});

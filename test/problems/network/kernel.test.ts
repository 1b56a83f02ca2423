import { describe, expect, it } from 'vitest';
import { stream } from 'lehr';
import { plainProducts, type Products } from '#problems/network/dense';
import { products } from '#problems/network/dense-kernel';

const rng = stream('kernel');
const numbers = (n: number, zeros = 0): number[] => Array.from({ length: n }, () => (rng.uniform() < zeros ? 0 : rng.normal()));

/** The same calls on the kernel and on the plain functions; the arrays they wrote. */
function both(call: (p: Products) => (Float32Array | Int32Array)[]): [unknown, unknown] {
  const [fast, plain] = [products(1 << 16, 64), plainProducts()].map((p) => call(p).map((array) => [...array]));
  return [fast, plain];
}

describe('the WebAssembly kernel', () => {
  it('is what runs here', () => {
    expect(products(16, 1).name).toBe('wasm');
  });

  it('multiplies to the same bits as the plain functions, whatever the sizes and strides', () => {
    for (const [m, n, k] of [
      [1, 1, 1],
      [4, 8, 5],
      [5, 10, 7],
      [7, 33, 16],
      [64, 40, 30],
      [3, 4, 0],
      [9, 31, 64],
    ]) {
      for (const turned of [false, true]) {
        const [a, b] = [numbers(m * k, 0.3), numbers(k * n)];
        const [fast, plain] = both((p) => {
          const [x, y, c] = [p.floats(m * k), p.floats(k * n), p.floats(m * n)];
          x.set(a);
          y.set(b);
          p.product(x, turned ? 1 : k, turned ? m : 1, y, c, m, n, k);
          return [c];
        });
        expect(fast).toEqual(plain);
      }
    }
  });

  it('leaving out zeros, by row and by column, changes no bit', () => {
    for (const [m, n, k] of [
      [1, 1, 3],
      [8, 32, 20],
      [6, 43, 15],
      [16, 70, 64],
    ]) {
      const [a, b, d] = [Array.from(numbers(m * k, 0.8), Math.fround), numbers(k * n), numbers(m * n)];
      const [fast, plain] = both((p) => {
        const [x, y, delta] = [p.floats(m * k), p.floats(k * n), p.floats(m * n)];
        x.set(a);
        y.set(b);
        delta.set(d);
        const [begin, end, index, value] = [p.ints(m), p.ints(m), p.ints(m * k), p.floats(m * k)];
        let at = 0;
        for (let i = 0; i < m; i++) {
          begin[i] = at;
          for (let t = 0; t < k; t++)
            if (a[i * k + t] !== 0) {
              index[at] = t;
              value[at++] = a[i * k + t];
            }
          end[i] = at;
        }
        const [c, same, dw, sameDw] = [p.floats(m * n), p.floats(m * n), p.floats(k * n), p.floats(k * n)];
        p.sparseProduct(begin, end, index, value, y, c, m, n, k);
        p.product(x, k, 1, y, same, m, n, k);
        const [starts, next, rows, turned] = [p.ints(k + 1), p.ints(k), p.ints(m * k), p.floats(m * k)];
        p.byColumn(begin, end, index, value, m, k, starts, next, rows, turned);
        p.sparseProduct(starts, starts.subarray(1), rows, turned, delta, dw, k, n, m);
        p.product(x, 1, k, delta, sameDw, k, n, m);
        expect([...c]).toEqual([...same]);
        expect([...dw]).toEqual([...sameDw]);
        return [c, dw, starts, rows.subarray(0, at), turned.subarray(0, at)];
      });
      expect(fast).toEqual(plain);
    }
  });

  it('leaving out the zeros of a matrix by its columns, with the transposed product written, changes no bit', () => {
    for (const [m, n, k] of [
      [1, 1, 1],
      [5, 3, 2],
      [4, 16, 16],
      [7, 19, 33],
      [40, 60, 37],
      [64, 21, 64],
    ]) {
      const [d, x] = [Array.from(numbers(m * k, 0.5), Math.fround), numbers(m * n)];
      d[0] = -0;
      const [fast, plain] = both((p) => {
        const [delta, inputs] = [p.floats(m * k), p.floats(m * n)];
        delta.set(d);
        inputs.set(x);
        const [begin, end, row, value] = [p.ints(k), p.ints(k), p.ints(m * k), p.floats(m * k)];
        const count = p.columnsOf(delta, m, k, begin, end, row, value);
        expect(count).toBe(d.filter((each) => each !== 0).length);
        const [c, same] = [p.floats(n * k), p.floats(n * k)];
        p.turnedSparseProduct(begin, end, row, value, inputs, c, k, n, m);
        p.product(inputs, 1, n, delta, same, n, k, m);
        expect([...c]).toEqual([...same]);
        const lists = [...begin].flatMap((first, j) => [...row.subarray(first, end[j]), ...value.subarray(first, end[j])]);
        return [c, begin, end, Float32Array.from(lists)];
      });
      expect(fast).toEqual(plain);
    }
  });

  it('transposes, gathers rows and adds up columns to the same bits', () => {
    for (const [m, n] of [
      [1, 1],
      [4, 4],
      [7, 5],
      [3, 18],
      [33, 10],
    ]) {
      const given = numbers(m * n, 0.2);
      const [fast, plain] = both((p) => {
        const [a, turned, some, sums, list] = [p.floats(m * n), p.floats(m * n), p.floats(3 * n), p.floats(n), p.ints(3)];
        a.set(given);
        list.set([m - 1, 0, m >> 1]);
        p.turn(a, turned, m, n);
        p.gather(a, list, 3, n, some);
        p.columnSums(a, sums.fill(9), m, n);
        return [turned, some, sums];
      });
      expect(fast).toEqual(plain);
    }
  });

  it('rectifies to the same bits', () => {
    for (const slope of [0, 0.01, 0.1]) {
      const [m, n] = [5, 11];
      const [z, b, d] = [numbers(m * n, 0.2), numbers(n, 0.2), numbers(m * n, 0.1)];
      const [fast, plain] = both((p) => {
        const [out, biases, delta] = [p.floats(m * n), p.floats(n), p.floats(m * n)];
        out.set(z);
        biases.set(b);
        delta.set(d);
        p.rectify(out, biases, m, n, slope);
        p.unrectify(out, delta, m * n, slope);
        return [out, delta];
      });
      expect(fast).toEqual(plain);
    }
  });
});

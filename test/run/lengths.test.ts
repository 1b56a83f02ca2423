import { describe, expect, it } from 'vitest';
import { fixedLength, luby, variableLength } from 'lehr';
import { lengthsFrom } from '#src/run/lengths';

function first(count: number, lengths: Iterable<number>): number[] {
  const taken: number[] = [];
  for (const length of lengths) {
    if (taken.length === count) break;
    taken.push(length);
  }
  return taken;
}

describe('lengths of runs', () => {
  it('VAL doubles from 1000; any first length and factor; twice iterated, twice the same', () => {
    const val = variableLength();
    expect(first(5, val)).toEqual([1000, 2000, 4000, 8000, 16_000]);
    expect(first(2, val)).toEqual([1000, 2000]);
    expect(first(4, variableLength({ first: 10, factor: 1.5 }))).toEqual([10, 15, 23, 34]);
  });

  it('P-VAL deals them to the chains and begins again with the fifth; P-VAL-0 does not (arXiv 1709.02877, equations 1–3)', () => {
    const dealt = (chains: number, cycle?: number) =>
      Array.from({ length: chains }, (_, chain) => first(3, variableLength({ chains, chain, ...(cycle === undefined ? {} : { cycle }) })));
    expect(dealt(3)).toEqual([
      [1000, 8000, 64_000],
      [2000, 16_000, 128_000],
      [4000, 32_000, 256_000],
    ]);
    const eight = dealt(8);
    expect(eight[5]).toEqual(eight[1]);
    expect(eight[1]).toEqual([2000, 32_000, 512_000]);
    expect(dealt(8, 8)[5]).toEqual([32_000, 8_192_000, 2_097_152_000]);
  });

  it('a restart ends when the sum of the lengths says, which the paper gives in closed form', () => {
    for (const P of [1, 2, 3, 4]) {
      for (let i = 0; i < P; i++) {
        const runs = first(5, variableLength({ chains: P, chain: i }));
        const r = 4;
        expect(runs.reduce((sum, length) => sum + length, 0)).toBe((1000 * 2 ** i * (2 ** (P * (r + 1)) - 1)) / (2 ** P - 1));
      }
    }
  });

  it('stops growing where steps could no longer be counted', () => {
    expect(first(60, variableLength()).at(-1)).toBe(Number.MAX_SAFE_INTEGER);
  });

  it('Luby’s sequence, a fixed length, and lists', () => {
    expect(first(15, luby(10))).toEqual([1, 1, 2, 1, 1, 2, 4, 1, 1, 2, 1, 1, 2, 4, 8].map((term) => 10 * term));
    expect(first(3, fixedLength(7))).toEqual([7, 7, 7]);
    expect([...lengthsFrom([5, 6])]).toEqual([5, 6]);
    expect([...lengthsFrom(new Set([5, 6]))]).toEqual([5, 6]);
  });

  it('scales with the problem, and comes back from plain data', () => {
    const spec = JSON.parse(JSON.stringify(variableLength({ first: { perVariable: 2.5 }, chains: 2, chain: 1 }).spec));
    expect(first(2, lengthsFrom(spec, 100))).toEqual([500, 2000]);
    expect(first(2, lengthsFrom(luby({ perVariable: 3 }), 7))).toEqual([21, 21]);
    expect(first(1, lengthsFrom(fixedLength({ perVariable: 0.01 }).spec, 7))).toEqual([1]);
  });

  it.each([
    [() => variableLength({ first: 0 }), 'variableLength: first is 0'],
    [() => variableLength({ factor: 1 }), 'factor is 1, expected a number above 1'],
    [() => variableLength({ chains: 1.5 }), 'chains is 1.5'],
    [() => variableLength({ frist: 3 } as object), 'unknown option "frist", expected first, factor, chains, cycle, chain. Maybe first?'],
    [() => luby(-1), 'luby: unit is -1'],
    [() => fixedLength({ perVariable: 0 }), 'perVariable is 0'],
    [() => first(1, fixedLength({ perVariable: 2 })), 'does not say how many variables'],
    [() => lengthsFrom([]), 'there are none'],
    [() => lengthsFrom([3, 0]), 'number 2 is 0'],
    [() => lengthsFrom(fixedLength(3)[Symbol.iterator]() as unknown as Iterable<number>), 'expected a list that ends'],
    [() => lengthsFrom({ lengths: 'lubby' } as never), 'lengths is "lubby", expected variable, luby, fixed, list. Maybe luby?'],
    [() => lengthsFrom(1000 as never), 'lengths: 1000, expected variableLength'],
  ])('bad lengths %#', (build, message) => {
    expect(build).toThrow(message);
  });
});

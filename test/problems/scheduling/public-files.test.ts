import { existsSync, readFileSync } from 'node:fs';
import { readSequence, readWt, readWtsds, weightedTardiness, writeWt, writeWtsds } from 'lehr/problems/scheduling';
import { describe, expect, it } from 'vitest';

const shared = new URL('../../../../shared/instances/', import.meta.url);
const text = (name: string): string => readFileSync(new URL(name, shared), 'utf8');

describe.skipIf(!existsSync(new URL('best-known.csv', shared)))('public files', () => {
  const rows = existsSync(new URL('best-known.csv', shared))
    ? text('best-known.csv')
        .split('\n')
        .map((line) => line.split(','))
    : [];

  it('with setups are read, and written byte for byte', () => {
    const files = rows.filter(([family]) => family === 'wtsds').map(([, , file]) => file);
    expect(files.length).toBe(48);
    for (const file of files) {
      const content = text(file);
      const instance = readWtsds(content, file);
      expect([file, instance.n, `wt_sds_${instance.label}`]).toEqual([file, 60, instance.name]);
      expect(writeWtsds(instance)).toBe(content);
    }
  });

  it('have sequences of the published tardiness', () => {
    const known = new Map(rows.filter(([family]) => family === 'wtsds').map((row) => [row[1], row]));
    const solutions = text('wtsds/solutions.txt');
    let checked = 0;
    for (const line of solutions.trim().split('\n')) {
      const name = line.split(' ')[0];
      const [, , file, , , , best] = known.get(name)!;
      const instance = readWtsds(text(file), file);
      expect([name, weightedTardiness(instance, readSequence(solutions, 's', name, 60))]).toEqual([name, Number(best)]);
      checked++;
    }
    expect(checked).toBeGreaterThan(10);
  });

  it('without setups are read, and written row by row', () => {
    for (const [file, n] of [
      ['wt/wt40-a.txt', 40],
      ['wt/wt50-a.txt', 50],
      ['wt/wt100-a.txt', 100],
    ] as const) {
      const instances = readWt(text(file), file);
      expect([instances.length, instances[0].n]).toEqual([75, n]);
      expect(writeWt(instances)).toBe(text(file).replaceAll(/ +$/gm, ''));
    }
  });
});

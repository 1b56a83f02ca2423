import type { Claim, Evidence } from '../../../src/experiment/claim.ts';
import { winsOf } from '../../../src/experiment/interval.ts';
import type { Context } from '../../../src/experiment/paper.ts';
import { stream } from '../../../src/random/rng.ts';
import { breathe } from './breathe.ts';
import { ratioOf, toy } from './toy.ts';

const EPS = 1e-6;

/**
 * Draws of so many training rows, and of a target with both coordinates from 0.3 to 2 in size: the share for which large-then-small is better, by running both.
 */
function improved(context: Context, rows: number, draws: number): Promise<Evidence> {
  const name = `draws of ${rows} rows`;
  return context.once(name, async () => {
    const rng = stream(context.seedOf(name));
    const signs: number[] = [];
    for (let i = 0; i < draws; i++) {
      await breathe(context, name, i, draws);
      let seen = 0;
      for (let k = 0; k < rows; k++) seen += rng.below(2);
      const target = [0, 1].map(() => (rng.below(2) === 0 ? -1 : 1) * (0.3 + 1.7 * rng.uniform()));
      signs.push(ratioOf(toy([rows - seen, seen], target), EPS) > 1 + 1e-6 ? -1 : 1);
    }
    const { probability, low, high } = winsOf(signs);
    return { interval: { value: probability, low, high } };
  });
}

/** The claim that is tried by drawing. */
export function drawClaims(context: Context): Claim[] {
  const draws = context.full ? 40_000 : 10_000;
  return [
    {
      id: 'better-in-3-4-of-all-draws',
      source: 'introduction, as reconstructed; by simulation through the library, as the exact value is known',
      statement: 'Of training samples and targets that are drawn, large-then-small is better for three quarters.',
      expected: { quantity: `share of ${draws} draws of three rows with a lower test loss than the small rate’s`, between: [0.73, 0.77] },
      measure: () => improved(context, 3, draws),
      control: { statement: 'Two rows, 2000 draws: never.', measure: () => improved(context, 2, 2000) },
    },
  ];
}

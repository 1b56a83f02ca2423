import { plainEqual } from '../dynamics/plain.ts';
import { LehrError, show } from '../error.ts';
import { loadable } from '../parallel/modules.ts';
import { preparedFrom } from '../parallel/prepare.ts';

/** What a step of a cell is: of which dynamics, and how many evaluations it pays where that is fixed. */
interface Step {
  readonly cell: string;
  readonly dynamics: string;
  readonly cost: number | undefined;
}

/**
 * Refuses a budget in steps where a step of one cell is another thing than a step of the other: their equal numbers would be no equal cost. Cells of equal
 * parameters have one dynamics; others are built here once, to ask.
 * @param cells the recipe's parameters, by cell.
 * @throws LehrError `option` that names the two cells.
 */
export async function checkEqualCost(
  recipe: string | URL,
  unit: 'steps' | 'evaluations' | 'seconds',
  cells: ReadonlyMap<string, unknown>,
): Promise<void> {
  if (unit !== 'steps') return;
  const different: [string, unknown][] = [];
  for (const [cell, params] of cells) if (!different.some(([, other]) => plainEqual(other, params))) different.push([cell, params]);
  if (different.length < 2) return;
  const { url, cleanup } = await loadable(recipe);
  const steps: Step[] = [];
  try {
    const module: unknown = await import(url);
    for (const [cell, params] of different) {
      const { dynamics } = await preparedFrom(module, params);
      steps.push({ cell, dynamics: dynamics.name, cost: dynamics.cost });
    }
  } catch {
    // What cannot be built here cannot be built where it runs: the run says why.
    return;
  } finally {
    cleanup();
  }
  const [first, ...others] = steps;
  const other = others.find(({ dynamics, cost }) => dynamics !== first.dynamics || cost !== first.cost);
  if (other === undefined) return;
  const tell = ({ cell, dynamics, cost }: Step): string =>
    `cell ${show(cell)} runs ${dynamics}, ${cost === undefined ? 'whose steps differ in cost' : `${cost} evaluations a step`}`;
  throw new LehrError(
    'option',
    `compare: budget counts steps, but ${tell(first)}, and ${tell(other)}: equal steps are not equal cost, expected a budget in evaluations or seconds.`,
  );
}

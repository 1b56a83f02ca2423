import type { Dynamics } from 'lehr';

/** A walk whose steps cost 1 to 5 evaluations, drawn from the stream, and whose state grows. */
export interface Walk {
  at: number;
  best: number;
  path: number[];
}

export const walk: Dynamics<Walk, 'size', { path: number[]; best: number }> = {
  name: 'walk',
  controls: ['size'],
  energies: 'exact',
  kept: 'best',
  signals: ['spread', 'unused'],
  init: (rng) => ({ at: 10 * rng.uniform(), best: Infinity, path: [] }),
  advance(state, { size }, n, rng, block) {
    for (let k = 0; k < n && block.evaluations < block.allowance; k++) {
      state.at += size * (rng.uniform() - 0.5);
      state.path.push(state.at);
      state.best = Math.min(state.best, Math.abs(state.at));
      block.steps++;
      block.evaluations += 1 + rng.below(5);
    }
    block.energy = Math.abs(state.at);
    block.best = state.best;
    if (block.wanted[0] === 1) block.signals[0] = state.path.length;
    if (block.wanted[1] === 1) throw new Error('nobody asked for this signal');
  },
  energy: (state) => Math.min(state.best, Math.abs(state.at)),
  result: (state) => ({ path: [...state.path], best: state.best }),
  save: (state) => ({ ...state, path: [...state.path] }),
  load: (saved) => saved as Walk,
};

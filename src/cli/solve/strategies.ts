/** What is done with chains: one, independent ones, or in each runs of several lengths one after another. */
export const STRATEGIES = ['single', 'multistart', 'val', 'p-val', 'luby', 'fixed'] as const;
export type Strategy = (typeof STRATEGIES)[number];

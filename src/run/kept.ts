import type { Dynamics } from '../dynamics/dynamics.ts';
import { plainCopy } from '../dynamics/plain.ts';
import { stream } from '../random/rng.ts';
import type { Outcome } from './outcome.ts';
import type { Plan } from './plan.ts';

/** A state that is kept while another run goes on: its energy, and the state as its dynamics saves it. */
export interface Kept {
  readonly energy: number;
  readonly state: unknown;
}

/** The lane of least energy; ties go to the first. */
export function leastLane<S>(dynamics: Dynamics<S, any, any>, state: S): number {
  const lanes = dynamics.lanes ?? 1;
  let best = 0;
  for (let lane = 1; lane < lanes; lane++) if (dynamics.energy(state, lane) < dynamics.energy(state, best)) best = lane;
  return best;
}

/** What a run gives back of its state, or of the one kept from an earlier run that is not worse. */
export function outcomeOf<S, R>(
  { dynamics, seed, path = [] }: Plan<S, any, R>,
  last: S,
  kept: Kept | null,
): Pick<Outcome<R>, 'result' | 'results' | 'energy'> {
  const earlier = kept !== null && kept.energy <= dynamics.energy(last, leastLane(dynamics, last));
  const state = earlier ? dynamics.load(plainCopy(kept.state, 'incumbent')) : last;
  const results = Array.from({ length: dynamics.lanes ?? 1 }, (_, lane) =>
    dynamics.result(state, lane, stream(seed, ...path, 'result', lane)),
  );
  const best = leastLane(dynamics, state);
  return { result: results[best], results, energy: dynamics.energy(state, best) };
}

import type { TspInstance } from './instance.ts';
import { prepare } from './space.ts';
import type { TspState } from './tour.ts';

/** The tour of a run's result in the instance's numbers, from 0: the kernel numbers cities along a curve. */
export function tourOf({ instance }: { readonly instance: TspInstance }, result: { readonly state: Pick<TspState, 'tour'> }): Int32Array {
  const { order } = prepare(instance);
  return Int32Array.from(result.state.tour, (city) => order[city]);
}

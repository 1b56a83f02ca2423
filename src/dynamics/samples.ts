/** One of the samples of a run: when it was taken, its ln of prior · likelihood, and what the model says of its groups. */
export interface Sample<R> {
  readonly step: number;
  readonly logJoint: number;
  readonly groups: R;
}

/** Things kept evenly along a run whose length nobody knows: every `stride`-th of the `seen` ones. */
export interface Kept<T> {
  readonly kept: T[];
  stride: number;
  seen: number;
}

/** What a run keeps of its samples: some of them, and of many more the ln of prior · likelihood alone. */
export interface Samples<R> {
  readonly groups: Kept<Sample<R>>;
  readonly joints: Kept<readonly [step: number, logJoint: number]>;
}

/** Of so many samples at most the ln of prior · likelihood is kept. */
const JOINTS = 1000;

export function noSamples<R>(): Samples<R> {
  return { groups: nothing(), joints: nothing() };
}

/** @param most samples that are kept, at least 2. @param groups makes what is kept of the groups. */
export function seeSample<R>({ groups, joints }: Samples<R>, most: number, step: number, logJoint: number, take: () => R): void {
  see(joints, JOINTS, () => [step, logJoint] as const);
  see(groups, most, () => ({ step, logJoint, groups: take() }));
}

export function nothing<T>(): Kept<T> {
  return { kept: [], stride: 1, seen: 0 };
}

/**
 * Sees one more thing, and keeps it if its turn has come. Where there are more than `most` (at least 2) every other one goes, and from then on half as many are kept: between half of `most` and `most` of
 * them, equally far apart. @param take makes it, where it is kept.
 */
export function see<T>(state: Kept<T>, most: number, take: () => T): void {
  const turn = state.seen++ % state.stride === 0;
  if (!turn) return;
  const { kept } = state;
  kept.push(take());
  if (kept.length <= most) return;
  let n = 0;
  for (let i = 0; i < kept.length; i += 2) kept[n++] = kept[i];
  kept.length = n;
  state.stride *= 2;
}

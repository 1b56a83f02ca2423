/** One of the samples of a run: when it was taken, its ln of prior · likelihood, and what the model says of its groups. */
export interface Sample<R> {
  readonly step: number;
  readonly logJoint: number;
  readonly groups: R;
}

/** Samples kept evenly along a run whose length nobody knows: every `stride`-th of the `seen` ones. */
export interface Samples<R> {
  readonly kept: Sample<R>[];
  stride: number;
  seen: number;
}

export function noSamples<R>(): Samples<R> {
  return { kept: [], stride: 1, seen: 0 };
}

/**
 * Sees one more sample, and keeps it if its turn has come. Where there are more than `most` (at least 2) every other one goes, and from then on half as many are kept: between half of `most` and `most` of
 * them, equally far apart. @param take makes it, where it is kept.
 */
export function seeSample<R>(samples: Samples<R>, most: number, take: () => Sample<R>): void {
  const turn = samples.seen++ % samples.stride === 0;
  if (!turn) return;
  const { kept } = samples;
  kept.push(take());
  if (kept.length <= most) return;
  let n = 0;
  for (let i = 0; i < kept.length; i += 2) kept[n++] = kept[i];
  kept.length = n;
  samples.stride *= 2;
}

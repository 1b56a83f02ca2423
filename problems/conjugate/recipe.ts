import type { Dynamics } from '../../src/dynamics/dynamics.ts';
import type { Inferred, SviState } from '../../src/dynamics/svi.ts';
import type { SviOptions } from '../../src/dynamics/svi-options.ts';
import type { Schedule } from '../../src/schedules/schedule.ts';
import { robbinsMonro } from '../../src/schedules/decays.ts';

/** Values of the controls that a job does not set. */
export type InferenceControls = Readonly<Record<string, number | Schedule>>;

const OPTIONS: readonly string[] = ['batch', 'temper', 'noise', 'stride', 'tell'];

/** The options of `svi` among a recipe's parameters, and the model's own; those that are undefined are left out. */
export function inferenceOptions(params: object): [SviOptions, Record<string, unknown>] {
  const given = Object.entries(params).filter(([, value]) => value !== undefined);
  return [
    Object.fromEntries(given.filter(([name]) => OPTIONS.includes(name))),
    Object.fromEntries(given.filter(([name]) => !OPTIONS.includes(name))),
  ];
}

/**
 * No annealing, and the rate (step + 10)^−0.7: the delay and power that scikit-learn's LatentDirichletAllocation begins with, which are in the range of Hoffman, Blei and Bach, "Online learning for
 * latent Dirichlet allocation", NIPS 2010.
 */
export function inferenceControls(controls: readonly string[]): InferenceControls {
  const values: InferenceControls = { rate: robbinsMonro(1, { delay: 10, power: 0.7 }), temperature: 1, noiseScale: 0 };
  return Object.fromEntries(controls.map((name) => [name, values[name]]));
}

/** The dynamics whose results also have what the model says of the parameters. */
export function describing<D extends object>(
  inner: Dynamics<SviState, string, Inferred>,
  describe: (parameters: Float64Array) => D,
): Dynamics<SviState, string, Inferred & D> {
  return {
    ...inner,
    result(...asked) {
      const result = inner.result(...asked);
      return { ...result, ...describe(result.parameters) };
    },
  };
}

import type { Claim } from '../../../src/experiment/claim.ts';
import { meanInterval } from '../../../src/experiment/interval.ts';
import type { Context } from '../../../src/experiment/paper.ts';
import { stream } from '../../../src/random/rng.ts';
import type { FigurePoint, FigureSeries } from '../../../src/report/figures.ts';
import { against } from './against.ts';
import { DEVIATION } from './drawn.ts';
import { run, spec, type Results } from './runs.ts';

/** How many axes and components there are, and the side of the square or cube that each component would have to itself, in its deviations. */
const AXES = [2, 5] as const;
const COMPONENTS = [12, 30, 100] as const;
const SIDES = [7, 14] as const;
const POINTS = 20;
/** Four fifths of a run are annealed. As many steps are eight short plain runs or four long ones. */
const STEPS = 400;
const NOISE = { noiseScale: spec('exponential(2, 0.12) for 0.8 > constant(0)') };
/** With --full restarts of twice the length are drawn, too. */
const RESTARTS = ['eight restarts', 'four restarts'] as const;
const restartsOf = ({ full }: Context): readonly string[] => (full ? RESTARTS : [RESTARTS[0]]);

/** Means that are uniform on a square, or a cube of five axes, of 20 points each. */
function cell(context: Context, axes: number, components: number, side: number): Promise<Results> {
  return run(context, `${components} components on ${axes} axes, ${side} deviations apart`, {
    source: {
      model: 'mixture',
      points: POINTS * components,
      components,
      axes,
      half: (side * DEVIATION * Math.exp(Math.log(components) / axes)) / 2,
    },
    methods: {
      plain: {},
      stochastic: { params: { noise: 'local' }, controls: NOISE },
      [RESTARTS[0]]: { params: { length: STEPS / 8 } },
      ...(context.full ? { [RESTARTS[1]]: { params: { length: STEPS / 4 } } } : {}),
    },
    seeds: context.full ? 100 : components === 100 ? 8 : 16,
    steps: STEPS,
  });
}

/** The difference of the stochastic runs to restarts in all cells: one curve for each number of axes and side, over sizes. */
async function show(context: Context): Promise<void> {
  const rng = stream(context.seedOf('figures'), 'regimes');
  for (const restarts of restartsOf(context)) {
    const series: FigureSeries[] = [];
    for (const [k, [axes, side]] of AXES.flatMap((each) => SIDES.map((one) => [each, one] as const)).entries()) {
      const points: FigurePoint[] = [];
      for (const components of COMPONENTS) {
        const results = await cell(context, axes, components, side);
        const { value, low, high } = meanInterval(results.bounds('stochastic', restarts), rng);
        points.push([components, value / components, low / components, high / components]);
      }
      series.push({ name: `${axes} axes, ${side} deviations apart`, group: k, role: 'band', points });
    }
    const [id, title] = [`regimes-${restarts.replace(' ', '-')}`, `Noise against ${restarts}`];
    const y = { label: 'final lower bound in nats a component, noise less the best restart', scale: 'linear' } as const;
    context.show(
      { id, title, x: { label: 'components', scale: 'log' }, y, series },
      `One noisy run of ${STEPS} steps against the best of ${restarts} that cost as much together: means over data sets with their 95 % intervals. Above 0 annealing is better.`,
    );
  }
}

/** Where annealing beats restarts of equal cost: a claim for each size and distance. */
export function regimeClaims(context: Context): Claim[] {
  const cells = AXES.flatMap((axes) => SIDES.flatMap((side) => COMPONENTS.map((components) => ({ axes, side, components }))));
  return cells.map(({ axes, side, components }, i) => {
    const results = async (): Promise<Results> => {
      const found = await cell(context, axes, components, side);
      if (i === cells.length - 1) await show(context);
      return found;
    };
    return against(results, {
      id: `noise-over-restarts-${axes}-axes-${side}-apart-${components}-components`,
      source:
        'ours: restarts gain from luck, which averages out where components are many; sizes, distances and the noise were chosen on other data',
      statement: `Of ${components} components on ${axes} axes, ${side} deviations apart, noise ends with a higher bound than the best of eight plain runs that cost as much together.`,
      method: 'stochastic',
      other: RESTARTS[0],
      margin: { above: 0 },
      control: { statement: 'One plain run of that length in its place.', method: 'plain' },
    });
  });
}

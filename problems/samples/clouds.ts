import { csv, numberOf, rounded, type Sample } from './sample.ts';

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';

/** Classes as round normal clouds. */
export const blobs: Sample = {
  name: 'blobs',
  title: 'classes as round clouds around random centres',
  target: 'label',
  options: [
    { name: 'classes', description: 'how many clouds, 2 to 26', default: '3' },
    { name: 'features', description: 'columns of numbers', default: '2' },
    { name: 'spread', description: 'standard deviation of a cloud; centres are uniform on ±5', default: '1' },
  ],
  make(n, options, rng) {
    const classes = numberOf(options, 'classes', 2, LETTERS.length, true);
    const features = numberOf(options, 'features', 1, 10_000, true);
    const spread = numberOf(options, 'spread', 0, 1000);
    const centres = Array.from({ length: classes }, () => Array.from({ length: features }, () => 10 * rng.uniform() - 5));
    const rows = Array.from({ length: n }, () => {
      const k = rng.below(classes);
      return [...centres[k].map((centre) => rounded(centre + spread * rng.normal(), 4)), LETTERS[k]];
    });
    return csv([...centres[0].map((_, k) => `x${k + 1}`), 'label'], rows);
  },
};

/** Two half circles that reach into each other: no straight line parts them. */
export const moons: Sample = {
  name: 'moons',
  title: 'two half circles that reach into each other, which no line parts',
  target: 'label',
  options: [{ name: 'noise', description: 'standard deviation of each coordinate; the circles have radius 1', default: '0.2' }],
  make(n, options, rng) {
    const noise = numberOf(options, 'noise', 0, 100);
    const rows = Array.from({ length: n }, () => {
      const upper = rng.below(2) === 0;
      const angle = Math.PI * rng.uniform();
      const [x, y] = upper ? [Math.cos(angle), Math.sin(angle)] : [1 - Math.cos(angle), 0.5 - Math.sin(angle)];
      return [rounded(x + noise * rng.normal(), 4), rounded(y + noise * rng.normal(), 4), upper ? 'upper' : 'lower'];
    });
    return csv(['x', 'y', 'label'], rows);
  },
};

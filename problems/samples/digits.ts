import { csv, numberOf, type Sample } from './sample.ts';

/** The ten digits on 5 × 7 points, drawn for this project: a row of bits each line, from the top. */
const GLYPHS: readonly string[] = [
  '01110 10001 10011 10101 11001 10001 01110',
  '00100 01100 00100 00100 00100 00100 01110',
  '01110 10001 00001 00110 01000 10000 11111',
  '11110 00001 00001 01110 00001 00001 11110',
  '00010 00110 01010 10010 11111 00010 00010',
  '11111 10000 11110 00001 00001 10001 01110',
  '00110 01000 10000 11110 10001 10001 01110',
  '11111 00001 00010 00100 01000 01000 01000',
  '01110 10001 10001 01110 10001 10001 01110',
  '01110 10001 10001 01111 00001 00010 01100',
];
const [WIDTH, HEIGHT, SIDE, INK] = [5, 7, 8, 16];

/** Digits on 8 × 8 pixels from 0 to 16: of another strength, moved by up to a pixel, with points flipped and noise. */
export const digits: Sample = {
  name: 'digits',
  title: 'digits on 8 × 8 pixels from 0 to 16, moved, of different strength, with noise',
  target: 'digit',
  options: [
    { name: 'noise', description: 'standard deviation of a pixel', default: '2' },
    { name: 'flips', description: 'share of points that are there and should not be, or the other way round', default: '0.05' },
  ],
  make(n, options, rng) {
    const noise = numberOf(options, 'noise', 0, INK);
    const flips = numberOf(options, 'flips', 0, 0.5);
    const rows = Array.from({ length: n }, () => {
      const digit = rng.below(GLYPHS.length);
      const lines = GLYPHS[digit].split(' ');
      const strength = 9 + 7 * rng.uniform();
      const [right, down] = [rng.below(SIDE - WIDTH + 1), rng.below(SIDE - HEIGHT + 1)];
      const pixels = new Float64Array(SIDE * SIDE);
      for (let y = 0; y < HEIGHT; y++)
        for (let x = 0; x < WIDTH; x++)
          if ((lines[y][x] === '1') !== rng.uniform() < flips) pixels[(y + down) * SIDE + x + right] = strength;
      const noisy = Array.from(pixels, (value) => Math.min(INK, Math.max(0, Math.round(value + noise * rng.normal()))));
      return [...noisy, digit];
    });
    return csv([...Array.from({ length: SIDE * SIDE }, (_, k) => `x${k + 1}`), 'digit'], rows);
  },
};

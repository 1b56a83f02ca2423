import { birds } from './birds.ts';
import { blobs, moons } from './clouds.ts';
import { corpus } from './corpus.ts';
import { digits } from './digits.ts';
import { flats } from './flats.ts';
import { ratings } from './ratings.ts';
import { weather } from './weather.ts';
import type { Sample } from './sample.ts';

export type { Sample } from './sample.ts';

/** The kinds of data that can be made. */
export const samples: readonly Sample[] = [moons, blobs, digits, flats, ratings, birds, corpus, weather];

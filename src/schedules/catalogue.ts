import { combinators } from './catalogue-combinators.ts';
import { controllers } from './catalogue-controllers.ts';
import { curves } from './catalogue-curves.ts';
import type { Definition } from './definition.ts';

/** Every schedule with a name: curves, then combinators, then those that listen. */
export const catalogue: readonly Definition[] = [...curves, ...combinators, ...controllers];

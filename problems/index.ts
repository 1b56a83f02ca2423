import type { Family } from '../src/cli/family.ts';
import { wtFamily, wtsdsFamily } from './scheduling/family.ts';
import tsp from './tsp/family.ts';

/** The families of problems the command line knows, in the order they are asked whether a file is theirs. They load no kernel: recipes do, where they run. */
export const families: readonly Family[] = [tsp, wtsdsFamily, wtFamily];

export default families;

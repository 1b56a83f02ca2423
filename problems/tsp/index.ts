export { drawTour } from './draw.ts';
export { tspFamily } from './family.ts';
export { canonicalTour, checkTour, readInstance, readTour, writeInstance, writeTour } from './format.ts';
export { generateInstance } from './generate.ts';
export { distance, tourLength, type Distance, type Metric, type TspInstance } from './instance.ts';
export { prepareTsp, tsp, type TspOptions, type TspProblem } from './problem.ts';
export type { TspParams, TspResult } from './recipe.ts';

export { loadCheckpoint, saveCheckpoint } from './checkpoint-file.ts';
export type { Job, JobEvent, JobResult, Prepared, Recipe, RunJobsOptions } from './job.ts';
export { runJobs } from './jobs.ts';
export { loadable, type Loadable } from './modules.ts';
export { multistart, searchOver, shareBudget, type MultistartOptions, type Search } from './multistart.ts';
export { preparedFrom } from './prepare.ts';
export { SearchError } from './search-error.ts';

import { runJobs, type Job } from 'lehr/parallel';
import { describe, expect, it } from 'vitest';
import { fixture } from './runs.ts';

const MISHAPS = fixture('mishaps.mjs');

function jobsOf(...mishaps: (string | undefined)[]): Job[] {
  return mishaps.map((mishap, i) => ({
    params: { mishap },
    seed: 1,
    path: ['chain', i],
    budget: { steps: 1000 },
    controls: { temperature: 1 },
  }));
}

/** The message of the job that goes wrong between two that do not. */
async function failure(mishap: string, options: object): Promise<{ code: string; message: string }> {
  const results = await runJobs(MISHAPS, jobsOf(undefined, mishap, undefined), options);
  expect(results.map(({ status }) => status)).toEqual(['done', 'failed', 'done']);
  const [, result] = results;
  if (result.status !== 'failed') throw new Error('unreachable');
  expect(result.error.constructor.name).toBe('LehrError');
  return result.error;
}

describe.each([{ executor: 'inline' as const }, { workers: 1 }, { workers: 2 }])('with %o', (way) => {
  it.each([
    [
      'throw',
      'worker',
      /^job 1 \(chain\/1\): TypeError: Cannot read properties of undefined \(reading 'field'\) \(at \S+mishaps\.mjs:5:\d+\)$/,
    ],
    ['throw text', 'worker', /^job 1 \(chain\/1\): it threw just text, which is no Error$/],
    ['late throw', 'worker', /^job 1 \(chain\/1\): RangeError: planted \(at \S+mishaps\.mjs:15:\d+\)$/],
    ['NaN', 'contract', /^job 1 \(chain\/1\): tiny: the start state has energy NaN/],
    ['number', 'input', /^job 1 \(chain\/1\): what the default export returns is the number 3: .*diffusion/],
  ])('%s fails one job and names it', async (mishap, code, message) => {
    expect(await failure(mishap, way)).toMatchObject({ code, message: expect.stringMatching(message) });
  });

  it('a module that cannot be loaded fails each job', async () => {
    for (const [text, why] of [
      ['throw new Error("no licence")', 'no licence'],
      ['export default (', 'SyntaxError: Unexpected end of input'],
      ['import "./nowhere.mjs"', 'nowhere.mjs'],
    ]) {
      const results = await runJobs(`data:text/javascript,${encodeURIComponent(text)}`, jobsOf('a', 'b'), way);
      expect(results.map(({ status }) => status)).toEqual(['failed', 'failed']);
      expect(results[1]).toMatchObject({
        error: { code: 'input', message: expect.stringContaining('job 1 (chain/1): the module data:text/javascript') },
      });
      expect(results[1]).toMatchObject({ error: { message: expect.stringContaining(why) } });
    }
  });

  it('parameters that cannot cross threads fail one job', async () => {
    const [good, bad] = jobsOf(undefined, undefined);
    const results = await runJobs(MISHAPS, [{ ...bad, params: { of: () => 1 } }, good], way);
    expect(results.map(({ status }) => status)).toEqual(['failed', 'done']);
    expect(results[0]).toMatchObject({
      error: {
        code: 'option',
        message: expect.stringMatching(/^job 0 \(chain\/1\): it cannot be sent .* could not be cloned.* expected plain data\.$/),
      },
    });
  });

  it('a control that no module exports, or nobody knows, fails with a suggestion', async () => {
    const [job] = jobsOf(undefined);
    const from = fixture('spins.mjs');
    const [wrong, unknown] = await runJobs(
      MISHAPS,
      [
        { ...job, controls: { temperature: { from, name: 'fallin' } } },
        { ...job, controls: { temperatur: 1 } },
      ],
      way,
    );
    expect(wrong).toMatchObject({
      error: { code: 'option', message: expect.stringMatching(/exports no "fallin", expected .* Maybe falling\?$/) },
    });
    expect(unknown).toMatchObject({
      error: { code: 'option', message: expect.stringMatching(/unknown option "temperatur".* Maybe temperature\?$/) },
    });
  });
});

describe.each([1, 2])('with %i workers', (workers) => {
  it.each([
    ['exit', /^job 1 \(chain\/1\): its worker ended with exit code 7, expected .* Maybe the module calls process\.exit\.$/],
    ['late exit', /^job 1 \(chain\/1\): its worker ended with exit code 0, expected/],
    ['memory', /^job 1 \(chain\/1\): its worker ran out of memory \(limit 40 MB\)\. Maybe/],
  ])('%s ends one worker, and the other jobs finish', async (mishap, message) => {
    expect(await failure(mishap, { workers, memory: 40 })).toMatchObject({ code: 'worker', message: expect.stringMatching(message) });
  });
});

it.each([
  [{ workers: 0 }, /^workers is 0, expected a whole number of at least 1/],
  [{ executor: 'fork' }, /^executor is "fork", expected 'inline' or 'threads'/],
  [{ worker: 2 }, /^runJobs: unknown option "worker", expected .* Maybe workers\?$/],
  [{ memory: -1 }, /^memory is -1, expected megabytes above 0/],
  [{ target: 'low' }, /^target is "low", expected a number/],
])('refuses %o', async (options, message) => {
  await expect(runJobs(MISHAPS, jobsOf(undefined), options as object)).rejects.toMatchObject({
    code: 'option',
    message: expect.stringMatching(message),
  });
});

it('refuses a job with an unknown field', async () => {
  const jobs = jobsOf(undefined).map((job) => ({ ...job, sed: 1 }));
  await expect(runJobs(MISHAPS, jobs)).rejects.toThrow(/^jobs\[0\]: unknown option "sed", expected .* Maybe seed\?$/);
});

import { LehrError } from '../error.ts';
import type { Outcome } from '../run/outcome.ts';
import { stepsOf, type End } from './drive.ts';
import type { Job, JobResult } from './job.ts';

/** Jobs that have all ended: their results, the winner of a race (−1 without), and what each counts for in totals. */
export interface Settled<R> {
  readonly results: readonly JobResult<R>[];
  readonly winner: number;
  readonly steps: number;
  readonly evaluations: number;
  /** Of the counted steps, those made before this process began. */
  readonly resumedAt: number;
  /** Wall seconds from the first step of any chain to the last. */
  readonly seconds: number;
}

/**
 * Settles a race: the winner is the chain that reached the target in the fewest of its own steps, ties going to the lowest index, and the others
 * are lost. Two kinds of chains are still told: those that failed before as many steps, and those interrupted before as many, because without
 * the interruption they might have won. None of this depends on who ran when. A chain without a race, or in one that nobody won, is as it ended.
 *
 * Totals: in a race that was won a chain counts with at most the winner's steps, and their share of its evaluations (exact if the cost of a step
 * is fixed); what it did beyond depends on the number of workers. A failed chain counts nothing.
 */
export function settle<R>(ends: readonly End[], jobs: readonly Job<any>[], racing: boolean): Settled<R> {
  let winner = -1;
  let least = Infinity;
  ends.forEach((end, i) => {
    if (racing && reached(end) && stepsMade(end) < least) {
      winner = i;
      least = stepsMade(end);
    }
  });
  const results = ends.map((end, job): JobResult<R> => {
    const told = winner < 0 || job === winner || (stepsMade(end) < least && (end.status === 'failed' || isInterrupted(end)));
    if (end.status === 'outrun' || !told) return { status: 'lost', job };
    if (end.status === 'failed') return { status: 'failed', job, error: LehrError.from(end.error, 'worker') };
    return { status: 'done', job, outcome: end.outcome as Outcome<R>, score: end.score };
  });
  let steps = 0;
  let evaluations = 0;
  let resumedAt = 0;
  let began = Infinity;
  let ended = -Infinity;
  ends.forEach((end, i) => {
    if (end.status === 'failed') return;
    const made = stepsMade(end);
    const counted = Math.min(made, least);
    const paid = end.status === 'done' ? end.outcome.evaluations : end.evaluations;
    steps += counted;
    evaluations += counted === made ? paid : Math.round((paid / made) * counted);
    resumedAt += Math.min(stepsOf(jobs[i].resume), counted);
    began = Math.min(began, end.span.began);
    ended = Math.max(ended, end.span.ended);
  });
  return { results, winner, steps, evaluations, resumedAt, seconds: Math.max(0, ended - began) / 1000 };
}

/** Whether a chain of a race ended because it had the target's energy. */
export function reached(end: End): boolean {
  return end.status === 'done' && end.outcome.stopped === 'target';
}

function isInterrupted(end: End): boolean {
  return end.status === 'done' && end.outcome.stopped === 'interrupted';
}

/** A chain's own steps when it ended, those before a resume included. */
export function stepsMade(end: End): number {
  return end.status === 'done' ? end.outcome.steps : end.steps;
}

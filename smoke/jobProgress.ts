import * as z from 'zod';
import type { AppAnswer } from './appUnderTest.ts';

/** How far a job is to come, in the order in which it gets there. */
export const milestones = ['assigned', 'completed', 'closed'] as const;
export type Milestone = (typeof milestones)[number];

/** What an answer to "where is the job?" means for whoever waits for it. */
export type Progress =
  | { readonly kind: 'arrived' | 'waiting'; readonly at: string }
  | { readonly kind: 'failed'; readonly why: string };

const job = z.looseObject({ status: z.string().default('created') });

/** The app's own "no such job"; the platform answers 404 too, while the app is on its way. */
const noSuchJob = z.looseObject({ type: z.string().endsWith(':jobNotFound') });

const order: readonly string[] = milestones;

/** From these no event of ours leads on. */
const deadEnds = ['cancelled', 'classificationFailed', 'scheduleFailed'];

/** Reads the answer for a job that has been submitted: not to find it means that a rule has deleted it. */
export function progressOf(answer: AppAnswer, until: Milestone): Progress {
  const { status, body, explanation } = answer;
  if (noSuchJob.safeParse(body).success) return { kind: 'arrived', at: 'deleted' };
  if (isPassing(status)) return { kind: 'waiting', at: explanation };
  const read = job.safeParse(body);
  if (status !== 200 || !read.success) return { kind: 'failed', why: explanation };
  const at = read.data.status;
  if (deadEnds.includes(at)) return { kind: 'failed', why: `the job is ${at}` };
  return { kind: order.indexOf(at) >= order.indexOf(until) ? 'arrived' : 'waiting', at };
}

/** Answers that may be another one in a moment. */
const isPassing = (status: number | undefined): boolean =>
  status === undefined || status === 404 || status === 429 || status >= 500;

/** Where to look when a job stays where it is. */
export function hintFor(at: string): string {
  switch (at) {
    case 'assigned':
      return 'Does its rule say "complete": "onAccept", and is completeJob subscribed?';
    case 'completed':
      return 'Does its rule have "close" without wrapUpSeconds, and is closeJob subscribed?';
    default:
      return 'Is a worker that matches it available, does a rule accept, and is acceptOffer subscribed?';
  }
}

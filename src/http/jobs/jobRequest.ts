/** What a request may say about a job. */
import * as z from 'zod';
import { isOfTheApp } from '../../jobRouter/appTags.ts';
import { jobInput } from '../../jobRouter/inputs/jobInput.ts';
import { labels, resourceId, scalar } from '../../jobRouter/wire.ts';
import { OWNER_KEY } from '../../routing/ownership.ts';

/** By these the app knows what it did, and what belongs to which document: no caller may tell it otherwise. */
const ownTag = `expected tags other than ${OWNER_KEY} and automation.*, which are the app's own`;

function refuseOwn(tags: Readonly<Record<string, unknown>>, wrong: z.RefinementCtx): void {
  const own = Object.keys(tags).filter((tag) => tag === OWNER_KEY || isOfTheApp(tag));
  for (const tag of own) wrong.addIssue({ code: 'custom', path: [tag], message: ownTag });
}

/** A job to be submitted. */
export const jobRequest = z.lazy(() =>
  jobInput.safeExtend({
    id: resourceId.optional().describe('Absent: a new one is made.'),
    tags: labels.superRefine(refuseOwn).optional().describe('Not looked at by anybody.'),
  }),
);

/** How many jobs one request may submit. */
export const MOST_JOBS = 1_000;

/** What is to be otherwise about a job: a merge patch (RFC 7396). */
export const jobPatch = z.lazy(() => {
  const { shape } = jobInput;
  const changes = z.record(z.string(), scalar.nullable());
  return z.strictObject({
    channelId: shape.channelId.optional(),
    channelReference: shape.channelReference.nullable(),
    classificationPolicyId: shape.classificationPolicyId.nullable(),
    queueId: shape.queueId.nullable(),
    priority: shape.priority.nullable().describe('Larger goes sooner. Null: 1.'),
    dispositionCode: shape.dispositionCode.nullable(),
    requestedWorkerSelectors: shape.requestedWorkerSelectors.describe('Replaces those there are.'),
    labels: changes.optional().describe('Those that are not named stay; null removes one.'),
    tags: changes.superRefine(refuseOwn).optional().describe('As with labels.'),
    notes: shape.notes.describe('Replace those there are.'),
    matchingMode: shape.matchingMode,
  });
});

import { isOfTheApp } from '../../jobRouter/appTags.ts';
import type { JobInput } from '../../jobRouter/inputs/jobInput.ts';
import type { Job } from '../../jobRouter/wire.ts';
import { differences } from './differences.ts';
import { redactor } from './redact.ts';
import { membersOf } from './shape.ts';
import { shapeOf } from './shapes.ts';

/**
 * Whether a job is the one that `request` asks for, all of it: what the request leaves out must be what the router fills
 * in. A job has no automatic label, so its labels and tags must be the very same, but for what the app keeps there.
 */
export function isJobAsked(request: JobInput, job: Job): boolean {
  const whole = { priority: 1, labels: {}, tags: {}, requestedWorkerSelectors: [], ...request };
  return (
    differences(whole, job, shapeOf('jobs'), redactor([])).length === 0 &&
    request.channelReference === job.channelReference &&
    hasNoOther(job.labels, whole.labels) &&
    hasNoOther(job.tags, whole.tags, isOfTheApp)
  );
}

const hasNoOther = (held: unknown, asked: unknown, isPassedOver = (_key: string) => false): boolean =>
  Object.keys(membersOf(held)).every((key) => isPassedOver(key) || Object.hasOwn(membersOf(asked), key));

/**
 * Exception rules at work. A job that enters a queue is looked at once the command that moved it is done: rules on
 * the length of the queue are judged there and then, rules on the wait are put down for their time.
 */
import { secondsAfter } from '../../clock/instant.ts';
import { nothing } from './answer.ts';
import { reclassify } from './classification.ts';
import type { CommandOf, Nothing } from './commands.ts';
import type { Answer } from './engine.ts';
import type { JobId, QueueId } from './ids.ts';
import { isIn, isOpen, isUnassigned, type JobContent, type QueuedJob } from './job.ts';
import { cancelNow, changeJob } from './jobCommands.ts';
import { editJob } from './jobMoves.ts';
import type { ExceptionAction, ExceptionRule } from './model/exceptionPolicy.ts';
import type { Queue } from './queue.ts';
import { type QueueEntry, withTriggered } from './queueVisit.ts';
import { known, type Store, type Turn } from './store.ts';
import { jobView } from './views.ts';

/** Recorded: what a job is cancelled with when the action names no disposition. */
const defaultDisposition = 'None';

/** An action may move a job into another queue; that entry is then looked at in the same go. */
export function lookAtEntries(turn: Turn): void {
  for (const entry of turn.entries) lookAtEntry(turn, entry);
}

function lookAtEntry(turn: Turn, { jobId, queueId, ahead }: QueueEntry): void {
  for (const rule of rulesOf(turn.store, queueId)) {
    const job = queuedIn(turn.store, jobId, queueId);
    if (!job) return;
    if (rule.trigger.kind === 'waitTime') watchWait(turn, jobId, rule);
    // Where we guessed: the jobs ahead are all that were in the queue, of whatever priority.
    else if (ahead >= rule.trigger.threshold) fire(turn, job, rule);
  }
}

/** The rules on the wait have changed: they count for those who wait already. */
export function watchWaitsOf(turn: Turn, queue: Queue): void {
  const rules = rulesOf(turn.store, queue.id).filter(({ trigger }) => trigger.kind === 'waitTime');
  if (rules.length === 0) return;
  for (const { jobId } of known(turn.store.boards, queue.id).line.inOrder()) {
    for (const rule of rules) watchWait(turn, jobId, rule);
  }
}

function watchWait(turn: Turn, jobId: JobId, { id, trigger }: ExceptionRule): void {
  const { visit } = known(turn.store.places, jobId);
  if (trigger.kind !== 'waitTime' || visit.triggered.has(id)) return;
  const due = secondsAfter(visit.since, trigger.thresholdSeconds);
  const at = due > turn.at ? due : turn.at;
  turn.ask(at, { type: 'TriggerException', jobId, queueId: visit.queueId, ruleId: id });
}

/** The rule as it is now decides; one that was changed to wait for longer has asked again. */
export function triggerException(
  turn: Turn,
  { jobId, queueId, ruleId }: CommandOf<'TriggerException'>,
): Answer<Nothing> {
  const job = queuedIn(turn.store, jobId, queueId);
  const rule = rulesOf(turn.store, queueId).find(({ id }) => id === ruleId);
  if (!job || rule?.trigger.kind !== 'waitTime') return nothing;
  const { since } = known(turn.store.places, jobId).visit;
  if (secondsAfter(since, rule.trigger.thresholdSeconds) <= turn.at) fire(turn, job, rule);
  return nothing;
}

function rulesOf(store: Store, queueId: QueueId): readonly ExceptionRule[] {
  const policyId = store.queues.get(queueId)?.content.exceptionPolicyId;
  return policyId === undefined ? [] : known(store.exceptionPolicies, policyId).content.exceptionRules;
}

function queuedIn(store: Store, jobId: JobId, queueId: QueueId): QueuedJob | undefined {
  const job = store.jobs.get(jobId);
  return job && isIn(job, 'queued') && job.content.queueId === queueId ? job : undefined;
}

function fire(turn: Turn, job: QueuedJob, { id, actions }: ExceptionRule): void {
  const place = known(turn.store.places, job.id);
  const visit = withTriggered(place.visit, id, turn.at);
  if (!visit) return;
  place.visit = visit;
  turn.tell({
    type: 'JobExceptionTriggered',
    at: turn.at,
    job: jobView(job),
    ruleKey: id,
    exceptionRuleId: id,
  });
  for (const action of actions) act(turn, job.id, action);
}

/** An action may have ended the job before the next one comes to it. */
function act(turn: Turn, jobId: JobId, action: ExceptionAction): void {
  const job = known(turn.store.jobs, jobId);
  if (!isOpen(job)) return;
  if (action.kind === 'cancel') {
    const { note, dispositionCode = defaultDisposition } = action;
    cancelNow(turn, job, { dispositionCode, note });
    return;
  }
  const content = contentAfter(turn.store, job.content, action);
  const isToBeClassified = action.kind === 'reclassify' && content.classificationPolicyId !== undefined;
  if (isToBeClassified && isUnassigned(job)) reclassify(turn, editJob(job, content, turn.at));
  else changeJob(turn, job, content);
}

function contentAfter(
  store: Store,
  content: JobContent,
  action: Exclude<ExceptionAction, { readonly kind: 'cancel' }>,
): JobContent {
  if (action.kind === 'reclassify') {
    const { classificationPolicyId = content.classificationPolicyId, labelsToUpsert } = action;
    return { ...content, classificationPolicyId, labels: { ...content.labels, ...labelsToUpsert } };
  }
  const { queueId, priority = content.priority, workerSelectors } = action;
  // Where we guessed: an action that names a queue that is gone leaves the job in the queue it is in.
  const isMoved = queueId !== undefined && store.queues.has(queueId);
  return {
    ...content,
    ...(isMoved && { queueId, isOwnQueue: true }),
    priority,
    selectors: workerSelectors.length > 0 ? [...content.selectors, ...workerSelectors] : content.selectors,
  };
}

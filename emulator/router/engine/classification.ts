/**
 * The way of a job through its classification policy. It takes a moment and maybe answers from outside;
 * meanwhile the job is pendingClassification. What the policy chooses is worked out in classify.ts.
 */
import { nothing } from './answer.ts';
import { callOutside } from './awaitedCalls.ts';
import { type Choice, classify, outsideQuestions } from './classify.ts';
import type { CommandOf, Nothing, OutsideOutcome } from './commands.ts';
import { delayed } from './delays.ts';
import type { Answer } from './engine.ts';
import type { ClassificationError } from './facts.ts';
import type { ClassificationPolicyId, JobId } from './ids.ts';
import {
  type ClassifyingJob,
  type Inquiry,
  isIn,
  type Job,
  openOffersOf,
  type UnassignedJob,
} from './job.ts';
import { awaitClassification, failClassification, inquire, passClassification } from './jobMoves.ts';
import { putJob } from './putJob.ts';
import { revokeOffers } from './revokeOffers.ts';
import { jobPayload } from './rules/outsidePayload.ts';
import { keepingClocks } from './selectorClocks.ts';
import { known, type Turn } from './store.ts';
import { jobView, queueView } from './views.ts';

/**
 * Classifies a job that nobody works on yet, again or for the first time: out of its queue if it is in one, its
 * offers revoked, and back with the seniority it had. `job` is stored by this; it must have a policy.
 */
export function reclassify(turn: Turn, job: UnassignedJob): void {
  const offers = openOffersOf(job);
  const pending = awaitClassification(job, turn.at);
  putJob(turn, pending);
  askForClassification(turn, pending);
  revokeOffers(turn, offers);
}

function askForClassification(turn: Turn, { id, classifications }: Job): void {
  const when = delayed(turn.at, turn.delays.classification, turn.ports);
  turn.ask(when, { type: 'ClassifyJob', jobId: id, attempt: classifications });
}

/** The job, if this attempt to classify it was neither overtaken nor cancelled. */
function attemptedJob({ store }: Turn, jobId: JobId, attempt: number): ClassifyingJob | undefined {
  const job = store.jobs.get(jobId);
  return job && isIn(job, 'pendingClassification') && job.classifications === attempt ? job : undefined;
}

export function classifyJob(turn: Turn, { jobId, attempt }: CommandOf<'ClassifyJob'>): Answer<Nothing> {
  const job = attemptedJob(turn, jobId, attempt);
  if (!job || job.state.inquiry) return nothing;
  const policy = turn.store.classificationPolicies.get(policyOf(job))?.content;
  if (!policy) {
    fail(turn, job, [policyIsGone(policyOf(job))]);
    return nothing;
  }
  proceed(turn, job, { policy, answers: new Map() }, (inquiry) => {
    const payload = jobPayload(job.content.labels);
    for (const { target, rule } of outsideQuestions(inquiry.policy, job.content)) {
      callOutside(turn, rule, payload, { kind: 'classification', jobId, attempt, target });
    }
  });
  return nothing;
}

/**
 * Where we guessed: an exception rule may name a policy that was deleted since, and the job it gives it to then
 * fails; code and text are ours.
 */
const policyIsGone = (id: ClassificationPolicyId): ClassificationError => ({
  code: 'ClassificationPolicyNotFound',
  message: `Classification policy ${id} does not exist`,
});

/** One of the answers an attempt waits for. */
export function takeRuleAnswer(
  turn: Turn,
  asked: { readonly jobId: JobId; readonly attempt: number; readonly target: string },
  outcome: OutsideOutcome,
): void {
  const job = attemptedJob(turn, asked.jobId, asked.attempt);
  const inquiry = job?.state.inquiry;
  if (!job || !inquiry) return;
  const answers = new Map(inquiry.answers).set(asked.target, outcome);
  proceed(turn, job, { ...inquiry, answers });
}

/** Classifies the job when all answers are there; otherwise keeps what is known, and asks if nobody has yet. */
function proceed(turn: Turn, job: ClassifyingJob, inquiry: Inquiry, ask?: (inquiry: Inquiry) => void): void {
  const questions = outsideQuestions(inquiry.policy, job.content);
  if (questions.some(({ target }) => !inquiry.answers.has(target))) {
    putJob(turn, inquire(job, inquiry));
    ask?.(inquiry);
    return;
  }
  const result = classify(inquiry, job.content, turn.store.queuesByLabel, turn.ports);
  if (result.ok) pass(turn, job, result.choice);
  else fail(turn, job, result.errors);
}

function pass(turn: Turn, job: ClassifyingJob, choice: Choice): void {
  const attachedSelectors = keepingClocks(job.content.attachedSelectors, choice.attachedSelectors);
  const content = { ...job.content, ...choice, attachedSelectors };
  const classified = passClassification(job, content, turn.at);
  putJob(turn, classified);
  turn.tell({
    type: 'JobClassified',
    at: turn.at,
    job: jobView(classified),
    classificationPolicyId: policyOf(job),
    queue: queueView(known(turn.store.queues, choice.queueId)),
  });
  askForNextStep(turn, classified);
}

function fail(turn: Turn, job: ClassifyingJob, errors: readonly ClassificationError[]): void {
  const failed = failClassification(job, errors, turn.at);
  putJob(turn, failed);
  turn.tell({
    type: 'JobClassificationFailed',
    at: turn.at,
    job: jobView(failed),
    classificationPolicyId: policyOf(job),
    errors,
  });
}

/** What comes of its own accord for a job that has just got the state it is in. */
export function askForNextStep(turn: Turn, job: Job): void {
  const { delays, ports, at } = turn;
  const jobId = job.id;
  if (isIn(job, 'created')) turn.ask(delayed(at, delays.enqueue, ports), { type: 'EnqueueJob', jobId });
  else if (isIn(job, 'pendingClassification')) askForClassification(turn, job);
  else if (isIn(job, 'pendingSchedule')) {
    turn.ask(delayed(at, delays.schedule, ports), { type: 'ScheduleJob', jobId });
  } else if (isIn(job, 'waitingForActivation') && job.state.isPassing) {
    turn.ask(delayed(at, delays.activation, ports), { type: 'EnqueueJob', jobId });
  }
}

function policyOf(job: Job): ClassificationPolicyId {
  const { classificationPolicyId } = job.content;
  if (classificationPolicyId === undefined) throw new Error(`Job ${job.id} is classified without a policy`);
  return classificationPolicyId;
}

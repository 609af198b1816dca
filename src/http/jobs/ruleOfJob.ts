/** Which rule is about a job, as it would be asked by an event of this moment. */
import type { JobTraits } from '../../automation/jobTraits.ts';
import { matchRule, traitsToMatch } from '../../automation/matchRule.ts';
import type { Automation, AutomationRule } from '../../automation/rules.ts';
import { idFrom } from '../../jobRouter/ids.ts';
import type { JobRouter } from '../../jobRouter/jobRouter.ts';
import type { Job } from '../../jobRouter/wire.ts';
import { assignmentsOf } from './assignments.ts';

/** The rule, none, or why it cannot be said. */
export type RuleOfJob =
  | { readonly kind: 'known'; readonly rule: AutomationRule | undefined }
  | { readonly kind: 'unknown'; readonly why: string };

/** What finding it needs. */
export interface RuleParts {
  readonly router: JobRouter;
  readonly automation: () => Promise<Automation>;
}

/** @param now by the router's clock: business hours are held against it until somebody has the job. */
export async function ruleOf(job: Job, now: Date, { router, automation }: RuleParts): Promise<RuleOfJob> {
  let rules: readonly AutomationRule[];
  try {
    ({ rules } = await automation());
  } catch {
    // Why they are not known may tell where they are kept. GET /api/health says it to whoever runs the app.
    return { kind: 'unknown', why: 'The rules of the app are not known at the moment.' };
  }
  const told = traitsOf(job, now);
  const traits = await withWorker(told, traitsToMatch(rules, told).has('workerLabels'), router);
  const [missing] = traitsToMatch(rules, traits);
  if (missing === undefined) return { kind: 'known', rule: matchRule(rules, traits) };
  return {
    kind: 'unknown',
    why:
      missing === 'workerLabels'
        ? 'It depends on the labels of the worker that is offered the job.'
        : `It depends on the ${missing} of the job, which the router does not tell yet.`,
  };
}

/** The same as from events: what follows an assignment is held against the time of that. */
function traitsOf(job: Job, now: Date): JobTraits {
  const last = assignmentsOf(job).at(-1);
  return {
    channel: job.channelId,
    queue: job.queueId,
    priority: job.priority,
    jobLabels: job.labels ?? {},
    workerId: last?.workerId === undefined ? undefined : idFrom(last.workerId),
    begunAt: last?.assignedAt === undefined ? now : new Date(last.assignedAt),
  };
}

async function withWorker(traits: JobTraits, isNeeded: boolean, router: JobRouter): Promise<JobTraits> {
  if (!isNeeded || traits.workerId === undefined) return traits;
  const worker = await router.getWorker(traits.workerId);
  return worker.kind === 'ok' ? { ...traits, workerLabels: worker.value.labels ?? {} } : traits;
}

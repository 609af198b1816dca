/**
 * What has happened to a job, as far as the router and the app's own tags on it tell. The router does not keep who asked for a
 * step, so it is not said; whether the rule asks for it is.
 */
import type { AutomationRule } from '../../automation/rules.ts';
import { workTags } from '../../automation/workTags.ts';
import type { Job } from '../../jobRouter/wire.ts';
import { type Assignment, assignmentsOf } from './assignments.ts';

/** What a worker's turn with a job came to. */
interface Step {
  readonly step: 'assigned' | 'completed' | 'closed';
  readonly at: string;
  readonly assignmentId: string;
  readonly workerId: string | undefined;
  /** Whether the rule of the job has the app do this by itself. Absent: the rule is not known. */
  readonly byRule?: boolean;
}

/** What automation has left on a job. */
export interface JobHistory {
  readonly steps: readonly Step[];
  /** How often its work was refused by the endpoint of its rule, and the job given back. */
  readonly workRefusals?: number;
  /** The assignment whose work was refused for good, and that waits for a person. */
  readonly workLeftToPerson?: string;
}

/** @param rule undefined: it is not known; null: there is none. */
export function historyOf(job: Job, rule: AutomationRule | null | undefined): JobHistory {
  const { [workTags.refusals]: refusals, [workTags.leftToPerson]: left } = job.tags ?? {};
  return {
    steps: assignmentsOf(job).flatMap((assignment) => stepsOf(assignment, rule)),
    ...(typeof refusals === 'number' && { workRefusals: refusals }),
    ...(typeof left === 'string' && { workLeftToPerson: left }),
  };
}

function stepsOf(
  { assignmentId, workerId, assignedAt, completedAt, closedAt }: Assignment,
  rule: AutomationRule | null | undefined,
): Step[] {
  const doneByRule = {
    assigned: rule?.accept === 'auto',
    completed: rule?.complete === 'onAccept',
    closed: rule?.close !== undefined,
  };
  const times = [
    ['assigned', assignedAt],
    ['completed', completedAt],
    ['closed', closedAt],
  ] as const;
  return times.flatMap(([step, at]) =>
    at === undefined
      ? []
      : [{ step, at, assignmentId, workerId, ...(rule !== undefined && { byRule: doneByRule[step] }) }],
  );
}

/**
 * What both matchers of the engine bench are given: workers of 20 teams with room for one job each, who serve so many
 * queues that every queue is served, and jobs of seven priorities that each ask for the team of some worker in one of
 * its queues, so that none waits in vain.
 */
import type { WorkerSelector } from '../emulator/router/engine/model/selectors.ts';
import type { Labels } from '../emulator/router/engine/model/values.ts';

export interface Staff {
  readonly workers: number;
  readonly queues: number;
}

export interface BenchJob {
  readonly number: number;
  readonly queue: number;
  readonly team: number;
}

export interface BenchWorker {
  readonly number: number;
  readonly queues: readonly number[];
  readonly labels: Labels;
}

const TEAMS = 20;
const PRIORITIES = 7;

export const priorityOf = ({ number }: BenchJob): number => number % PRIORITIES;

export const selectorsOf = ({ team }: BenchJob): readonly WorkerSelector[] => [
  { key: 'team', labelOperator: 'equal', value: team, expedite: false, status: 'active' },
  { key: 'level', labelOperator: 'greaterThanOrEqual', value: 1, expedite: false, status: 'active' },
];

export const benchWorker = (number: number, staff: Staff): BenchWorker => ({
  number,
  queues: queuesOf(number, staff),
  labels: { team: number % TEAMS, level: 2 },
});

/** A few workers serve many queues each; many workers share the queues. */
function queuesOf(worker: number, { workers, queues }: Staff): readonly number[] {
  const served = Math.max(1, Math.ceil(queues / workers));
  return Array.from({ length: served }, (_, index) => (worker * served + index) % queues);
}

/** The job for the worker whose turn it is, in the queue of that worker whose turn it is. */
export function benchJob(number: number, staff: Staff): BenchJob {
  const worker = number % staff.workers;
  const queues = queuesOf(worker, staff);
  const queue = queues[Math.floor(number / staff.workers) % queues.length] ?? 0;
  return { number, queue, team: worker % TEAMS };
}

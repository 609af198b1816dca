/** Workers that went off duty. Nothing is done for one that no entry of `automatedWorkers` names. */
import type { RouterEventOf } from '../events/routerEvent.ts';
import { automatedWorker, type WorkerTraits } from './automatedWorker.ts';
import type { Decision } from './decision.ts';
import type { AutomatedWorkers } from './rules.ts';

export function onWorkerOfferExpired(
  { data, eventTime }: RouterEventOf<'WorkerOfferExpired'>,
  traits: WorkerTraits,
  entries: readonly AutomatedWorkers[],
): Decision {
  const { workerId } = data;
  const by = automatedWorker(entries, traits);
  if (by === undefined) return { kind: 'Ignore', reason: notAutomated(workerId) };
  return {
    kind: 'RestoreWorker',
    rule: by.name,
    workerId,
    ...(eventTime !== undefined && { since: eventTime }),
    by,
  };
}

export function onWorkerDeregistered(
  { data, eventTime }: RouterEventOf<'WorkerDeregistered'>,
  traits: WorkerTraits,
  entries: readonly AutomatedWorkers[],
  now: Date,
): Decision {
  const { workerId } = data;
  const by = automatedWorker(entries, traits);
  if (by === undefined) return { kind: 'Ignore', reason: notAutomated(workerId) };
  return { kind: 'RespectSignOff', rule: by.name, workerId, since: eventTime ?? now };
}

const notAutomated = (workerId: string): string =>
  `${workerId} is not one of the automated workers, and others come back by themselves`;

import { done, nothing, refused } from './answer.ts';
import type { CommandOf, Nothing, Upserted } from './commands.ts';
import type { Answer } from './engine.ts';
import { watchWaitsOf } from './exceptions.ts';
import type { QueueInUseReason } from './failures.ts';
import { idProblems } from './ids.ts';
import type { QueueView } from './model/queue.ts';
import { putQueue, refreshBoard, removeQueue } from './putQueue.ts';
import { createQueue, editQueue, patchQueue } from './queue.ts';
import type { Turn } from './store.ts';
import { queueView } from './views.ts';

export function upsertQueue(
  turn: Turn,
  { id, patch }: CommandOf<'UpsertQueue'>,
): Answer<Upserted<QueueView>> {
  const { store } = turn;
  const current = store.queues.get(id);
  const checked = patchQueue(
    id,
    current?.content,
    patch,
    (policyId) => store.distributionPolicies.has(policyId),
    (policyId) => store.exceptionPolicies.has(policyId),
  );
  const problems = [...idProblems(id), ...('problems' in checked ? checked.problems : [])];
  if ('problems' in checked || problems.length > 0) return refused({ kind: 'invalid', problems });
  if (!current) {
    const created = createQueue(id, checked.content, turn.at);
    putQueue(store, created);
    return done({ created: true, resource: queueView(created) });
  }
  if (checked.content === current.content) return done({ created: false, resource: queueView(current) });
  const edited = editQueue(current, checked.content, turn.at);
  putQueue(store, edited);
  if (edited.content.distributionPolicyId !== current.content.distributionPolicyId) refreshBoard(turn, id);
  if (edited.content.exceptionPolicyId !== current.content.exceptionPolicyId) watchWaitsOf(turn, edited);
  return done({ created: false, resource: queueView(edited) });
}

export function deleteQueue({ store }: Turn, { id }: CommandOf<'DeleteQueue'>): Answer<Nothing> {
  const board = store.boards.get(id);
  const reasons: QueueInUseReason[] = [];
  if (board && board.openJobs > 0) reasons.push('activeJob');
  if (board && board.assignedWorkers.size > 0) reasons.push('assignedWorker');
  for (const policy of store.classificationPolicies.values()) {
    if (policy.content.fallbackQueueId === id && !reasons.includes('fallbackQueue')) {
      reasons.push('fallbackQueue');
    }
  }
  if (reasons.length > 0) return refused({ kind: 'queueInUse', reasons });
  removeQueue(store, id);
  return nothing;
}

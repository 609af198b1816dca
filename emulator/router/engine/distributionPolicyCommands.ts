import { done, nothing, refused } from './answer.ts';
import type { CommandOf, Nothing, Upserted } from './commands.ts';
import {
  createDistributionPolicy,
  type DistributionPolicy,
  editDistributionPolicy,
  patchDistributionPolicy,
} from './distributionPolicy.ts';
import type { Answer } from './engine.ts';
import { idProblems } from './ids.ts';
import type { DistributionPolicyView } from './model/distributionPolicy.ts';
import { refreshBoard } from './putQueue.ts';
import type { Turn } from './store.ts';
import { distributionPolicyView } from './views.ts';

export function upsertDistributionPolicy(
  turn: Turn,
  { id, patch }: CommandOf<'UpsertDistributionPolicy'>,
): Answer<Upserted<DistributionPolicyView>> {
  const policies = turn.store.distributionPolicies;
  const current = policies.get(id);
  const checked = patchDistributionPolicy(current?.content, patch);
  const problems = [...idProblems(id), ...('problems' in checked ? checked.problems : [])];
  if ('problems' in checked || problems.length > 0) return refused({ kind: 'invalid', problems });
  if (!current) {
    const created = createDistributionPolicy(id, checked.content, turn.at);
    policies.set(id, created);
    return done({ created: true, resource: distributionPolicyView(created) });
  }
  if (checked.content === current.content) {
    return done({ created: false, resource: distributionPolicyView(current) });
  }
  // Where we guessed: open offers stay as they are; the edit counts from the next match on.
  const edited = editDistributionPolicy(current, checked.content, turn.at);
  policies.set(id, edited);
  if (edited.content.mode !== current.content.mode) refreshBoardsOf(turn, edited);
  return done({ created: false, resource: distributionPolicyView(edited) });
}

function refreshBoardsOf(turn: Turn, policy: DistributionPolicy): void {
  for (const queue of turn.store.queues.values()) {
    if (queue.content.distributionPolicyId === policy.id) refreshBoard(turn, queue.id);
  }
}

export function deleteDistributionPolicy(
  { store }: Turn,
  { id }: CommandOf<'DeleteDistributionPolicy'>,
): Answer<Nothing> {
  for (const queue of store.queues.values()) {
    if (queue.content.distributionPolicyId === id) return refused({ kind: 'distributionPolicyInUse' });
  }
  store.distributionPolicies.delete(id);
  return nothing;
}

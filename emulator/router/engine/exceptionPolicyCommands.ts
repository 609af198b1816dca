import { done, nothing, refused } from './answer.ts';
import type { CommandOf, Nothing, Upserted } from './commands.ts';
import type { Answer } from './engine.ts';
import { createExceptionPolicy, editExceptionPolicy, patchExceptionPolicy } from './exceptionPolicy.ts';
import { watchWaitsOf } from './exceptions.ts';
import { idProblems } from './ids.ts';
import type { ExceptionPolicyView } from './model/exceptionPolicy.ts';
import type { Turn } from './store.ts';
import { exceptionPolicyView } from './views.ts';

export function upsertExceptionPolicy(
  turn: Turn,
  { id, patch }: CommandOf<'UpsertExceptionPolicy'>,
): Answer<Upserted<ExceptionPolicyView>> {
  const { classificationPolicies, exceptionPolicies: policies, queues } = turn.store;
  const current = policies.get(id);
  const checked = patchExceptionPolicy(
    current?.content,
    patch,
    (policyId) => classificationPolicies.has(policyId),
    turn.ports.newId,
  );
  const problems = [...idProblems(id), ...('problems' in checked ? checked.problems : [])];
  if ('problems' in checked || problems.length > 0) return refused({ kind: 'invalid', problems });
  if (!current) {
    const created = createExceptionPolicy(id, checked.content, turn.at);
    policies.set(id, created);
    return done({ created: true, resource: exceptionPolicyView(created) });
  }
  if (checked.content === current.content) {
    return done({ created: false, resource: exceptionPolicyView(current) });
  }
  const edited = editExceptionPolicy(current, checked.content, turn.at);
  policies.set(id, edited);
  for (const queue of queues.values()) if (queue.content.exceptionPolicyId === id) watchWaitsOf(turn, queue);
  return done({ created: false, resource: exceptionPolicyView(edited) });
}

export function deleteExceptionPolicy(
  { store }: Turn,
  { id }: CommandOf<'DeleteExceptionPolicy'>,
): Answer<Nothing> {
  for (const queue of store.queues.values()) {
    if (queue.content.exceptionPolicyId === id) return refused({ kind: 'exceptionPolicyInUse' });
  }
  store.exceptionPolicies.delete(id);
  return nothing;
}

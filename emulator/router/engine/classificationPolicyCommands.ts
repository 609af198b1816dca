import { done, nothing, refused } from './answer.ts';
import {
  createClassificationPolicy,
  editClassificationPolicy,
  patchClassificationPolicy,
} from './classificationPolicy.ts';
import type { CommandOf, Nothing, Upserted } from './commands.ts';
import type { Answer } from './engine.ts';
import { idProblems } from './ids.ts';
import type { ClassificationPolicyView } from './model/classificationPolicy.ts';
import type { Turn } from './store.ts';
import { classificationPolicyView } from './views.ts';

/** Where we guessed: an edit counts from the next classification on; no job is classified again because of it. */
export function upsertClassificationPolicy(
  turn: Turn,
  { id, patch }: CommandOf<'UpsertClassificationPolicy'>,
): Answer<Upserted<ClassificationPolicyView>> {
  const { classificationPolicies: policies, queues } = turn.store;
  const current = policies.get(id);
  const checked = patchClassificationPolicy(current?.content, patch, (queueId) => queues.has(queueId));
  const problems = [...idProblems(id), ...('problems' in checked ? checked.problems : [])];
  if ('problems' in checked || problems.length > 0) return refused({ kind: 'invalid', problems });
  // Recorded: the first patch after the one that created it writes the policy even when it changes nothing.
  const isFirstRepeat = current?.revision.version === 0;
  if (current && checked.content === current.content && !isFirstRepeat) {
    return done({ created: false, resource: classificationPolicyView(current) });
  }
  const written = current
    ? editClassificationPolicy(current, checked.content, turn.at)
    : createClassificationPolicy(id, checked.content, turn.at);
  policies.set(id, written);
  return done({ created: !current, resource: classificationPolicyView(written) });
}

export function deleteClassificationPolicy(
  { store }: Turn,
  { id }: CommandOf<'DeleteClassificationPolicy'>,
): Answer<Nothing> {
  if ((store.openJobsByPolicy.get(id) ?? 0) > 0) return refused({ kind: 'classificationPolicyInUse' });
  store.classificationPolicies.delete(id);
  store.openJobsByPolicy.delete(id);
  return nothing;
}

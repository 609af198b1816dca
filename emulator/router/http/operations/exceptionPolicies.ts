import type { ExceptionPolicyId } from '../../engine/ids.ts';
import type { Router } from '../../router.ts';
import { encodeExceptionPolicy } from '../encodePolicies.ts';
import { etagBySeconds } from '../etag.ts';
import { exceptionPolicyPatch } from '../schemas.ts';
import { resourceOperations } from './resource.ts';

export const exceptionPolicyOperations = (router: Router) =>
  resourceOperations({
    collection: '/routing/exceptionPolicies',
    idName: 'exceptionPolicyId',
    patch: () => exceptionPolicyPatch,
    etag: etagBySeconds,
    encode: encodeExceptionPolicy,
    read: (id: ExceptionPolicyId) => router.read.exceptionPolicy(id),
    createdBefore: (number) => router.read.created.exceptionPolicies(number),
    upsert: (id, patch) => router.handle({ type: 'UpsertExceptionPolicy', id, patch }),
    remove: (id) => router.handle({ type: 'DeleteExceptionPolicy', id }),
  });

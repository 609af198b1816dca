import type { ClassificationPolicyId } from '../../engine/ids.ts';
import type { Router } from '../../router.ts';
import { encodeClassificationPolicy } from '../encodePolicies.ts';
import { etagBySeconds } from '../etag.ts';
import { classificationPolicyPatch } from '../schemas.ts';
import { resourceOperations } from './resource.ts';

export const classificationPolicyOperations = (router: Router) =>
  resourceOperations({
    collection: '/routing/classificationPolicies',
    idName: 'classificationPolicyId',
    patch: () => classificationPolicyPatch,
    etag: etagBySeconds,
    encode: encodeClassificationPolicy,
    read: (id: ClassificationPolicyId) => router.read.classificationPolicy(id),
    createdBefore: (number) => router.read.created.classificationPolicies(number),
    upsert: (id, patch) => router.handle({ type: 'UpsertClassificationPolicy', id, patch }),
    remove: (id) => router.handle({ type: 'DeleteClassificationPolicy', id }),
  });

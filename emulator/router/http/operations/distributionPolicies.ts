import type { DistributionPolicyId } from '../../engine/ids.ts';
import type { Router } from '../../router.ts';
import { encodeDistributionPolicy } from '../encodePolicies.ts';
import { etagBySeconds } from '../etag.ts';
import { distributionPolicyPatch } from '../schemas.ts';
import { resourceOperations } from './resource.ts';

export const distributionPolicyOperations = (router: Router) =>
  resourceOperations({
    collection: '/routing/distributionPolicies',
    idName: 'distributionPolicyId',
    patch: () => distributionPolicyPatch,
    etag: etagBySeconds,
    encode: encodeDistributionPolicy,
    read: (id: DistributionPolicyId) => router.read.distributionPolicy(id),
    createdBefore: (number) => router.read.created.distributionPolicies(number),
    upsert: (id, patch) => router.handle({ type: 'UpsertDistributionPolicy', id, patch }),
    remove: (id) => router.handle({ type: 'DeleteDistributionPolicy', id }),
  });

/** The REST reference of Job Router, api-version 2023-11-01, line by line: 33 operations. */
import type { Router } from '../router.ts';
import type { Operation } from './operation.ts';
import { assignmentOperations } from './operations/assignments.ts';
import { distributionPolicyOperations } from './operations/distributionPolicies.ts';
import { cancelJob, jobOperations } from './operations/jobs.ts';
import { offerOperations } from './operations/offers.ts';
import { queueOperations } from './operations/queues.ts';
import { workerOperations } from './operations/workers.ts';
import { notEmulated } from './refusal.ts';

export type Method = 'GET' | 'PATCH' | 'POST' | 'DELETE';

/** Method, path as the reference writes it, operation name, and what answers it. */
export type Route = readonly [Method, string, string, Operation];

const LATER = 'not emulated yet';
type Line = readonly [Method, string, string, Operation | typeof LATER];

const answered = ([method, path, name, operation]: Line): Route => {
  const refuse: Operation = () => {
    throw notEmulated(`the operation ${name} (${method} ${path})`);
  };
  return [method, path, name, operation === LATER ? refuse : operation];
};

export function routesTo(router: Router): readonly Route[] {
  const distributionPolicies = distributionPolicyOperations(router);
  const queues = queueOperations(router);
  const jobs = jobOperations(router);
  const assignments = assignmentOperations(router);
  const workers = workerOperations(router);
  const offers = offerOperations(router);

  // biome-ignore format: one operation, one line.
  const lines: readonly Line[] = [
    ['PATCH',  '/routing/classificationPolicies/{classificationPolicyId}',         'UpsertClassificationPolicy', LATER],
    ['GET',    '/routing/classificationPolicies/{classificationPolicyId}',         'GetClassificationPolicy',    LATER],
    ['DELETE', '/routing/classificationPolicies/{classificationPolicyId}',         'DeleteClassificationPolicy', LATER],
    ['GET',    '/routing/classificationPolicies',                                  'ListClassificationPolicies', LATER],

    ['PATCH',  '/routing/distributionPolicies/{distributionPolicyId}',             'UpsertDistributionPolicy',   distributionPolicies.upsert],
    ['GET',    '/routing/distributionPolicies/{distributionPolicyId}',             'GetDistributionPolicy',      distributionPolicies.get],
    ['DELETE', '/routing/distributionPolicies/{distributionPolicyId}',             'DeleteDistributionPolicy',   distributionPolicies.remove],
    ['GET',    '/routing/distributionPolicies',                                    'ListDistributionPolicies',   distributionPolicies.list],

    ['PATCH',  '/routing/exceptionPolicies/{exceptionPolicyId}',                   'UpsertExceptionPolicy',      LATER],
    ['GET',    '/routing/exceptionPolicies/{exceptionPolicyId}',                   'GetExceptionPolicy',         LATER],
    ['DELETE', '/routing/exceptionPolicies/{exceptionPolicyId}',                   'DeleteExceptionPolicy',      LATER],
    ['GET',    '/routing/exceptionPolicies',                                       'ListExceptionPolicies',      LATER],

    ['PATCH',  '/routing/queues/{queueId}',                                        'UpsertQueue',                queues.upsert],
    ['GET',    '/routing/queues/{queueId}',                                        'GetQueue',                   queues.get],
    ['DELETE', '/routing/queues/{queueId}',                                        'DeleteQueue',                queues.remove],
    ['GET',    '/routing/queues',                                                  'ListQueues',                 queues.list],
    ['GET',    '/routing/queues/{queueId}/statistics',                             'GetQueueStatistics',         LATER],

    ['PATCH',  '/routing/jobs/{jobId}',                                            'UpsertJob',                  jobs.upsert],
    ['GET',    '/routing/jobs/{jobId}',                                            'GetJob',                     jobs.get],
    ['DELETE', '/routing/jobs/{jobId}',                                            'DeleteJob',                  jobs.remove],
    ['GET',    '/routing/jobs',                                                    'ListJobs',                   jobs.list],
    ['GET',    '/routing/jobs/{jobId}/position',                                   'GetInQueuePosition',         LATER],
    ['POST',   '/routing/jobs/{jobId}:reclassify',                                 'ReclassifyJob',              LATER],
    ['POST',   '/routing/jobs/{jobId}:cancel',                                     'CancelJob',                  cancelJob(router)],
    ['POST',   '/routing/jobs/{jobId}/assignments/{assignmentId}:complete',        'CompleteJob',                assignments.complete],
    ['POST',   '/routing/jobs/{jobId}/assignments/{assignmentId}:close',           'CloseJob',                   assignments.close],
    ['POST',   '/routing/jobs/{jobId}/assignments/{assignmentId}:unassign',        'UnassignJob',                assignments.unassign],

    ['PATCH',  '/routing/workers/{workerId}',                                      'UpsertWorker',               workers.upsert],
    ['GET',    '/routing/workers/{workerId}',                                      'GetWorker',                  workers.get],
    ['DELETE', '/routing/workers/{workerId}',                                      'DeleteWorker',               workers.remove],
    ['GET',    '/routing/workers',                                                 'ListWorkers',                workers.list],
    ['POST',   '/routing/workers/{workerId}/offers/{offerId}:accept',              'AcceptJobOffer',             offers.accept],
    ['POST',   '/routing/workers/{workerId}/offers/{offerId}:decline',             'DeclineJobOffer',            offers.decline],
  ];
  return lines.map(answered);
}

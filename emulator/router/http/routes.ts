/** The REST reference of Job Router, api-versions 2023-11-01 and 2024-01-18-preview, line by line: 33 operations. */
import type { Router } from '../router.ts';
import type { Operation } from './operation.ts';
import { assignmentOperations } from './operations/assignments.ts';
import { classificationPolicyOperations } from './operations/classificationPolicies.ts';
import { distributionPolicyOperations } from './operations/distributionPolicies.ts';
import { exceptionPolicyOperations } from './operations/exceptionPolicies.ts';
import { cancelJob, jobOperations, queuePosition, reclassifyJob } from './operations/jobs.ts';
import { offerOperations } from './operations/offers.ts';
import { queueOperations, queueStatistics } from './operations/queues.ts';
import { workerOperations } from './operations/workers.ts';

export type Method = 'GET' | 'PATCH' | 'POST' | 'DELETE';

/** Method, path as the reference writes it, operation name, and what answers it. */
export type Route = readonly [Method, string, string, Operation];

export function routesTo(router: Router): readonly Route[] {
  const classificationPolicies = classificationPolicyOperations(router);
  const distributionPolicies = distributionPolicyOperations(router);
  const exceptionPolicies = exceptionPolicyOperations(router);
  const queues = queueOperations(router);
  const jobs = jobOperations(router);
  const assignments = assignmentOperations(router);
  const workers = workerOperations(router);
  const offers = offerOperations(router);

  // biome-ignore format: one operation, one line.
  return [
    ['PATCH',  '/routing/classificationPolicies/{classificationPolicyId}',         'UpsertClassificationPolicy', classificationPolicies.upsert],
    ['GET',    '/routing/classificationPolicies/{classificationPolicyId}',         'GetClassificationPolicy',    classificationPolicies.get],
    ['DELETE', '/routing/classificationPolicies/{classificationPolicyId}',         'DeleteClassificationPolicy', classificationPolicies.remove],
    ['GET',    '/routing/classificationPolicies',                                  'ListClassificationPolicies', classificationPolicies.list],

    ['PATCH',  '/routing/distributionPolicies/{distributionPolicyId}',             'UpsertDistributionPolicy',   distributionPolicies.upsert],
    ['GET',    '/routing/distributionPolicies/{distributionPolicyId}',             'GetDistributionPolicy',      distributionPolicies.get],
    ['DELETE', '/routing/distributionPolicies/{distributionPolicyId}',             'DeleteDistributionPolicy',   distributionPolicies.remove],
    ['GET',    '/routing/distributionPolicies',                                    'ListDistributionPolicies',   distributionPolicies.list],

    ['PATCH',  '/routing/exceptionPolicies/{exceptionPolicyId}',                   'UpsertExceptionPolicy',      exceptionPolicies.upsert],
    ['GET',    '/routing/exceptionPolicies/{exceptionPolicyId}',                   'GetExceptionPolicy',         exceptionPolicies.get],
    ['DELETE', '/routing/exceptionPolicies/{exceptionPolicyId}',                   'DeleteExceptionPolicy',      exceptionPolicies.remove],
    ['GET',    '/routing/exceptionPolicies',                                       'ListExceptionPolicies',      exceptionPolicies.list],

    ['PATCH',  '/routing/queues/{queueId}',                                        'UpsertQueue',                queues.upsert],
    ['GET',    '/routing/queues/{queueId}',                                        'GetQueue',                   queues.get],
    ['DELETE', '/routing/queues/{queueId}',                                        'DeleteQueue',                queues.remove],
    ['GET',    '/routing/queues',                                                  'ListQueues',                 queues.list],
    ['GET',    '/routing/queues/{queueId}/statistics',                             'GetQueueStatistics',         queueStatistics(router)],

    ['PATCH',  '/routing/jobs/{jobId}',                                            'UpsertJob',                  jobs.upsert],
    ['GET',    '/routing/jobs/{jobId}',                                            'GetJob',                     jobs.get],
    ['DELETE', '/routing/jobs/{jobId}',                                            'DeleteJob',                  jobs.remove],
    ['GET',    '/routing/jobs',                                                    'ListJobs',                   jobs.list],
    ['GET',    '/routing/jobs/{jobId}/position',                                   'GetInQueuePosition',         queuePosition(router)],
    ['POST',   '/routing/jobs/{jobId}:reclassify',                                 'ReclassifyJob',              reclassifyJob(router)],
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
}

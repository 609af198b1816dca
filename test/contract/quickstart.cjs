/* biome-ignore-all lint/suspicious/noConsole: its output is what is looked at. */
/**
 * The official quickstart for JavaScript, in its own manner: CommonJS, the default export of the package, the
 * old spelling of the mode, and no options besides the connection string. Prints the quickstart's transcript.
 * It looks for the offer again and again instead of waiting ten seconds.
 */
const JobRouterClient = require('@azure-rest/communication-job-router').default;

async function quickstart() {
  console.log('Azure Communication Services - Job Router Quickstart');
  const client = JobRouterClient(process.env.COMMUNICATION_CONNECTION_STRING);
  const patch = (body) => ({ body, contentType: 'application/merge-patch+json' });

  const policy = await client
    .path('/routing/distributionPolicies/{distributionPolicyId}', 'distribution-policy-1')
    .patch(
      patch({ offerExpiresAfterSeconds: 60, mode: { kind: 'longest-idle' }, name: 'My distribution policy' }),
    );
  const queue = await client
    .path('/routing/queues/{queueId}', 'queue-1')
    .patch(patch({ name: 'My Queue', distributionPolicyId: policy.body.id }));
  await client.path('/routing/jobs/{jobId}', 'job-1').patch(
    patch({
      channelId: 'voice',
      queueId: queue.body.id,
      priority: 1,
      requestedWorkerSelectors: [{ key: 'Some-Skill', labelOperator: 'greaterThan', value: 10 }],
    }),
  );
  const workerPath = client.path('/routing/workers/{workerId}', 'worker-1');
  let worker = await workerPath.patch(
    patch({
      capacity: 1,
      queues: [queue.body.id],
      labels: { 'Some-Skill': 11 },
      channels: [{ channelId: 'voice', capacityCostPerJob: 1 }],
      availableForOffers: true,
    }),
  );

  while (worker.body.offers.length === 0) worker = await workerPath.get();
  const id = worker.body.id;
  for (const offer of worker.body.offers)
    console.log(`Worker ${id} has an active offer for job ${offer.jobId}`);

  const { body: accepted } = await client
    .path('/routing/workers/{workerId}/offers/{offerId}:accept', id, worker.body.offers[0].offerId)
    .post();
  console.log(`Worker ${id} is assigned job ${accepted.jobId}`);

  const assignment = '/routing/jobs/{jobId}/assignments/{assignmentId}';
  await client.path(`${assignment}:complete`, accepted.jobId, accepted.assignmentId).post();
  console.log(`Worker ${id} has completed job ${accepted.jobId}`);

  await client
    .path(`${assignment}:close`, accepted.jobId, accepted.assignmentId)
    .post({ body: { dispositionCode: 'Resolved' } });
  console.log(`Worker ${id} has closed job ${accepted.jobId}`);

  await client.path('/routing/jobs/{jobId}', accepted.jobId).delete();
  console.log(`Deleting job ${accepted.jobId}`);
}

quickstart();

import { expect, it } from 'vitest';
import { provisionQuickstart, startTestSuite } from '../support/suite.ts';

const byHand = { AUTOMATION_RULES: JSON.stringify({ automation: { rules: [] } }) };
const job = {
  channelId: 'voice',
  queueId: 'queue-1',
  requestedWorkerSelectors: [{ key: 'Some-Skill', labelOperator: 'greaterThan', value: 10 }],
};

it('takes a job from its submission to its end over HTTP alone, with no automation', async () => {
  await using suite = await startTestSuite(byHand);
  await provisionQuickstart(suite);
  const call = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const answer = await fetch(`${suite.host?.url}/api/${path}`, {
      method,
      headers,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { status: answer.status, headers: answer.headers, body: (await answer.json()) as unknown };
  };

  const key = { 'idempotency-key': '"order-4711"' };
  const submitted = await call('POST', 'jobs', [job, { ...job, queueId: 'nowhere' }], key);
  expect(submitted).toMatchObject({
    status: 207,
    body: { items: [{ status: 201 }, { status: 400, problem: { errors: [{ pointer: '/1/queueId' }] } }] },
  });
  const [{ id }] = (submitted.body as { items: [{ id: string }] }).items;
  expect(await call('POST', 'jobs', [job], key)).toMatchObject({ status: 422 });
  await suite.clock.settle();

  const shown = await call('GET', `jobs/${id}`);
  expect(shown).toMatchObject({
    status: 200,
    body: { status: 'queued', position: { position: 1 }, rule: null },
  });
  const etag = shown.headers.get('etag') ?? '';
  expect(await call('PATCH', `jobs/${id}`, { priority: 9 }, { 'if-match': etag })).toMatchObject({
    status: 200,
    body: { priority: 9 },
  });
  expect(await call('PATCH', `jobs/${id}`, { priority: 1 }, { 'if-match': etag })).toMatchObject({
    status: 412,
  });

  // What was offered before the job was changed is offered anew.
  await suite.clock.settle();
  const worker = await call('GET', 'workers/worker-1');
  const [{ offerId }] = (worker.body as { offers: [{ offerId: string }] }).offers;
  expect(await call('POST', `workers/worker-1/offers/${offerId}/accept`)).toMatchObject({
    status: 200,
    body: { jobId: id },
  });
  expect(await call('POST', `jobs/${id}/complete`, { note: 'done' })).toMatchObject({ status: 200 });
  expect(await call('POST', `jobs/${id}/close`, { dispositionCode: 'Resolved' })).toMatchObject({
    body: { job: { status: 'closed', dispositionCode: 'Resolved' } },
  });
  expect(await call('GET', 'jobs?status=closed&limit=1')).toMatchObject({ body: { items: [{ id }] } });
  expect(await call('GET', 'queues/queue-1')).toMatchObject({ body: { statistics: { length: 0 } } });
  expect(await call('POST', `jobs/${id}/cancel`)).toMatchObject({ status: 409 });
});

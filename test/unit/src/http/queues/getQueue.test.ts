import { expect, it } from 'vitest';
import { getQueueEndpoint } from '../../../../../src/http/queues/getQueue.ts';
import { httpWorld, QUEUE } from '../../../../support/httpWorld.ts';

it('shows a queue and how it goes in it', async () => {
  const world = httpWorld();
  world.send('PATCH', '/routing/jobs/job-1', { channelId: 'voice', queueId: QUEUE });
  await world.clock.advance(90_000);
  expect(await world.ask(getQueueEndpoint, { params: { queueId: QUEUE } })).toMatchObject({
    status: 200,
    headers: { etag: expect.any(String) },
    body: {
      id: QUEUE,
      distributionPolicyId: 'policy-1',
      statistics: { length: 1, longestJobWaitTimeMinutes: expect.closeTo(1.5, 1) },
    },
  });
});

it.each(['nowhere', 'a:b'])('answers 404 where there is none: %s', async (queueId) => {
  expect(await httpWorld().ask(getQueueEndpoint, { params: { queueId } })).toMatchObject({
    status: 404,
    body: { type: expect.stringMatching(/queueNotFound$/) },
  });
});

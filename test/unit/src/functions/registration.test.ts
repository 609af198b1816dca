import { expect, it } from 'vitest';
import * as functions from '../../../support/registeredFunctions.ts';

const bindingsOf = (name: string) =>
  Object.values(functions.registered.find(({ metadata }) => metadata.name === name)?.metadata.bindings ?? {});

const parkedEvents = {
  type: 'queue',
  direction: 'out',
  queueName: 'parked-events',
  connection: 'AzureWebJobsStorage',
};

it.each(['acceptOffer', 'completeJob', 'closeJob', 'tidyJob', 'rescueJob', 'restoreWorker'])(
  '%s wakes on Event Grid and can park what it cannot read',
  (name) => {
    const [trigger, ...outputs] = bindingsOf(name);
    expect(trigger).toMatchObject({ type: 'eventGridTrigger', direction: 'in' });
    expect(outputs).toMatchObject([parkedEvents]);
  },
);

it('receiveRouterEvents wakes on POST and OPTIONS of router-events, behind a function key', () => {
  expect(bindingsOf('receiveRouterEvents')).toEqual(
    expect.arrayContaining([
      expect.objectContaining({
        type: 'httpTrigger',
        methods: ['POST', 'OPTIONS'],
        route: 'router-events',
        authLevel: 'function',
      }),
      expect.objectContaining(parkedEvents),
    ]),
  );
});

it('resumeDeferredWork wakes on the queue of what was put off, and can park what it cannot read', () => {
  const [trigger, ...outputs] = bindingsOf('resumeDeferredWork');
  expect(trigger).toMatchObject({
    type: 'queueTrigger',
    queueName: 'deferred-work',
    connection: 'AzureWebJobsStorage',
  });
  expect(outputs).toMatchObject([parkedEvents]);
});

it.each([
  ['listParkedEvents', 'GET', 'parked-events'],
  ['resendParkedEvents', 'POST', 'parked-events/resend'],
])('%s wakes on %s %s, for administrators only', (name, method, route) => {
  expect(bindingsOf(name)).toContainEqual(
    expect.objectContaining({ type: 'httpTrigger', methods: [method], route, authLevel: 'admin' }),
  );
});

it('every handler is exported under the name it is registered by', () => {
  const exported = Object.entries({
    ...functions.acceptOffer,
    ...functions.completeJob,
    ...functions.closeJob,
    ...functions.tidyJob,
    ...functions.rescueJob,
    ...functions.restoreWorker,
    ...functions.reconcileJobs,
    ...functions.receiveRouterEvents,
    ...functions.resumeDeferredWork,
    ...functions.listParkedEvents,
    ...functions.resendParkedEvents,
  });
  expect(functions.registered.map(({ metadata }) => metadata.name)).toEqual(exported.map(([name]) => name));
});

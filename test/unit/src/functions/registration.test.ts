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

it('every handler is exported under the name it is registered by', () => {
  const exported = Object.entries({
    ...functions.acceptOffer,
    ...functions.completeJob,
    ...functions.closeJob,
    ...functions.tidyJob,
    ...functions.rescueJob,
    ...functions.restoreWorker,
    ...functions.receiveRouterEvents,
  });
  expect(functions.registered.map(({ metadata }) => metadata.name)).toEqual(exported.map(([name]) => name));
});

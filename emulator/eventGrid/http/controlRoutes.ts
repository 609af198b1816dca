/**
 * What people and tests may see and do from outside, for the prefix /_emulator. Whoever mounts it must listen on
 * loopback only: nothing here asks who is calling.
 */
import * as z from 'zod';
import { faultsIn } from '../../http/faultsIn.ts';
import type { JsonReply, JsonRoutes } from '../../http/jsonSurface.ts';
import type { EventGrid } from '../createEventGrid.ts';
import { SubscriptionRefused } from '../problem.ts';
import { knownEventType, subscribeRequest } from '../subscription.ts';
import { attemptView, eventView, subscriptionView } from './views.ts';

const listQuery = z.lazy(() =>
  z.object({
    /** As in filters. */
    type: knownEventType.optional(),
    subscription: z.string().optional(),
    /** The newest so many. */
    limit: z.coerce.number().int().min(1).max(10_000).default(100),
  }),
);

const nameInPath = z.lazy(() => z.object({ name: z.string() }));
const validationQuery = z.lazy(() => z.object({ subscription: z.string(), code: z.string() }));
const anObject = z.lazy(() => z.looseObject({}));

/** For a JSON surface with the prefix /_emulator. Lists are oldest first. */
export const controlRoutes = (eventGrid: EventGrid) => (app: JsonRoutes) => {
  app.get('/events', (request, reply) =>
    withQuery(request.query, reply, ({ type, limit }) =>
      eventGrid
        .events()
        .filter((event) => type === undefined || event.type === type)
        .slice(-limit)
        .map((event) => eventView(event, eventGrid.topic)),
    ),
  );

  app.get('/deliveries', (request, reply) =>
    withQuery(request.query, reply, (query) =>
      eventGrid.deliveries().filter(isAskedFor(query)).slice(-query.limit).map(attemptView),
    ),
  );

  app.get('/dead-letters', (request, reply) =>
    withQuery(request.query, reply, (query) =>
      eventGrid.deadLetters().filter(isAskedFor(query)).slice(-query.limit),
    ),
  );

  app.get('/subscriptions', (request, reply) =>
    withQuery(request.query, reply, ({ subscription, limit }) =>
      eventGrid
        .subscriptions()
        .filter(({ name }) => subscription === undefined || name === subscription)
        .slice(-limit)
        .map(subscriptionView),
    ),
  );

  app.put('/subscriptions/:name', async (request, reply) => {
    const { name } = nameInPath.parse(request.params);
    const parsed = anObject
      .transform((body) => ({ ...body, name }))
      .pipe(subscribeRequest)
      .safeParse(request.body);
    if (!parsed.success) return refuse(reply, 'InvalidRequest', faultsIn(parsed.error));
    try {
      const result = await eventGrid.subscribe(parsed.data);
      if (result.kind === 'active') return subscriptionView(result.subscription);
      const { subscription, problem, validationUrl } = result;
      reply.status(202);
      return { ...subscriptionView(subscription), validationUrl, problem };
    } catch (error) {
      if (!(error instanceof SubscriptionRefused)) throw error;
      reply.status(400);
      return { error: error.problem };
    }
  });

  app.delete('/subscriptions/:name', (request, reply) => {
    const { name } = nameInPath.parse(request.params);
    if (!eventGrid.unsubscribe(name)) {
      return reply.status(404).send(failure('NotFound', `There is no subscription "${name}"`));
    }
    return reply.status(204).send();
  });

  app.get('/validate', (request, reply) => {
    const query = validationQuery.safeParse(request.query);
    if (!query.success) return refuse(reply, 'InvalidRequest', faultsIn(query.error));
    const { subscription, code } = query.data;
    return eventGrid.validate(subscription, code)
      ? { message: `Subscription ${subscription} is validated: its events flow from now on` }
      : refuse(
          reply,
          'ValidationFailed',
          `Nothing to validate: "${subscription}" is unknown, done or too late`,
        );
  });
};

type ListQuery = z.output<typeof listQuery>;

function withQuery<View>(raw: unknown, reply: JsonReply, list: (query: ListQuery) => readonly View[]) {
  const query = listQuery.safeParse(raw);
  if (!query.success) return refuse(reply, 'InvalidRequest', faultsIn(query.error));
  return { value: list(query.data) };
}

const isAskedFor =
  (query: ListQuery) =>
  ({ eventType, subscription }: { readonly eventType: string; readonly subscription: string }) =>
    (query.type ?? eventType) === eventType && (query.subscription ?? subscription) === subscription;

const failure = (code: string, message: string) => ({ error: { code, message } });

function refuse(reply: JsonReply, code: string, message: string) {
  reply.status(400);
  return failure(code, message);
}

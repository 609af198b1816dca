/** Plays a story through the registered handlers, with the router and the clock replaced. */
import { HttpRequest, InvocationContext } from '@azure/functions';
import * as z from 'zod';
import routing from '../../routing.json' with { type: 'json' };
import { automation } from '../../src/automation/rules.ts';
import { replaceApp } from '../../src/composition.ts';
import { typeOf } from '../../src/events/eventType.ts';
import { parkedEvents } from '../../src/handling/parkedEvents.ts';
import { kindsOf, type Reaction, reactions } from '../../src/handling/reactions.ts';
import { type FakeClock, fakeClock } from './fakeClock.ts';
import { type FakeJobRouter, fakeJobRouter } from './fakeJobRouter.ts';
import * as functions from './registeredFunctions.ts';
import { rawEvent, type Story, type StoryEvent } from './story.ts';
import { testApp } from './testApp.ts';

type Told = Story['then'];

export async function runStory(story: Story): Promise<Told> {
  const clock = fakeClock(story.now);
  const router = fakeJobRouter(story.given.router, clock);
  const { rules, automatedWorkers } = automation.parse(routing.automation);
  const inForce = { rules: story.given.rules ?? rules, automatedWorkers };
  const restore = replaceApp(testApp({ automation: async () => inForce, router, clock }));
  try {
    return await play(story, router, clock);
  } finally {
    restore();
  }
}

async function play({ via, events }: Story, router: FakeJobRouter, clock: FakeClock): Promise<Told> {
  const outcomes: string[] = [];
  const answers: string[] = [];
  const parked: string[] = [];
  const context = new InvocationContext({
    logHandler: (_level, line) => outcomes.push(outcomeIn(line)),
    options: { extraOutputs: [] },
  });
  const deliver = via === 'triggers' ? deliverToFunction : deliverToWebhook;
  for (const delivery of via === 'batch' ? [events] : events.map((event) => [event])) {
    answers.push(await deliver(delivery, context));
    parked.push(...takeParked(context));
  }
  return { calls: [...router.calls], outcomes, answers, parked, waits: [...clock.waits] };
}

const handlers = {
  acceptOffer: functions.acceptOffer.acceptOffer,
  completeJob: functions.completeJob.completeJob,
  closeJob: functions.closeJob.closeJob,
  tidyJob: functions.tidyJob.tidyJob,
  rescueJob: functions.rescueJob.rescueJob,
  restoreWorker: functions.restoreWorker.restoreWorker,
} satisfies Record<Reaction, unknown>;

async function deliverToFunction(
  [event]: readonly StoryEvent[],
  context: InvocationContext,
): Promise<string> {
  if (event === undefined) throw new Error('A delivery to a function holds one event');
  const raw = rawEvent(event);
  try {
    await handlers[event.to ?? subscribedTo(raw)](raw, context);
    return 'acknowledged';
  } catch (problem) {
    if (problem instanceof Error && problem.name === 'MustRetryError') return 'again';
    throw problem;
  }
}

async function deliverToWebhook(events: readonly StoryEvent[], context: InvocationContext): Promise<string> {
  const raws = events.map(rawEvent);
  const [first] = raws;
  const isCloudEvent = typeof first === 'object' && first !== null && 'specversion' in first;
  const request = new HttpRequest({
    method: 'POST',
    url: 'http://localhost/api/router-events',
    headers: { 'aeg-event-type': 'Notification' },
    // Event Grid sends a lone CloudEvent as an object and everything else as an array.
    body: { string: JSON.stringify(isCloudEvent && raws.length === 1 ? first : raws) },
  });
  const { status, headers } = httpAnswer.parse(
    await functions.receiveRouterEvents.receiveRouterEvents(request, context),
  );
  return headers === undefined ? `${status}` : `${status} after ${headers['Retry-After']} s`;
}

const httpAnswer = z.looseObject({
  status: z.number(),
  headers: z.object({ 'Retry-After': z.string() }).optional(),
});

/** The function whose subscription the type passes; a type that passes none is handed to the first. */
function subscribedTo(raw: unknown): Reaction {
  const { eventType, type } = z
    .looseObject({ eventType: z.string().optional(), type: z.string().optional() })
    .parse(raw);
  const names = Object.keys(reactions) as Reaction[];
  return (
    names.find((name) => kindsOf(name).some((kind) => typeOf(kind) === (eventType ?? type))) ?? 'acceptOffer'
  );
}

const logged = z.object({ outcome: z.string(), why: z.string() });

function outcomeIn(line: unknown): string {
  const { outcome, why } = logged.parse(JSON.parse(z.string().parse(line)));
  return `${outcome}: ${why}`;
}

const parkedMessage = z.object({ event: z.object({ id: z.string().default('?') }).catch({ id: '?' }) });

/** The ids of what was left for the queue, which is then empty, as it is at the start of an invocation. */
function takeParked({ extraOutputs }: InvocationContext): string[] {
  const left = [extraOutputs.get(parkedEvents)].flat().filter((message) => message !== undefined);
  extraOutputs.set(parkedEvents, undefined);
  return left.map((message) => parkedMessage.parse(message).event.id);
}

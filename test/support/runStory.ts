/** Plays a story through the registered handlers, with the router and the clock replaced. */
import { HttpRequest, InvocationContext } from '@azure/functions';
import * as z from 'zod';
import routing from '../../routing.json' with { type: 'json' };
import { automation } from '../../src/automation/rules.ts';
import { replaceApp } from '../../src/composition.ts';
import { typeOf } from '../../src/events/eventType.ts';
import { kindsOf, type Reaction, reactions } from '../../src/handling/reactions.ts';
import type { ParkedEvent } from '../../src/parking/parkedEvent.ts';
import { fakeClock } from './fakeClock.ts';
import { fakeJobRouter } from './fakeJobRouter.ts';
import * as functions from './registeredFunctions.ts';
import { rawEvent, type Story, type StoryEvent } from './story.ts';
import { testApp } from './testApp.ts';

type Told = Readonly<Story['then']>;

export async function runStory(story: Story): Promise<Told> {
  const clock = fakeClock(story.now);
  const router = fakeJobRouter(story.given.router, clock);
  const { rules, automatedWorkers } = automation.parse(routing.automation);
  const inForce = {
    rules: story.given.rules ?? rules,
    automatedWorkers: story.given.automatedWorkers ?? automatedWorkers,
  };
  const app = testApp({ automation: async () => inForce, router, clock });
  const restore = replaceApp(app);
  try {
    return {
      ...(await play(story)),
      calls: [...router.calls],
      parked: app.parkedEvents.map(idOf),
      waits: [...clock.waits],
    };
  } finally {
    restore();
  }
}

async function play({ via, events }: Story): Promise<Pick<Told, 'outcomes' | 'answers'>> {
  const outcomes: string[] = [];
  const answers: string[] = [];
  const context = new InvocationContext({ logHandler: (_level, line) => outcomes.push(outcomeIn(line)) });
  const deliver = via === 'triggers' ? deliverToFunction : deliverToWebhook;
  for (const delivery of via === 'batch' ? [events] : events.map((event) => [event])) {
    answers.push(await deliver(delivery, context));
  }
  return { outcomes, answers };
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

const identified = z.object({ id: z.string().default('?') }).catch({ id: '?' });

const idOf = ({ event }: ParkedEvent): string => identified.parse(event).id;

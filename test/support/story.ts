/**
 * A story: events in, calls and outcomes out. Written as data, so that somebody who does not write code can
 * read one and add one.
 */
import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { readStoryEvent, storyEvent as replayedEvent } from '../../emulator/replay/storyEvents.ts';
import { automatedWorkers, automationRule } from '../../src/automation/rules.ts';
import { routerState } from './fakeJobRouter.ts';

const storyEvent = replayedEvent.extend({
  to: z.enum(['acceptOffer', 'completeJob', 'closeJob', 'tidyJob', 'rescueJob', 'restoreWorker']).optional(),
});
export type StoryEvent = z.infer<typeof storyEvent>;

export const story = z.strictObject({
  /** What happens, as a sentence. */
  story: z.string().min(1),
  /** Captured, copied or written by hand: where the events come from and why the story is told. */
  provenance: z.string().min(1),
  /** The time by the app's clock when the first event arrives. */
  now: z.iso.datetime().default('2026-03-02T09:00:01Z'),
  given: z
    .strictObject({
      /** By default those of routing.json. */
      rules: z.array(automationRule).optional(),
      automatedWorkers: z.array(automatedWorkers).optional(),
      router: routerState.prefault({}),
    })
    .prefault({}),
  events: z.array(storyEvent).min(1),
  /** `triggers`: one function per type. `webhook`: one request per event. `batch`: all events in one request. */
  via: z.enum(['triggers', 'webhook', 'batch']),
  // biome-ignore lint/suspicious/noThenProperty: a story reads given, events, then; it is never awaited.
  then: z.strictObject({
    /** Every call to the router, in order. */
    calls: z.array(z.string()),
    /** The outcome of every event and why, in order. */
    outcomes: z.array(z.string()),
    /** What Event Grid hears: `acknowledged` or `again` from a function, a status from the webhook. */
    answers: z.array(z.string()),
    /** Ids of the events that were parked; an event without one counts as `?`. */
    parked: z.array(z.string()).default([]),
    /** Seconds waited inside deliveries, per wait. */
    waits: z.array(z.number()).default([]),
  }),
});
export type Story = z.infer<typeof story>;

/** The story in a file. A member it does not know makes it fail, so that no expectation goes unread. */
export const readStory = (file: URL): Story => story.parse(JSON.parse(readFileSync(file, 'utf8')));

const fixtures = new URL('../fixtures/events/', import.meta.url);

/** The raw event, whole, with the story's stated difference. */
export const rawEvent = (event: StoryEvent): unknown => readStoryEvent(event, fixtures);

/** Events made by hand: of any type the router publishes, whether or not anything happened. */
import type { Instant } from '../clock/instant.ts';
import type { Fact } from '../router/engine/facts.ts';
import { eventTypeOf, wholeEventType } from './eventTypes.ts';
import { type EventObject, type EventValue, type RouterEvent, routerEventOf } from './routerEvents.ts';
import { sampleStory } from './sampleFacts.ts';

export interface EventOverrides {
  /** Follows from the data when absent. */
  readonly subject?: string;
  /** Replaces members of the data, or adds some; one that is undefined is left out of the event. */
  readonly data?: { readonly [member: string]: EventValue | undefined };
}

/**
 * A sensible event of the given type, short (`RouterJobClosed`) or whole, as if it happened at `at`; undefined for a
 * type that Job Router does not have.
 */
export function sampleEvent(
  type: string,
  at: Instant,
  overrides: EventOverrides = {},
): RouterEvent | undefined {
  const facts: readonly Fact[] = Object.values(sampleStory(at).facts);
  const fact = facts.find((candidate) => eventTypeOf(candidate.type) === wholeEventType(type));
  if (!fact) return undefined;
  const event = routerEventOf(fact);
  const data = withMembers(event.data, overrides.data ?? {});
  return { ...event, subject: overrides.subject ?? subjectFollowing(event.subject, data), data };
}

function withMembers(data: EventObject, members: NonNullable<EventOverrides['data']>): EventObject {
  const merged = Object.entries<EventValue | undefined>({ ...data, ...members });
  return Object.fromEntries(
    merged.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])),
  );
}

/** The member of the data that stands behind each word of a subject. */
const MEMBER_OF: Readonly<Record<string, string>> = {
  job: 'jobId',
  worker: 'workerId',
  channel: 'channelId',
  queue: 'queueId',
  assignment: 'assignmentId',
  disposition: 'dispositionCode',
  classificationpolicy: 'classificationPolicyId',
  exceptionrule: 'ruleKey',
};

/** `job/job-1/channel/voice` with the ids that the data has. */
function subjectFollowing(subject: string, data: EventObject): string {
  return subject.replace(/([^/]+)\/([^/]+)/g, (pair, word: string) => {
    const value = data[MEMBER_OF[word] ?? ''];
    return typeof value === 'string' ? `${word}/${value}` : pair;
  });
}

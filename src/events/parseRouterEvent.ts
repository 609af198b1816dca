import type * as z from 'zod';
import { dottedPath } from '../input/inputProblems.ts';
import { type EnvelopeHead, readEnvelope } from './envelope.ts';
import { isRouterType, kindOf, shortType } from './eventType.ts';
import { type RouterEvent, routerEvent } from './routerEvent.ts';

/** What a delivered event is to this app. */
export type ParsedEvent =
  | { readonly kind: 'router'; readonly head: EnvelopeHead; readonly event: RouterEvent }
  /** A sound event of a type that the app does not know: a new one of the router, or one of another service. */
  | { readonly kind: 'other'; readonly head: EnvelopeHead; readonly reason: string }
  /** The head where at least that could be read. */
  | { readonly kind: 'unreadable'; readonly head?: EnvelopeHead; readonly reason: string };

/** Makes of a raw event, in either schema, one of the events of Job Router, or says why it is none. */
export function parseRouterEvent(raw: unknown): ParsedEvent {
  const envelope = readEnvelope(raw);
  if (!envelope.success) return { kind: 'unreadable', reason: `not an event: ${problemsOf(envelope.error)}` };
  const { head, data } = envelope.data;
  const kind = kindOf(head.type);
  if (kind === undefined) return { kind: 'other', head, reason: whyNotKnown(head.type) };
  const event = routerEvent.safeParse({ kind, eventId: head.id, eventTime: head.time, data });
  if (event.success) return { kind: 'router', head, event: event.data };
  const reason = `not a readable ${shortType(head.type)}: ${problemsOf(event.error)}`;
  return { kind: 'unreadable', head, reason };
}

function whyNotKnown(type: string): string {
  return isRouterType(type)
    ? `${shortType(type)} asks nothing of this app`
    : `${type} is not an event of Job Router`;
}

function problemsOf({ issues }: z.ZodError): string {
  return issues
    .map(({ path, message }) => `${path.length === 0 ? 'the event' : dottedPath(path)}: ${message}`)
    .join('; ');
}

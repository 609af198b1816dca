import type * as z from 'zod';
import { dottedPath } from '../input/inputProblems.ts';
import { readEnvelope } from './envelope.ts';
import { isRouterType, kindOf, shortType } from './eventType.ts';
import { type RouterEvent, routerEvent } from './routerEvent.ts';

/** What a delivered event is to this app. */
export type ParsedEvent =
  | { readonly kind: 'router'; readonly event: RouterEvent }
  /** A sound event that asks nothing of this app: another Router event, a new one, or another service's. */
  | { readonly kind: 'other'; readonly type: string; readonly id: string; readonly reason: string }
  /** Type and id as far as they could be read. */
  | { readonly kind: 'unreadable'; readonly type?: string; readonly id?: string; readonly reason: string };

/** Makes of a raw event, in either schema, one of the events the app acts on, or says why it is none. */
export function parseRouterEvent(raw: unknown): ParsedEvent {
  const envelope = readEnvelope(raw);
  if (!envelope.success) return { kind: 'unreadable', reason: `not an event: ${problemsOf(envelope.error)}` };
  const { id, type, time, data } = envelope.data;
  const kind = kindOf(type);
  if (kind === undefined) return { kind: 'other', type, id, reason: whyNotOurs(type) };
  const event = routerEvent.safeParse({ kind, eventId: id, eventTime: time, data });
  if (event.success) return { kind: 'router', event: event.data };
  return {
    kind: 'unreadable',
    type,
    id,
    reason: `not a readable ${shortType(type)}: ${problemsOf(event.error)}`,
  };
}

function whyNotOurs(type: string): string {
  return isRouterType(type)
    ? `${shortType(type)} asks nothing of this app`
    : `${type} is not an event of Job Router`;
}

function problemsOf({ issues }: z.ZodError): string {
  return issues
    .map(({ path, message }) => (path.length === 0 ? message : `${dottedPath(path)}: ${message}`))
    .join('; ');
}

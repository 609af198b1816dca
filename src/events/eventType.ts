/** The names of event types: in full as Event Grid knows them, and short as logs and reasons say them. */
import { type RouterEventKind, routerEvent } from './routerEvent.ts';

const servicePrefix = 'Microsoft.Communication.';
const routerPrefix = `${servicePrefix}Router`;

const kinds: ReadonlyMap<string, RouterEventKind> = new Map(
  routerEvent.options.map(({ shape }) => [typeOf(shape.kind.value), shape.kind.value]),
);

/** The full type under which Event Grid knows an event. */
export function typeOf(kind: RouterEventKind): string {
  return `${routerPrefix}${kind}`;
}

/** Which of the events we act on a full type names, if it names one. Types are compared to the letter. */
export const kindOf = (type: string): RouterEventKind | undefined => kinds.get(type);

/** Whether a short type names an event we act on. */
export const isKnownType = (short: string): boolean => kinds.has(`${servicePrefix}${short}`);

/** Whether a full type is one of Job Router's, known to us or not. */
export const isRouterType = (type: string): boolean => type.startsWith(routerPrefix);

/** `RouterJobClosed`; a type of another service keeps its full name. */
export const shortType = (type: string): string =>
  isRouterType(type) ? type.slice(servicePrefix.length) : type;

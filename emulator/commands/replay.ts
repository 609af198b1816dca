import { eventSubscriptions } from '../app.ts';
import { colors } from '../colors.ts';
import { outcomeOf, type Send, type SendOutcome } from '../eventGrid/send.ts';
import { createHttpSender } from '../eventGrid/sender.ts';
import { type ReplayDelivery, readDeliveries } from '../replay/readDeliveries.ts';
import { type ReplayTarget, replayRequest } from '../replay/replayRequest.ts';

export interface ReplayOptions {
  readonly url: string;
  readonly function?: string;
  readonly webhook: boolean;
  readonly code?: string;
  /** Prints the answers as JSON, once they are all there. */
  readonly json?: boolean;
}

/** What became of one event. */
type Replayed = { readonly event: string } & (
  | { readonly verdict: 'not sent'; readonly detail: string }
  | {
      readonly verdict: 'acknowledged' | 'refused';
      readonly to: string;
      /** Absent where nobody answered. */
      readonly status?: number;
      readonly detail: string;
    }
);

/**
 * Posts events to a running Functions host, one after the other and once each, and reports every answer. Ends
 * with 1 when one was not acknowledged.
 */
export async function replay(path: string, { json = false, ...options }: ReplayOptions): Promise<number> {
  const deliveries = await readDeliveries(path);
  const target: ReplayTarget = {
    url: options.url,
    functionName: options.function,
    webhook: options.webhook,
    code: options.code,
    subscriptions: await eventSubscriptions(),
  };
  const sender = createHttpSender();
  const replayed: Replayed[] = [];
  try {
    for (const delivery of deliveries) {
      const one = await deliver(delivery, target, sender.send);
      if (!json) console.log(lineOf(one));
      replayed.push(one);
    }
  } finally {
    await sender.close();
  }
  console.log(json ? JSON.stringify(replayed, undefined, 2) : `\n${summaryOf(replayed)}`);
  return count(replayed, 'refused') === 0 && count(replayed, 'acknowledged') > 0 ? 0 : 1;
}

async function deliver(delivery: ReplayDelivery, target: ReplayTarget, send: Send): Promise<Replayed> {
  const event = delivery.name;
  const addressed = replayRequest(delivery, target);
  if ('notSent' in addressed) return { event, verdict: 'not sent', detail: addressed.notSent };
  const outcome = await outcomeOf(send, addressed.request);
  const verdict = isAcknowledged(outcome) ? 'acknowledged' : 'refused';
  return outcome.kind === 'answered'
    ? { event, verdict, to: addressed.to, status: outcome.answer.status, detail: outcome.answer.body }
    : { event, verdict, to: addressed.to, detail: outcome.message };
}

/** The statuses Event Grid takes for success. */
const isAcknowledged = (outcome: SendOutcome) =>
  outcome.kind === 'answered' && outcome.answer.status >= 200 && outcome.answer.status <= 204;

function lineOf(replayed: Replayed): string {
  const { event, detail } = replayed;
  if (replayed.verdict === 'not sent') return `  ${colors.yellow('---')}  ${event}  ${detail}`;
  const paint = replayed.verdict === 'acknowledged' ? colors.green : colors.red;
  return `  ${paint(String(replayed.status ?? '---'))}  ${event} -> ${replayed.to}${detail && `  ${detail}`}`;
}

const count = (replayed: readonly Replayed[], wanted: Replayed['verdict']): number =>
  replayed.filter(({ verdict }) => verdict === wanted).length;

const summaryOf = (replayed: readonly Replayed[]): string =>
  `${replayed.length} deliveries: ${count(replayed, 'acknowledged')} acknowledged, ` +
  `${count(replayed, 'refused')} not acknowledged, ${count(replayed, 'not sent')} not sent`;

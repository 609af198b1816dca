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
}

/**
 * Posts events to a running Functions host, one after the other and once each, and reports every answer. Ends
 * with 1 when one was not acknowledged.
 */
export async function replay(path: string, options: ReplayOptions): Promise<number> {
  const deliveries = await readDeliveries(path);
  const target: ReplayTarget = {
    url: options.url,
    functionName: options.function,
    webhook: options.webhook,
    code: options.code,
    subscriptions: await eventSubscriptions(),
  };
  const sender = createHttpSender();
  const tally: Record<Verdict, number> = { acknowledged: 0, refused: 0, 'not sent': 0 };
  try {
    for (const delivery of deliveries) tally[await deliver(delivery, target, sender.send)] += 1;
  } finally {
    await sender.close();
  }
  console.log(
    `\n${deliveries.length} deliveries: ${tally.acknowledged} acknowledged, ${tally.refused} not acknowledged, ` +
      `${tally['not sent']} not sent`,
  );
  return tally.refused === 0 && tally.acknowledged > 0 ? 0 : 1;
}

type Verdict = 'acknowledged' | 'refused' | 'not sent';

async function deliver(delivery: ReplayDelivery, target: ReplayTarget, send: Send): Promise<Verdict> {
  const addressed = replayRequest(delivery, target);
  if ('notSent' in addressed) {
    console.log(`  ${colors.yellow('---')}  ${delivery.name}  ${addressed.notSent}`);
    return 'not sent';
  }
  const outcome = await outcomeOf(send, addressed.request);
  const acknowledged = isAcknowledged(outcome);
  const paint = acknowledged ? colors.green : colors.red;
  const { code, detail } = describe(outcome);
  console.log(`  ${paint(code)}  ${delivery.name} -> ${addressed.to}${detail && `  ${detail}`}`);
  return acknowledged ? 'acknowledged' : 'refused';
}

/** The statuses Event Grid takes for success. */
const isAcknowledged = (outcome: SendOutcome) =>
  outcome.kind === 'answered' && outcome.answer.status >= 200 && outcome.answer.status <= 204;

function describe(outcome: SendOutcome): { readonly code: string; readonly detail: string } {
  return outcome.kind === 'answered'
    ? { code: String(outcome.answer.status), detail: outcome.answer.body }
    : { code: '---', detail: outcome.message };
}

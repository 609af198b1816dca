import type { Clock } from '../clock.ts';
import type { MessageQueue } from '../storage/messageQueue.ts';
import type { Deferrals } from './deferral.ts';
import { deferralText } from './deferralMessage.ts';

/** The queue's name, which `resumeDeferredWork` is bound to. */
export const DEFERRED_WORK = 'deferred-work';

/** Keeps deferrals as messages that stay hidden until their time. */
export const storageDeferrals = (queue: MessageQueue, clock: Clock): Deferrals => ({
  async put(deferral, notBefore) {
    const text = deferralText(deferral);
    if (text === undefined) {
      return { kind: 'tooLarge', message: 'the event is too large for a queue message, compressed too' };
    }
    const delaySeconds = (notBefore.getTime() - clock.now().getTime()) / 1000;
    const put = await queue.put(text, delaySeconds);
    return put.kind === 'ok' ? { kind: 'kept' } : put;
  },
});

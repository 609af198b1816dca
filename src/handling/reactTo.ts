import type { EventGridHandler } from '@azure/functions';
import { getApp } from '../composition.ts';
import { isAcknowledged } from '../outcome.ts';
import { handleOrPark } from './handleOrPark.ts';
import { logTo } from './logTo.ts';
import { MustRetryError } from './mustRetryError.ts';
import { parkedEvents } from './parkedEvents.ts';
import type { Reaction } from './reactions.ts';

/**
 * The handler of an Event Grid function: hands the event over and answers in the one way such a function can,
 * by returning or by throwing. It throws when the event must come again: on `mustRetry`, and when the app
 * cannot be built because a setting is wrong, so that nothing is lost until it is mended.
 */
export const reactTo =
  (reaction: Reaction): EventGridHandler<unknown> =>
  async (event, context) => {
    const app = await getApp();
    const outcome = await handleOrPark(event, {
      functionName: reaction,
      app,
      log: logTo(context),
      leaveToHost: (text) => context.extraOutputs.set(parkedEvents, text),
    });
    if (!isAcknowledged(outcome)) throw new MustRetryError(outcome);
  };

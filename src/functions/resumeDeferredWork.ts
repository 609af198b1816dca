import { app, type StorageQueueHandler } from '@azure/functions';
import { getApp } from '../composition.ts';
import { settleDeferral } from '../deferral/settleDeferral.ts';
import { DEFERRED_WORK } from '../deferral/storageDeferrals.ts';
import { logTo } from '../handling/logTo.ts';
import { parkedEvents } from '../handling/parkedEvents.ts';

/**
 * Wakes on a message of the queue `deferred-work`, at its time: completes the assignment, asks for the work, or handles
 * the event that was put off. Where that must be tried again it puts the message off anew and ends in success, so that
 * the host's own count of attempts stays for the app that cannot be built or a storage that cannot be written.
 */
export const resumeDeferredWork: StorageQueueHandler = async (message, context) =>
  settleDeferral(message, {
    app: await getApp(),
    log: logTo(context),
    leaveToHost: (text) => context.extraOutputs.set(parkedEvents, text),
  });

app.storageQueue('resumeDeferredWork', {
  queueName: DEFERRED_WORK,
  connection: 'AzureWebJobsStorage',
  extraOutputs: [parkedEvents],
  handler: resumeDeferredWork,
});

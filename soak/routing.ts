/** What the soak has the router hold: two channels, whose jobs end in the two ways a rule knows. */

/** Jobs of this channel are deleted when they are closed. */
export const DELETED_CHANNEL = 'voice';
/** Jobs of this channel stay, so that they may be submitted again under fire. */
export const KEPT_CHANNEL = 'chat';

const CAPACITY = 5;
const CHANNELS = [DELETED_CHANNEL, KEPT_CHANNEL];

const rule = (channel: string, isDeleted: boolean) => ({
  name: channel,
  when: { channel },
  accept: 'auto',
  complete: 'onAccept',
  close: { dispositionCode: 'Resolved' },
  delete: isDeleted,
});

/** The rules by which every job comes to its end and every worker back on duty. */
export const automation = {
  rules: [rule(DELETED_CHANNEL, true), rule(KEPT_CHANNEL, false)],
  automatedWorkers: [{ name: 'machines', workerLabels: { Machine: true }, backOffSeconds: 1, perHour: 60 }],
};

/** One queue and so many workers, available or not yet. */
export const routingDocument = (workers: number, availableForOffers: boolean) => ({
  distributionPolicies: [{ id: 'policy', offerExpiresAfterSeconds: 60, mode: { kind: 'longestIdle' } }],
  queues: [{ id: 'queue', distributionPolicyId: 'policy' }],
  workers: Array.from({ length: workers }, (_, index) => ({
    id: `worker-${index + 1}`,
    capacity: CAPACITY,
    queues: ['queue'],
    labels: { Machine: true },
    channels: CHANNELS.map((channelId) => ({ channelId, capacityCostPerJob: 1 })),
    availableForOffers,
  })),
});

/** A job by its number: even ones are kept, odd ones deleted. */
export const jobNumber = (number: number) => ({
  id: `job-${number}`,
  channelId: number % 2 === 0 ? KEPT_CHANNEL : DELETED_CHANNEL,
  queueId: 'queue',
});

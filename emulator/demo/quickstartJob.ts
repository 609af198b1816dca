/** The job of Microsoft's quickstart, under the id the caller gives it. */
export const quickstartJob = (id: string) => ({
  id,
  channelId: 'voice',
  queueId: 'queue-1',
  priority: 1,
  requestedWorkerSelectors: [{ key: 'Some-Skill', labelOperator: 'greaterThan' as const, value: 10 }],
});

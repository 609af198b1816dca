import { queue, queueStatistics } from '../../src/jobRouter/wire.ts';

/** A queue, and how it goes in it. */
export const shownQueue = queue
  .extend({
    statistics: queueStatistics
      .omit({ queueId: true })
      .describe('How much waits. Estimates are in minutes, by priority; without history there are none.'),
  })
  .meta({ id: 'ShownQueue' });

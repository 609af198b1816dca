import { resendRequest } from '../../src/http/parkedEvents.ts';
import { parkedList, resentList } from '../answers/parkedEvents.ts';
import { json, type Operation } from '../operation.ts';

/** Of the queue `parked-events`. */
export const parkedEventOperations: Readonly<Record<string, Operation>> = {
  listParkedEvents: {
    tag: 'Parked events',
    summary: 'Show what is parked',
    description:
      'The oldest events that no repetition will mend, whole and with the reason. They stay where they are.',
    answers: { 200: json('What is parked.', parkedList) },
    asks: 'storage',
  },
  resendParkedEvents: {
    tag: 'Parked events',
    summary: 'Have parked events handled once more',
    description: 'Takes up the oldest ones, and says what became of each. One that fails again stays parked.',
    body: {
      content: { 'application/json': { schema: resendRequest, example: { limit: 10 } } },
      required: false,
    },
    answers: { 200: json('What became of each.', resentList) },
    asks: 'storage',
  },
};

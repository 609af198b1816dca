import { secondsAfter } from '../../../emulator/clock/instant.ts';
import type { Send } from '../../../emulator/eventGrid/send.ts';
import type { SimulatedTime } from './simulatedTime.ts';

type Request = Parameters<Send>[0];
type Answer = Awaited<ReturnType<Send>>;

interface Waiting {
  readonly request: Request;
  readonly answered: PromiseWithResolvers<Answer>;
}

/** Lets events wait for others for a second, and sends them as one request, at most `most` of them. */
export function inBatches(send: Send, most: number, { emulator }: SimulatedTime): Send {
  let waiting: Waiting[] = [];

  async function leave(): Promise<void> {
    const batch = waiting.splice(0, most);
    const [first] = batch;
    if (first === undefined) return;
    if (waiting.length > 0) void leave();
    const events = batch.flatMap(({ request }) => JSON.parse(request.body ?? '[]'));
    const answer = send({ ...first.request, body: JSON.stringify(events) });
    for (const { answered } of batch) answered.resolve(answer);
  }

  return (request) => {
    if (request.headers['aeg-event-type'] !== 'Notification') return send(request);
    const answered = Promise.withResolvers<Answer>();
    waiting = [...waiting, { request, answered }];
    if (waiting.length === 1) emulator.at(secondsAfter(emulator.now(), 1), leave);
    return answered.promise;
  };
}

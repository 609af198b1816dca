/** `job-router workers set`. */
import { idFrom, type WorkerId } from '../../src/jobRouter/ids.ts';
import type { WorkerUpdate } from '../../src/jobRouter/jobRouter.ts';
import type { ConnectionOptions } from '../connection/connectionOptions.ts';
import { openRouter } from '../connection/openRouter.ts';
import { needed } from '../connection/routerFailure.ts';
import { CommandFailed } from '../terminal/commandFailed.ts';
import type { Pair } from '../terminal/optionValues.ts';
import { sayJson } from '../terminal/say.ts';
import { showWorker } from './workers.ts';

interface SetOptions extends ConnectionOptions {
  readonly available?: boolean;
  readonly unavailable?: boolean;
  readonly capacity?: number;
  readonly label?: readonly Pair[];
  readonly removeLabel?: readonly string[];
}

/** Changes a worker, and shows it. Its ETag keeps a misspelt id from becoming a new worker. */
export async function setWorker(id: string, options: SetOptions): Promise<number> {
  const update = updateIn(options);
  if (Object.keys(update).length === 0) {
    throw new CommandFailed({
      message: 'Nothing is to be changed.',
      fix: 'give --available, --unavailable, --capacity, --label or --remove-label',
    });
  }
  const { router } = await openRouter(options);
  const workerId = idFrom<WorkerId>(id);
  const { etag } = needed(await router.getWorker(workerId), `worker ${id}`);
  const condition = etag === undefined ? {} : { ifMatch: etag };
  const worker = needed(await router.updateWorker(workerId, update, condition), `worker ${id}`);
  if (options.json) sayJson(worker);
  else showWorker(worker);
  return 0;
}

function updateIn({
  available,
  unavailable,
  capacity,
  label = [],
  removeLabel = [],
}: SetOptions): WorkerUpdate {
  const labels = Object.fromEntries([...label, ...removeLabel.map((name) => [name, null] as const)]);
  return {
    ...(available && { availableForOffers: true }),
    ...(unavailable && { availableForOffers: false }),
    ...(capacity !== undefined && { capacity }),
    ...(Object.keys(labels).length > 0 && { labels }),
  };
}

import type { JobRouter, Page } from '../src/jobRouter/jobRouter.ts';
import type { Worker } from '../src/jobRouter/wire.ts';

/** Every worker that is not as it was at the beginning: on duty, and with nothing on its hands. */
export async function busyWorkers(router: JobRouter): Promise<readonly string[]> {
  const found: string[] = [];
  let next: string | undefined;
  do {
    const page: Page<Worker> = await pageOf(router, next);
    found.push(...page.items.flatMap(wrongWith));
    next = page.next;
  } while (next !== undefined);
  return found;
}

async function pageOf(router: JobRouter, next: string | undefined): Promise<Page<Worker>> {
  const answer = await router.listWorkers({ state: 'all' }, next);
  if (answer.kind === 'ok') return answer.value;
  throw new Error(`The workers could not be listed: ${answer.message}`);
}

function wrongWith({ id, state, loadRatio = 0, offers = [], assignedJobs = [] }: Worker): string[] {
  const wrong = [
    loadRatio !== 0 && `load ${loadRatio}`,
    offers.length > 0 && `${offers.length} offers`,
    assignedJobs.length > 0 && `${assignedJobs.length} assigned jobs`,
    state !== 'active' && `${state}`,
  ].filter((what) => what !== false);
  return wrong.length === 0 ? [] : [`${id}: ${wrong.join(', ')}`];
}

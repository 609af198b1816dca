import { InvocationContext } from '@azure/functions';
import { afterEach, expect, it } from 'vitest';
import { automation } from '../../../../src/automation/rules.ts';
import { replaceApp } from '../../../../src/composition.ts';
import type { Unavailable } from '../../../../src/jobRouter/answer.ts';
import { createMemoryJobRouter } from '../../../support/memoryJobRouter.ts';
import { reconcileJobs, registered } from '../../../support/registeredFunctions.ts';
import { testApp } from '../../../support/testApp.ts';

let restore = () => {};
afterEach(() => restore());

const at = '2026-03-02T09:01:00Z';
const timer = {
  isPastDue: false,
  schedule: { adjustForDST: true },
  scheduleStatus: { last: at, next: at, lastUpdated: at },
};
const away: Unavailable = { kind: 'unavailable', status: 503, message: 'Down' };

/** What one run logs, with its levels. */
async function logged(
  jobs: readonly object[],
  failures: Record<string, Unavailable> = {},
): Promise<string[]> {
  const memory = createMemoryJobRouter(failures);
  for (const [index, job] of jobs.entries()) memory.jobs.set(`${index}`, { id: `job-${index}`, ...job });
  const rules = automation.parse({ rules: [{ name: 'all', delete: true }] });
  restore = replaceApp(testApp({ router: memory.router, automation: async () => rules }));
  const lines: string[] = [];
  const context = new InvocationContext({ logHandler: (level, line) => lines.push(`${level} ${line}`) });
  await reconcileJobs.reconcileJobs(timer, context);
  return lines;
}

it('is woken twice a minute unless a setting says otherwise', () => {
  const bindings = registered.find(({ metadata }) => metadata.name === 'reconcileJobs')?.metadata.bindings;
  expect(Object.values(bindings ?? {})).toEqual([
    expect.objectContaining({ type: 'timerTrigger', schedule: '*/30 * * * * *' }),
  ]);
});

it('logs a line for what was done, and one for the run', async () => {
  expect(await logged([{ status: 'cancelled' }])).toEqual([
    expect.stringMatching(/^information .*"did":"deleted job-0"/),
    expect.stringMatching(/^information .*"acted":1,/),
  ]);
});

it('tells of jobs that are stuck', async () => {
  expect(await logged([{ status: 'scheduleFailed' }])).toEqual([
    expect.stringMatching(/^information .*"stuck":1,/),
  ]);
});

it('keeps quiet where nothing was found', async () => {
  expect(await logged([{ status: 'queued' }])).toEqual([expect.stringMatching(/^debug .*"acted":0,/)]);
});

it('warns and does not fail while the router is away', async () => {
  expect(await logged([], { 'list jobs': away })).toEqual([
    expect.stringMatching(/^warning .*"stopped":"the router did not list .*: Down"/),
  ]);
});

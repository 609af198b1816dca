import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type Handling, handleRouterEvent } from '../../../../src/handleRouterEvent.ts';
import { healthEndpoint } from '../../../../src/http/health.ts';
import { ruleBookFrom } from '../../../../src/ruleBook/ruleBookFrom.ts';
import { startAnsweringServer } from '../../../support/answeringServer.ts';
import { askEndpoint } from '../../../support/askEndpoint.ts';
import { fakeClock } from '../../../support/fakeClock.ts';
import { fakeJobRouter } from '../../../support/fakeJobRouter.ts';
import { createMemoryJobRouter } from '../../../support/memoryJobRouter.ts';
import { rawEvent } from '../../../support/story.ts';
import { testApp } from '../../../support/testApp.ts';

const offer = rawEvent({ event: 'RouterWorkerOfferIssued/voice.json' });
const rules = (accept: string) => JSON.stringify({ automation: { rules: [{ name: 'it', accept }] } });

/** What becomes of an offer under the rules of `source`, as they are by then. */
function running(source: Parameters<typeof ruleBookFrom>[0]) {
  const clock = fakeClock('2026-03-02T09:00:01Z');
  const reports: string[] = [];
  const report = (problem: string) => reports.push(problem);
  const book = ruleBookFrom(source, { clock, clientId: undefined, report });
  const parts = { automation: book.automation, rulesProblem: book.problem, clock };
  const handle = async () => {
    const app = testApp({ ...parts, router: fakeJobRouter({}, clock) });
    const handling: Handling = { functionName: 'acceptOffer', app, log: () => undefined };
    return handleRouterEvent(offer, handling);
  };
  const health = () => askEndpoint(healthEndpoint, { ...parts, router: createMemoryJobRouter().router });
  return { handle, health, reports, pass: (seconds: number) => clock.wait(seconds * 1000) };
}

it('a file that is written anew under a running app changes what it does', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'reload-'));
  const path = join(folder, 'rules.json');
  try {
    await writeFile(path, rules('auto'));
    const { handle, health, reports, pass } = running({ kind: 'file', path });
    expect(await handle()).toEqual({ kind: 'done' });

    await writeFile(path, rules('never'));
    await pass(1);
    expect(await handle()).toEqual({ kind: 'ignored', reason: 'rule "it" leaves offers to people' });

    await writeFile(path, rules('always'));
    await pass(1);
    expect(await handle()).toMatchObject({ kind: 'ignored' });
    expect(reports).toEqual([expect.stringContaining('automation.rules[0].accept')]);
    expect(await health()).toMatchObject({
      status: 200,
      jsonBody: { status: 'degraded', rulesProblem: { problem: expect.stringContaining('accept') } },
    });

    await writeFile(path, rules('shadow'));
    await pass(1);
    expect(await handle()).toEqual({ kind: 'ignored', reason: 'rule "it" is in shadow' });
    expect(await health()).toMatchObject({ jsonBody: { status: 'healthy' } });
  } finally {
    await rm(folder, { recursive: true });
  }
});

it('no event is decided about before the rules could be read once, and none is lost', async () => {
  let status = 503;
  await using server = await startAnsweringServer(() => ({ status, body: rules('auto') }));
  const { handle, health, pass } = running({ kind: 'url', url: server.connection.endpoint });
  expect(await handle()).toMatchObject({
    kind: 'mustRetry',
    cause: expect.stringContaining('the rules are not known: the document at http://127.0.0.1'),
  });
  expect(await health()).toMatchObject({ status: 503 });
  status = 200;
  await pass(1);
  expect(await handle()).toEqual({ kind: 'done' });
});

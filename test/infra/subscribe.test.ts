import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const script = fileURLToPath(new URL('../../infra/scripts/subscribe.ts', import.meta.url));
const fakeAz = fileURLToPath(new URL('../support/fakeAz.ts', import.meta.url));

const appId = '/subscriptions/s-1/resourceGroups/rg-app/providers/Microsoft.Web/sites/func-1';
const environment = {
  FUNCTION_APP_ID: appId,
  FUNCTION_APP_URL: 'https://func-1.azurewebsites.net',
  STORAGE_ACCOUNT_ID:
    '/subscriptions/s-1/resourceGroups/rg-app/providers/Microsoft.Storage/storageAccounts/st1',
  SYSTEM_TOPIC_NAME: 'acs-events',
  SYSTEM_TOPIC_RESOURCE_GROUP: 'rg-acs',
  SYSTEM_TOPIC_SUBSCRIPTION_ID: 's-1',
};
const byWebhook = { EVENT_DELIVERY: 'webhook', WEBHOOK_APPLICATION_ID: 'app-1', AZURE_TENANT_ID: 'tenant-1' };

const subscriptions = new URL('../../infra/eventSubscriptions.json', import.meta.url);
const names = Object.keys(JSON.parse(readFileSync(subscriptions, 'utf8')));
const butFor = (...some: string[]) => names.filter((name) => !some.includes(name)).join(', ');
const functions = (...all: string[]) => ({ value: all.map((name) => ({ name: `func-1/${name}` })) });
const deployed = (...all: string[]) => ({ properties: { outputs: { subscriptions: { value: all } } } });
const listed = (...all: string[]) => ({ value: all.map((name) => ({ name })) });

const signedIn = { when: 'account show', answers: [{ prints: {} }] };
const allAppeared = {
  when: '/functions?',
  answers: [{ prints: functions(...names, 'receiveRouterEvents') }],
};
const accepted = { when: 'deployment group create', answers: [{ prints: deployed('func-1-acceptOffer') }] };
const nothingStale = {
  when: 'get --url /subscriptions/s-1/resourceGroups/rg-acs',
  answers: [{ prints: listed() }],
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'subscribe-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

interface Call {
  readonly line: string;
  readonly webhookUrl?: string;
}

/** Runs the script as azd does, with the fake in place of az. */
async function subscribe(answers: readonly object[], changed: Record<string, string> = {}, withAz = true) {
  if (withAz) {
    writeFileSync(join(folder, 'answers.json'), JSON.stringify(answers));
    writeFileSync(join(folder, 'az'), `#!/bin/sh\nexec "${process.execPath}" "${fakeAz}" "$@"\n`);
    chmodSync(join(folder, 'az'), 0o755);
  }
  const child = spawn(
    process.execPath,
    [script, '--limit-seconds', '0.03', '--every-seconds', '0.01', '--pause-seconds', '0.01'],
    { env: { PATH: folder, FAKE_AZ: folder, ...environment, ...changed }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let printed = '';
  child.stdout.on('data', (data) => {
    printed += data;
  });
  child.stderr.on('data', (data) => {
    printed += data;
  });
  const code = await new Promise<number | null>((done) => child.on('close', done));
  const calls = join(folder, 'calls.jsonl');
  const made: Call[] = existsSync(calls)
    ? readFileSync(calls, 'utf8')
        .split('\n')
        .filter(Boolean)
        .map((text): Call => JSON.parse(text))
    : [];
  return { code, printed, calls: made };
}

const deployments = (calls: readonly Call[]) => calls.filter(({ line }) => line.startsWith('deployment'));

describe('subscribing', () => {
  it('deploys to the resource group of the system topic and prints what now exists', async () => {
    const { code, printed, calls } = await subscribe([signedIn, allAppeared, accepted, nothingStale]);

    expect(code, printed).toBe(0);
    expect(printed).toContain('subscribed  func-1-acceptOffer');
    expect(deployments(calls)[0]?.line).toContain('--resource-group rg-acs --subscription s-1');
  });

  it('waits until every function is there, telling which are not', async () => {
    const slowly = {
      when: '/functions?',
      answers: [
        { refuses: 'the app is starting' },
        { prints: functions('acceptOffer') },
        { prints: functions(...names) },
      ],
    };
    const { code, printed } = await subscribe([signedIn, slowly, accepted, nothingStale]);

    expect(code, printed).toBe(0);
    expect(printed).toContain(`waiting for ${butFor('acceptOffer')} to appear (2 of 3)`);
  });

  it('tries again while Event Grid cannot reach a young endpoint', async () => {
    const atSecond = {
      when: 'deployment group create',
      answers: [
        { refuses: 'The attempt to validate the provided endpoint failed' },
        { prints: deployed('func-1-tidyJob') },
      ],
    };
    const { code, printed, calls } = await subscribe([signedIn, allAppeared, atSecond, nothingStale]);

    expect(code, printed).toBe(0);
    expect(deployments(calls)).toHaveLength(2);
  });

  it('removes its own subscriptions that are no longer wanted, and nobody else’s', async () => {
    const found = {
      ...nothingStale,
      answers: [{ prints: listed('func-1-acceptOffer', 'func-1-oldName', 'somebody-else') }],
    };
    const removal = { when: '--method delete', answers: [{ prints: {} }] };
    const { code, printed, calls } = await subscribe([signedIn, allAppeared, accepted, removal, found]);

    expect(code, printed).toBe(0);
    const removed = calls.filter(({ line }) => line.includes('--method delete'));
    expect(removed.map(({ line }) => line)).toEqual([
      expect.stringContaining('/eventSubscriptions/func-1-oldName?'),
    ]);
  });

  it('may be run again, with the same calls', async () => {
    const answers = [signedIn, allAppeared, accepted, nothingStale];
    const first = await subscribe(answers);
    const second = await subscribe(answers);

    expect(second.code, second.printed).toBe(0);
    expect(second.calls.slice(first.calls.length)).toEqual(first.calls);
  });

  it('has the webhook called at its address, which a token opens and no key', async () => {
    const { code, printed, calls } = await subscribe(
      [signedIn, allAppeared, accepted, nothingStale],
      byWebhook,
    );

    expect(code, printed).toBe(0);
    expect(deployments(calls)[0]?.webhookUrl).toBe('https://func-1.azurewebsites.net/api/router-events');
  });

  it('tells where a router of one’s own has to deliver to', async () => {
    const { code, printed, calls } = await subscribe([], { SYSTEM_TOPIC_NAME: '' });

    expect(code, printed).toBe(0);
    expect(printed).toContain('https://func-1.azurewebsites.net/api/router-events');
    expect(calls).toEqual([]);
  });
});

describe('failing loudly', () => {
  it.each([
    {
      when: 'nobody is signed in',
      answers: [{ when: 'account show', answers: [{ refuses: "Please run 'az login' to setup account." }] }],
      says: ['az login', 'cannot use the subscription s-1'],
    },
    {
      when: 'a function never appears',
      answers: [
        signedIn,
        { when: '/functions?', answers: [{ prints: functions('acceptOffer', 'tidyJob') }] },
      ],
      says: [`does not show ${butFor('acceptOffer', 'tidyJob')}`, 'log stream'],
    },
    {
      when: 'Azure refuses for good',
      answers: [
        signedIn,
        allAppeared,
        {
          when: 'deployment group create',
          answers: [{ refuses: '(AuthorizationFailed) The client may not.' }],
        },
      ],
      says: ['AuthorizationFailed', 'EventGrid Contributor'],
    },
    {
      when: 'Event Grid never reaches the app',
      answers: [
        signedIn,
        allAppeared,
        { when: 'deployment group create', answers: [{ refuses: 'Destination endpoint not found' }] },
      ],
      says: ['Destination endpoint not found', 'npm run subscribe'],
    },
  ])('says what to do when $when', async ({ answers, says }) => {
    const { code, printed } = await subscribe(answers);

    expect(code).toBe(1);
    for (const part of ['The functions are not subscribed', 'What to do:', ...says]) {
      expect(printed).toContain(part);
    }
  });

  it('asks for an Entra application before it delivers by webhook', async () => {
    const { code, printed, calls } = await subscribe([], { EVENT_DELIVERY: 'webhook' });

    expect(code).toBe(1);
    expect(printed).toContain('WEBHOOK_APPLICATION_ID is not set');
    expect(calls).toEqual([]);
  });

  it('names every value the azd environment lacks', async () => {
    const { code, printed } = await subscribe([], { FUNCTION_APP_ID: 'nonsense', STORAGE_ACCOUNT_ID: '' });

    expect(code).toBe(1);
    expect(printed).toContain(
      'FUNCTION_APP_ID is not a resource id; STORAGE_ACCOUNT_ID is not a resource id',
    );
    expect(printed).toContain('azd provision');
  });

  it('says where to get Azure CLI when it is not installed', async () => {
    const { code, printed } = await subscribe([], {}, false);

    expect(code).toBe(1);
    expect(printed).toContain('https://aka.ms/install-azure-cli');
  });
});

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from '../../../src/config.ts';
import { ruleBookFrom } from '../../../src/ruleBook/ruleBookFrom.ts';
import { scheduleIn } from '../../../src/settings/scheduleSetting.ts';
import { fakeClock } from '../../support/fakeClock.ts';

const root = mkdtempSync(join(tmpdir(), 'config-'));
const places = { workingDirectory: join(root, 'work'), appRoot: join(root, 'app') };
const rules = (name: string) => JSON.stringify({ queues: [], automation: { rules: [{ name }] } });
for (const folder of Object.values(places)) mkdirSync(folder);
writeFileSync(join(places.appRoot, 'routing.json'), rules('of the app'));
writeFileSync(join(places.appRoot, 'both.json'), rules('of the app'));
writeFileSync(join(places.workingDirectory, 'both.json'), rules('of the work'));
writeFileSync(join(places.appRoot, 'broken.json'), '{ "automation": ');
writeFileSync(join(places.appRoot, 'rules.yaml'), '# rules\nautomation:\n  rules: [{ name: of YAML }]\n');
afterAll(() => rmSync(root, { recursive: true }));

const key = Buffer.from('a secret of the tests').toString('base64');
const connectionString = `endpoint=https://it.communication.azure.com/;accesskey=${key}`;
const endpoint = 'https://it.communication.azure.com';

const read = (environment: Record<string, string>) => readConfig(environment, places);

function problemsOf(environment: Record<string, string>): ConfigError {
  try {
    read(environment);
  } catch (problem) {
    if (problem instanceof ConfigError) return problem;
    throw problem;
  }
  throw new Error('There was no problem');
}

describe('the connection', () => {
  it.each([
    ['as the portal writes it', connectionString],
    ['in the other order', `accesskey=${key};endpoint=https://it.communication.azure.com/`],
    [
      'in capitals, with blanks and a last semicolon',
      ` Endpoint = https://it.communication.azure.com/ ; AccessKey = ${key} ; `,
    ],
  ])('is read from a connection string %s', (_how, text) => {
    expect(read({ COMMUNICATION_CONNECTION_STRING: text }).connection).toEqual({
      kind: 'accessKey',
      endpoint: 'https://it.communication.azure.com/',
      key,
    });
  });

  it.each([
    ['the identity of the app', {}, {}],
    ['an identity by its client id', { AZURE_CLIENT_ID: 'client-1' }, { clientId: 'client-1' }],
    [
      'the identity of the app, other settings empty',
      { AZURE_CLIENT_ID: '', COMMUNICATION_CONNECTION_STRING: ' ' },
      {},
    ],
  ])('is %s', (_what, environment, members) => {
    expect(read({ COMMUNICATION_ENDPOINT: endpoint, ...environment }).connection).toEqual({
      kind: 'managedIdentity',
      endpoint,
      ...members,
    });
  });

  it.each([
    ['is missing', {}, 'is not set'],
    [
      'is given twice',
      { COMMUNICATION_CONNECTION_STRING: connectionString, COMMUNICATION_ENDPOINT: endpoint },
      'both are set',
    ],
    ['has no endpoint', { COMMUNICATION_CONNECTION_STRING: `accesskey=${key}` }, 'no endpoint'],
    ['has no key', { COMMUNICATION_CONNECTION_STRING: `endpoint=${endpoint}` }, 'no accesskey'],
    ['has half a key', { COMMUNICATION_CONNECTION_STRING: connectionString.slice(0, -2) }, 'not base64'],
    ['is no address', { COMMUNICATION_ENDPOINT: 'it.communication.azure.com' }, 'cannot be used'],
    ['is plain HTTP to elsewhere', { COMMUNICATION_ENDPOINT: 'http://example.com' }, 'cannot be used'],
    ['would send a token in clear', { COMMUNICATION_ENDPOINT: 'http://127.0.0.1:7080' }, 'over https only'],
  ])('is refused when it %s', (_what, environment, problem) => {
    const { problems } = problemsOf(environment);
    expect(problems).toHaveLength(1);
    expect(problems[0]?.problem).toContain(problem);
  });

  it('may be plain HTTP to an emulator on this machine', () => {
    const text = `endpoint=http://127.0.0.1:7080/;accesskey=${key}`;
    expect(read({ COMMUNICATION_CONNECTION_STRING: text }).connection).toEqual({
      kind: 'accessKey',
      endpoint: 'http://127.0.0.1:7080/',
      key,
    });
  });
});

describe('the rules', () => {
  const rulesOf = async (setting?: string) => {
    const { rules } = read({
      COMMUNICATION_ENDPOINT: endpoint,
      ...(setting !== undefined && { AUTOMATION_RULES: setting }),
    });
    const parts = { clock: fakeClock('2026-03-02T09:00:00Z'), clientId: undefined, report: () => undefined };
    return (await ruleBookFrom(rules, parts).automation()).rules.map(({ name }) => name);
  };

  it.each([
    ['routing.json beside the app by default', undefined, 'of the app'],
    ['a file where the app runs, before one beside the app', 'both.json', 'of the work'],
    ['a file by its whole path', join(places.appRoot, 'both.json'), 'of the app'],
    ['JSON in the setting itself', rules('inline'), 'inline'],
    ['a file of YAML', 'rules.yaml', 'of YAML'],
    ['YAML in the setting itself', 'automation:\n  rules:\n    - name: written out', 'written out'],
    ['JSON with nothing but the rules', '{"automation":{"rules":[{"name":"bare"}]}}', 'bare'],
  ])('come from %s', async (_where, setting, name) => {
    expect(await rulesOf(setting)).toEqual([name]);
  });

  it('may take values from settings that are named for it, and from no others', async () => {
    const environment = { NAME: 'taken', COMMUNICATION_ENDPOINT: endpoint, ROUTING_ENVIRONMENT: 'NAME' };
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a placeholder of documents, not of JavaScript
    const named = { ...environment, AUTOMATION_RULES: rules('${env:NAME}') };
    expect(read(named).rules).toMatchObject({ automation: { rules: [{ name: 'taken' }] } });
    expect(problemsOf({ ...named, ROUTING_ENVIRONMENT: '' }).problems).toMatchObject([
      { setting: 'AUTOMATION_RULES', problem: expect.stringContaining('expected NAME in the environment') },
    ]);
    expect(problemsOf({ ...named, ROUTING_ENVIRONMENT: 'NAME,AzureWebJobsStorage' }).problems).toMatchObject([
      { setting: 'AUTOMATION_RULES' },
      { setting: 'ROUTING_ENVIRONMENT' },
    ]);
  });

  it.each([
    ['https://it.blob.core.windows.net/rules/routing.json?sig=x'],
    ['http://127.0.0.1:10000/routing.json'],
  ])('may be at %s', (url) => {
    expect(read({ COMMUNICATION_ENDPOINT: endpoint, AUTOMATION_RULES: url }).rules).toEqual({
      kind: 'url',
      url,
    });
  });

  it.each([
    ['in clear', 'http://it.blob.core.windows.net/rules.json?sig=secret'],
    ['user name', 'https://me:secret@it.blob.core.windows.net/rules.json'],
  ])('are not read from elsewhere, and the address is not told: %s', (problem, url) => {
    const { message } = problemsOf({ COMMUNICATION_ENDPOINT: endpoint, AUTOMATION_RULES: url });
    expect(message).toContain(problem);
    expect(message).not.toContain('secret');
  });

  it.each([
    ['that is not there', 'nowhere.json', ['names no file in']],
    ['that is not JSON', 'broken.json', ['is not JSON']],
    ['that is not YAML', 'automation:\n\t- x', ['is not YAML']],
    ['without automation', '{"queues":[]}', ['automation: ']],
    [
      'with mistakes, each by its path',
      '{"automation":{"rules":[{"name":"a","accept":"yes"},{"when":{"chanel":"voice"}}]}}',
      ['automation.rules[0].accept', 'automation.rules[1].name', 'automation.rules[1].when'],
    ],
  ])('are refused from a document %s', (_what, setting, parts) => {
    const { problems } = problemsOf({ COMMUNICATION_ENDPOINT: endpoint, AUTOMATION_RULES: setting });
    expect(problems.map(({ problem }) => problem)).toEqual(
      parts.map((part) => expect.stringContaining(part)),
    );
  });
});

it('all problems are told at once, each with its setting and its fix, and no secret', () => {
  const { message } = problemsOf({
    COMMUNICATION_CONNECTION_STRING: `endpoint=nonsense;accesskey=${key}`,
    AUTOMATION_RULES: 'nowhere.json',
  });
  expect(message.match(/^- .*Fix: .*\.$/gm)).toEqual([
    expect.stringContaining('COMMUNICATION_CONNECTION_STRING'),
    expect.stringContaining('AUTOMATION_RULES'),
  ]);
  expect(message).not.toContain(key);
});

const SECRET = 'c2lnbmF0dXJlLW9yLWtleQ';
it.each([
  ['AUTOMATION_RULES', `it.blob.core.windows.net/rules/routing.json?sv=2021&sig=${SECRET}`],
  ['AUTOMATION_RULES', `/endpoint=https://it.communication.azure.com/;accesskey=${SECRET}`],
  ['COMMUNICATION_ENDPOINT', `endpoint=https://it.communication.azure.com/;accesskey=${SECRET}`],
  ['COMMUNICATION_ENDPOINT', `accesskey:${SECRET}`],
  ['COMMUNICATION_ENDPOINT', `http://it:${SECRET}@it.example/${SECRET}?key=${SECRET}`],
  ['COMMUNICATION_ENDPOINT', `http://127.0.0.1/?key=${SECRET}`],
])('a secret that stands in %s by mistake is not told to those who ask for the health', (setting, value) => {
  const { problems, message } = problemsOf({ COMMUNICATION_ENDPOINT: endpoint, [setting]: value });
  expect(problems).toMatchObject([{ setting }]);
  expect(message).not.toContain(SECRET);
});

describe('the request budget', () => {
  const requests = (setting?: string) =>
    read({
      COMMUNICATION_ENDPOINT: endpoint,
      ...(setting !== undefined && { ROUTER_REQUESTS_PER_10_SECONDS: setting }),
    }).requestsPer10Seconds;

  it.each([
    ['1', 1],
    ['250', 250],
    ['10000', 10_000],
    [undefined, undefined],
  ])('may be %s', (setting, is) => {
    expect(requests(setting)).toBe(is);
  });

  it.each(['0', '10001', '-1', '1.5', '1e3', 'many'])('may not be %s', (setting) => {
    const { problems } = problemsOf({
      COMMUNICATION_ENDPOINT: endpoint,
      ROUTER_REQUESTS_PER_10_SECONDS: setting,
    });
    expect(problems).toMatchObject([
      { setting: 'ROUTER_REQUESTS_PER_10_SECONDS', problem: 'is not a whole number from 1 to 10000' },
    ]);
  });
});

describe('the schedule of the reconciler', () => {
  it.each(['0 */5 * * * *', '*/5 * * * *'])('may be %s', (schedule) => {
    read({ COMMUNICATION_ENDPOINT: endpoint, RECONCILE_SCHEDULE: schedule });
    expect(scheduleIn({ RECONCILE_SCHEDULE: schedule })).toBe(schedule);
  });

  it('is told to be wrong, and not kept, where it is no NCRONTAB expression', () => {
    const settings = { COMMUNICATION_ENDPOINT: endpoint, RECONCILE_SCHEDULE: 'every minute' };
    expect(problemsOf(settings).problems).toMatchObject([{ setting: 'RECONCILE_SCHEDULE' }]);
    expect(scheduleIn(settings)).toBe('*/30 * * * * *');
  });
});

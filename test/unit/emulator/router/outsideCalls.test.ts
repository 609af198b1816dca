import { describe, expect, it } from 'vitest';
import { instantOf } from '../../../../emulator/clock/instant.ts';
import { createManualClock } from '../../../../emulator/clock/manualClock.ts';
import { NoAnswer, type OutgoingRequest, type ReceivedAnswer } from '../../../../emulator/eventGrid/send.ts';
import type { OutsideOutcome } from '../../../../emulator/router/engine/commands.ts';
import { idFrom } from '../../../../emulator/router/engine/ids.ts';
import type { OutsideRule } from '../../../../emulator/router/engine/model/rules.ts';
import { createOutsideCalls } from '../../../../emulator/router/outsideCalls.ts';

const NINE_AM = instantOf('2026-03-02T09:00:00Z');
const payload = { job: { Region: 'NA', Level: 7 } };
const ok = (body: string): ReceivedAnswer => ({ status: 200, headers: {}, body });

/** What came of one call, and the requests it took. */
async function callWith(rule: OutsideRule, ...answers: (ReceivedAnswer | Error)[]) {
  const requests: OutgoingRequest[] = [];
  const outcomes: OutsideOutcome[] = [];
  const clock = createManualClock(NINE_AM);
  const calls = createOutsideCalls({
    clock,
    send: async (request) => {
      requests.push(request);
      const answer = answers.shift();
      if (answer === undefined || answer instanceof Error)
        throw answer ?? new Error('Nothing more was expected');
      return answer;
    },
    onAnswer: (_, outcome) => outcomes.push(outcome),
  });
  calls.make({ callId: idFrom('call-1'), rule, payload });
  await clock.settle();
  return { outcome: outcomes[0], requests };
}

const functionUri = 'http://localhost:7071/api/priority?code=secret';

describe('the function of a rule', () => {
  it('is sent the labels as JSON', async () => {
    const { outcome, requests } = await callWith({ kind: 'function', functionUri }, ok('10'));
    expect(outcome).toEqual({ kind: 'answered', value: 10 });
    expect(requests).toEqual([
      {
        method: 'POST',
        url: functionUri,
        headers: { 'content-type': 'application/json' },
        body: '{"job":{"Region":"NA","Level":7}}',
        answerWithinMilliseconds: 30_000,
      },
    ]);
  });

  it.each([
    [{ functionKey: 'key-1' }, { 'x-functions-key': 'key-1' }],
    [
      { appKey: 'key-2', clientId: 'host' },
      { 'x-functions-key': 'key-2', 'x-functions-clientid': 'host' },
    ],
  ])('gets the credential %j in its headers', async (credential, headers) => {
    const { requests } = await callWith({ kind: 'function', functionUri, credential }, ok('1'));
    expect(requests[0]?.headers).toEqual({ 'content-type': 'application/json', ...headers });
  });

  it.each([
    ['true', true],
    ['"high"', 'high'],
    ['null', null],
    ['[{"key":"a","labelOperator":"equal","value":1}]', [{ key: 'a', labelOperator: 'equal', value: 1 }]],
  ])('may answer %s', async (body, value) => {
    const { outcome } = await callWith({ kind: 'function', functionUri }, ok(body));
    expect(outcome).toEqual({ kind: 'answered', value });
  });

  it.each<[string, ReceivedAnswer | Error, string]>([
    ['an error', { ...ok(''), status: 500 }, 'answered 500 instead of 200'],
    ['another success', { ...ok('1'), status: 201 }, 'answered 201 instead of 200'],
    ['a redirect', { ...ok(''), status: 302 }, 'answered 302 instead of 200'],
    ['no JSON', ok('high'), 'answered with something that is not JSON'],
    ['a number that is none', ok('1e999'), 'answered with something that is not JSON'],
    [
      'a bottomless list',
      ok('['.repeat(20_000) + ']'.repeat(20_000)),
      'answered with something that is not JSON',
    ],
    ['nothing', ok(''), 'answered with something that is not JSON'],
    ['silence', new NoAnswer('TimedOut', 'no answer within 30 s'), 'did not answer: no answer within 30 s'],
  ])('fails with %s, and the message keeps the key to itself', async (_, answer, message) => {
    const { outcome } = await callWith({ kind: 'function', functionUri }, answer);
    expect(outcome).toEqual({
      kind: 'failed',
      message: `The function at http://localhost:7071/api/priority ${message}`,
    });
  });

  it('fails with an address that is none', async () => {
    const { outcome } = await callWith({ kind: 'function', functionUri: 'priority' });
    expect(outcome).toEqual({
      kind: 'failed',
      message: 'The function has an address that is none: priority',
    });
  });

  it('is not heard after the caller closed', async () => {
    const { promise: answer, resolve } = Promise.withResolvers<ReceivedAnswer>();
    let heard = 0;
    const clock = createManualClock(NINE_AM);
    const calls = createOutsideCalls({
      clock,
      send: () => answer,
      onAnswer: () => {
        heard += 1;
      },
    });
    calls.make({ callId: idFrom('call-1'), rule: { kind: 'function', functionUri }, payload });
    const settled = clock.settle();
    calls.close();
    resolve(ok('1'));
    await settled;
    expect(heard).toBe(0);
  });
});

describe('the webhook of a rule', () => {
  const rule = {
    kind: 'webhook',
    authorizationServerUri: 'http://localhost:9000/token',
    clientCredential: { clientId: 'router', clientSecret: 's&cret' },
    webhookUri: 'http://localhost:9000/hook',
  } as const;

  it('is called with a token that the credential was exchanged for', async () => {
    const { outcome, requests } = await callWith(
      rule,
      ok('{"access_token":"token-1","expires_in":3600}'),
      ok('7'),
    );
    expect(outcome).toEqual({ kind: 'answered', value: 7 });
    expect(requests.map(({ url, headers, body }) => [url, headers, body])).toEqual([
      [
        'http://localhost:9000/token',
        { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
        'grant_type=client_credentials&client_id=router&client_secret=s%26cret',
      ],
      [
        'http://localhost:9000/hook',
        { 'content-type': 'application/json', authorization: 'Bearer token-1' },
        '{"job":{"Region":"NA","Level":7}}',
      ],
    ]);
  });

  it('is called without a token where there is nobody to ask for one', async () => {
    const { requests } = await callWith({ kind: 'webhook', webhookUri: rule.webhookUri }, ok('7'));
    expect(requests.map(({ headers }) => headers)).toEqual([{ 'content-type': 'application/json' }]);
  });

  it.each<[string, readonly (ReceivedAnswer | Error)[], string]>([
    [
      'the server refuses the credential',
      [{ ...ok('{"error":"invalid_client"}'), status: 401 }],
      'The authorization server at http://localhost:9000/token answered 401 instead of 200',
    ],
    [
      'the server gives no token',
      [ok('{"token":"token-1"}')],
      'The authorization server at http://localhost:9000/token answered without an access_token',
    ],
    [
      'the hook fails',
      [ok('{"access_token":"token-1"}'), { ...ok(''), status: 503 }],
      'The webhook at http://localhost:9000/hook answered 503 instead of 200',
    ],
  ])('fails when %s', async (_, answers, message) => {
    expect((await callWith(rule, ...answers)).outcome).toEqual({ kind: 'failed', message });
  });

  it('fails without an address', async () => {
    expect((await callWith({ kind: 'webhook' })).outcome).toEqual({
      kind: 'failed',
      message: 'The webhook rule has no webhookUri',
    });
  });
});

import { describe, expect, it } from 'vitest';
import { createManualClock } from '../../../../../emulator/clock/manualClock.ts';
import { createAuthentication } from '../../../../../emulator/router/http/auth.ts';
import { NINE_AM } from '../../../../support/routerSurface.ts';
import { type Signing, signatureHeaders, TEST_ACCESS_KEY } from '../../../../support/signedRequest.ts';

const signing: Signing = {
  method: 'PATCH',
  target: '/routing/jobs/job-1?api-version=2023-11-01',
  body: '{"priority":1}',
  host: 'router.test',
  date: 'Mon, 02 Mar 2026 09:00:00 GMT',
};

interface Changes {
  readonly signed?: Partial<Signing>;
  readonly headers?: Record<string, string | undefined>;
  readonly target?: string;
  readonly body?: string;
  readonly acceptBearer?: boolean;
}

/** What becomes of a request that is signed rightly except for the changes; "accepted", or the refusal's text. */
function verdict({ signed, headers, target, body, acceptBearer = false }: Changes = {}): string {
  const made = { ...signing, ...signed };
  const authenticate = createAuthentication({
    accessKey: TEST_ACCESS_KEY,
    acceptBearer,
    clock: createManualClock(NINE_AM),
  });
  try {
    authenticate({
      method: made.method,
      target: target ?? made.target,
      headers: { ...signatureHeaders(made), ...headers },
      body: Buffer.from(body ?? made.body ?? ''),
    });
    return 'accepted';
  } catch (error) {
    expect(error).toMatchObject({ status: 401, code: 'Unauthorized' });
    return error instanceof Error ? error.message : '';
  }
}

const customPort = (signedHost: string): Changes => ({
  signed: { host: signedHost },
  headers: { host: 'localhost:7080' },
});

describe('a signature', () => {
  it.each<[of: string, changes: Changes]>([
    ['a request as Azure documents it', {}],
    ['a request without a body', { signed: { body: '' } }],
    ['a host on a port of its own', customPort('localhost:7080')],
    ['a host whose port was left out', customPort('localhost')],
    ['a host whose port was signed twice', customPort('localhost:7080:7080')],
    ['a Host header with the port twice', { signed: { host: 'localhost:7080:7080' } }],
    ['an IPv6 host whose port was left out', { signed: { host: '[::1]' }, headers: { host: '[::1]:1' } }],
    [
      'a query that the client re-encoded before signing',
      {
        signed: { target: '/routing/jobs?queueId=a+b%7E&api-version=2023-11-01' },
        target: '/routing/jobs?queueId=a%20b~&api-version=2023-11-01',
      },
    ],
    ['a request 15 minutes old', { signed: { date: 'Mon, 02 Mar 2026 08:45:00 GMT' } }],
  ])('of %s is accepted', (_, changes) => {
    expect(verdict(changes)).toBe('accepted');
  });

  it.each<[of: string, changes: Changes, reason: RegExp]>([
    [
      'another key',
      { signed: { accessKey: Buffer.from('another').toString('base64') } },
      /signature does not fit/,
    ],
    ['another path', { target: '/routing/jobs/job-2?api-version=2023-11-01' }, /signature does not fit/],
    ['another query', { target: '/routing/jobs/job-1?api-version=x' }, /signature does not fit/],
    ['another host', { headers: { host: 'elsewhere.test' } }, /signature does not fit/],
    ['another body', { body: '{"priority":2}' }, /x-ms-content-sha256 is not/],
    ['an hour ago', { signed: { date: 'Mon, 02 Mar 2026 08:00:00 GMT' } }, /15 minutes away/],
    ['an hour ahead', { signed: { date: 'Mon, 02 Mar 2026 10:00:00 GMT' } }, /15 minutes away/],
    ['no date at all', { headers: { 'x-ms-date': 'today' } }, /"today" is not a date/],
  ])('of %s is refused with the reason', (_, changes, reason) => {
    expect(verdict(changes)).toMatch(reason);
  });

  it('never makes the answer give the key away', () => {
    const accessKey = Buffer.from('another').toString('base64');
    expect(verdict({ signed: { accessKey } })).not.toContain(TEST_ACCESS_KEY);
  });
});

describe('a header', () => {
  it.each(['authorization', 'x-ms-date', 'x-ms-content-sha256', 'host'])(
    '%s that is missing is named',
    (name) => {
      expect(verdict({ headers: { [name]: undefined } })).toBe(`Denied: the header ${name} is missing.`);
    },
  );

  it.each<[authorization: string, reason: RegExp]>([
    ['Basic dXNlcg==', /is not "HMAC-SHA256/],
    ['HMAC-SHA256 SignedHeaders=host&Signature=x', /SignedHeaders must be/],
  ])('authorization "%s" is refused', (authorization, reason) => {
    expect(verdict({ headers: { authorization } })).toMatch(reason);
  });
});

describe('a bearer token', () => {
  const headers = { authorization: 'Bearer anything' };

  it('is refused by default', () => {
    expect(verdict({ headers })).toMatch(/without acceptance of bearer tokens/);
  });

  it('is accepted by a router that was told to', () => {
    expect(verdict({ headers, acceptBearer: true })).toBe('accepted');
  });
});

describe('an access key', () => {
  it.each(['', 'not base64!'])('"%s" is refused at once', (accessKey) => {
    const clock = createManualClock(NINE_AM);
    expect(() => createAuthentication({ accessKey, acceptBearer: false, clock })).toThrow(/Base64/);
  });
});

import { describe, expect, it } from 'vitest';
import { signatureHeaders, signingSecretProblem } from '../../../../src/work/signature.ts';

const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

it('signs as the reference implementations of Standard Webhooks do', () => {
  // The vector of their own tests.
  const signed = {
    id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    at: new Date(1_614_265_330_999),
    body: '{"test": 2432232314}',
  };
  const headers = {
    'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    'webhook-timestamp': '1614265330',
    'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  };
  expect(signatureHeaders(signed, SECRET)).toEqual(headers);
  expect(signatureHeaders(signed, SECRET.replace('whsec_', ''))).toEqual(headers);
});

describe('a signing secret', () => {
  it('is 24 to 64 bytes in base64, with the prefix or without', () => {
    expect(signingSecretProblem(SECRET)).toBeUndefined();
    expect(signingSecretProblem(Buffer.alloc(64).toString('base64'))).toBeUndefined();
  });

  it.each([
    ['not base64', 'whsec_hello world', 'is not base64; it may have been cut off'],
    ['cut off', SECRET.slice(0, -1), 'is not base64; it may have been cut off'],
    ['too short', Buffer.alloc(23).toString('base64'), 'holds 23 bytes, and a signing secret has 24 to 64'],
    ['too long', Buffer.alloc(65).toString('base64'), 'holds 65 bytes, and a signing secret has 24 to 64'],
  ])('that is %s is refused', (_what, secret, problem) => {
    expect(signingSecretProblem(secret)).toBe(problem);
  });
});

import { expect, it } from 'vitest';
import { failureOf } from '../../../../cli/connection/routerFailure.ts';
import type { Unavailable } from '../../../../src/jobRouter/answer.ts';

const silence = (message: string): Unavailable => ({ kind: 'unavailable', message });
const emulator = {
  kind: 'accessKey',
  endpoint: 'http://127.0.0.1:7080/',
  key: 'a2V5',
} as const;

it.each([
  ['connect ECONNREFUSED 127.0.0.1:7080', 'start the emulator'],
  ['self-signed certificate', 'NODE_EXTRA_CA_CERTS'],
  ['write EPROTO error:0A00010B:SSL routines::wrong version number:\n\n', 'http: and https:'],
  ['socket hang up', 'http: and https:'],
])('tells what to do where an emulator does not answer: %s', (message, fix) => {
  const failure = failureOf(silence(message), '127.0.0.1:7080', emulator);
  expect(failure.fix).toContain(fix);
  expect(failure.message).toBe(`No answer from 127.0.0.1:7080: ${message.trim()}`);
});

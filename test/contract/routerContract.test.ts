import { setTimeout as pause } from 'node:timers/promises';
import { describe } from 'vitest';
import { loadOfficialClient } from '../../src/jobRouter/officialClient.ts';
import { startEmulatorWorld } from './emulatorWorld.ts';
import { routerContract } from './routerContract.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);

say(
  (await loadOfficialClient())
    ? 'The contract is judged by the official client.'
    : 'The contract is judged by our client: @azure-rest/communication-job-router is not installed, as some npm mirrors lack it.',
);

const connectionString = process.env.ACS_CONTRACT_CONNECTION_STRING ?? '';
if (connectionString === '') {
  say('The contract is not held against a real resource: ACS_CONTRACT_CONNECTION_STRING is not set.');
}

describe('the Job Router contract, by the emulator over HTTP', () => {
  routerContract(() => startEmulatorWorld({ https: false }));
});

describe('the Job Router contract, by the emulator over HTTPS', () => {
  routerContract(() => startEmulatorWorld({ https: true }));
});

describe.skipIf(connectionString === '')('the Job Router contract, by a real resource', () => {
  routerContract(async () => ({
    connectionString,
    // A real router cannot be hurried. This is the one place where a test waits for real time.
    letItWork: () => pause(500),
    close: async () => {},
  }));
});

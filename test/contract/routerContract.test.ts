import { setTimeout as pause } from 'node:timers/promises';
import { loadOfficialClient } from '../../src/jobRouter/officialClient.ts';
import { startEmulatorWorld } from './emulatorWorld.ts';
import { routerContract } from './routerContract.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);

say(
  (await loadOfficialClient())
    ? 'The contract is judged by the official client.'
    : 'The contract is judged by our client: @azure-rest/communication-job-router is not installed, as some npm mirrors lack it.',
);

routerContract('by the emulator over HTTP', () => startEmulatorWorld({ https: false }));
routerContract('by the emulator over HTTPS', () => startEmulatorWorld({ https: true }));

const connectionString = process.env.ACS_CONTRACT_CONNECTION_STRING;
if (connectionString) {
  routerContract('by the resource in ACS_CONTRACT_CONNECTION_STRING', async () => ({
    connectionString,
    // A real router cannot be hurried. This is the one place where a test waits for real time.
    letItWork: () => pause(500),
    close: async () => {},
  }));
} else {
  say('The contract was not held against a real resource: ACS_CONTRACT_CONNECTION_STRING is not set.');
}

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { loadOfficialClient } from '../../src/jobRouter/officialClient.ts';
import { startEmulatorWorld } from './emulatorWorld.ts';

const TRANSCRIPT = [
  'Azure Communication Services - Job Router Quickstart',
  'Worker worker-1 has an active offer for job job-1',
  'Worker worker-1 is assigned job job-1',
  'Worker worker-1 has completed job job-1',
  'Worker worker-1 has closed job job-1',
  'Deleting job job-1',
];

const isInstalled = (await loadOfficialClient()) !== undefined;
if (!isInstalled) {
  process.stdout.write('@azure-rest/communication-job-router is not installed; its quickstart is not run.\n');
}

it.skipIf(!isInstalled)(
  'runs the official quickstart over HTTPS, in a process that knows nothing but the connection string',
  async () => {
    const world = await startEmulatorWorld({ https: true, runsByItself: true });
    try {
      const { stdout } = await promisify(execFile)(process.execPath, ['test/contract/quickstart.cjs'], {
        timeout: 10_000,
        env: {
          COMMUNICATION_CONNECTION_STRING: world.connectionString,
          NODE_EXTRA_CA_CERTS: world.certificate?.path,
        },
      });
      expect(stdout.trim().split('\n')).toEqual(TRANSCRIPT);
    } finally {
      await world.close();
    }
  },
);

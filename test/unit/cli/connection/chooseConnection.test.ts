import { describe, expect, it } from 'vitest';
import { chooseConnection } from '../../../../cli/connection/chooseConnection.ts';
import { CommandFailed } from '../../../../cli/terminal/commandFailed.ts';
import { DEVELOPMENT_ACCESS_KEY } from '../../../../emulator/accessKey.ts';

const string = 'endpoint=https://one.communication.azure.com/;accesskey=c2VjcmV0';
const byKey = { kind: 'accessKey', endpoint: 'https://one.communication.azure.com/', key: 'c2VjcmV0' };
const endpoint = 'https://two.communication.azure.com/';
const byIdentity = { kind: 'managedIdentity', endpoint };

function failure(choose: () => unknown) {
  try {
    choose();
  } catch (problem) {
    if (problem instanceof CommandFailed) return problem.failure;
  }
  throw new Error('It did not fail');
}

describe('the router of a command', () => {
  it('is the one that the options name, whatever the environment says', () => {
    const environment = { COMMUNICATION_CONNECTION_STRING: 'endpoint=https://other/;accesskey=b3RoZXI=' };
    expect(chooseConnection({ connectionString: string }, environment)).toEqual(byKey);
    expect(chooseConnection({ endpoint }, environment)).toEqual(byIdentity);
    expect(chooseConnection({ emulator: true }, environment)).toEqual({
      kind: 'accessKey',
      endpoint: 'http://127.0.0.1:7080/',
      key: DEVELOPMENT_ACCESS_KEY,
    });
  });

  it('is the one that the environment names where the options name none', () => {
    expect(chooseConnection({}, { COMMUNICATION_CONNECTION_STRING: string })).toEqual(byKey);
    expect(chooseConnection({}, { COMMUNICATION_ENDPOINT: endpoint })).toEqual(byIdentity);
  });

  it('is an emulator elsewhere on this machine where both are said', () => {
    const chosen = chooseConnection({ emulator: true, endpoint: 'http://127.0.0.1:7099' }, {});
    expect(chosen).toMatchObject({ kind: 'accessKey', endpoint: 'http://127.0.0.1:7099' });
  });

  it('has to be named', () => {
    const { message, fix } = failure(() => chooseConnection({}, { COMMUNICATION_ENDPOINT: ' ' }));
    expect(message).toBe('No router is named.');
    expect(fix).toContain('--emulator');
  });

  it('is refused in the words of whoever named it', () => {
    expect(failure(() => chooseConnection({ connectionString: 'endpoint=https://x' }, {})).message).toBe(
      '--connection-string has no accesskey.',
    );
    expect(failure(() => chooseConnection({ endpoint: 'ftp://x' }, {})).message).toContain(
      '--endpoint cannot be used',
    );
    const inEnvironment = { COMMUNICATION_CONNECTION_STRING: 'x' };
    expect(failure(() => chooseConnection({}, inEnvironment)).message).toContain(
      'COMMUNICATION_CONNECTION_STRING',
    );
  });

  it.each([
    { emulator: true, connectionString: string },
    { endpoint, connectionString: string },
  ])('is not guessed where two are named: %o', (options) => {
    expect(failure(() => chooseConnection(options, {})).message).toContain('both given');
  });

  it('shows no key in what it says', () => {
    const { message, fix } = failure(() =>
      chooseConnection({ connectionString: 'endpoint=http://far.example/;accesskey=c2VjcmV0' }, {}),
    );
    expect(`${message}${fix}`).not.toContain('c2VjcmV0');
  });
});

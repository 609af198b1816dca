import { describe, expect, it } from 'vitest';
import { accessKey, count, subscription } from '../../../../emulator/commands/options.ts';
import { portOption } from '../../../../emulator/portOption.ts';

describe('the option --port', () => {
  it.each([
    ['7080', 7080],
    ['0', 0],
    ['65535', 65_535],
  ])('takes %s', (text, expected) => expect(portOption(text)).toBe(expected));

  it.each(['', 'seven', '65536', '-1', '70.5'])('refuses "%s"', (text) =>
    expect(() => portOption(text)).toThrow(/whole number from 0 to 65535/),
  );
});

describe('the option --jobs', () => {
  it.each(['0', '-3', 'many', '1.5'])('refuses "%s"', (text) =>
    expect(() => count(text)).toThrow(/whole number/),
  );
});

describe('the option --access-key', () => {
  it('takes base64 text', () => expect(accessKey('c2VjcmV0')).toBe('c2VjcmV0'));
  it.each(['', 'not base64!', 'abc'])('refuses "%s"', (text) =>
    expect(() => accessKey(text)).toThrow(/base64/),
  );
});

describe('the option --subscribe', () => {
  it.each([
    ['http://127.0.0.1:9000/hook', 'http://127.0.0.1:9000/hook', undefined],
    ['http://127.0.0.1:9000/hook=RouterJobClosed', 'http://127.0.0.1:9000/hook', ['RouterJobClosed']],
    [
      'http://127.0.0.1:9000/hook?code=abc==&x=1=Microsoft.Communication.RouterJobClosed,RouterJobQueued',
      'http://127.0.0.1:9000/hook?code=abc==&x=1',
      ['Microsoft.Communication.RouterJobClosed', 'RouterJobQueued'],
    ],
    ['http://127.0.0.1:9000/hook?code=abc==', 'http://127.0.0.1:9000/hook?code=abc==', undefined],
  ])('reads %s', (text, endpoint, types) => {
    expect(subscription(text)).toEqual([
      { name: 'webhook-1', endpoint, ...(types && { filter: { includedEventTypes: types } }) },
    ]);
  });

  it('can be repeated', () => {
    const both = subscription('http://127.0.0.1:2/b', subscription('http://127.0.0.1:1/a'));
    expect(both.map(({ name }) => name)).toEqual(['webhook-1', 'webhook-2']);
  });

  it.each(['Bogus', 'routerjobclosed', 'RouterJobClosed,Bogus'])('refuses the event type "%s"', (types) =>
    expect(() => subscription(`http://127.0.0.1:9000/hook=${types}`)).toThrow(
      /is no event type of Job Router/,
    ),
  );

  it('refuses what is no URL', () => expect(() => subscription('here')).toThrow(/http/));
});

import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { MAX_TEXT_BYTES, messageContent, messageText } from '../../../../src/storage/messageText.ts';

/** Text that compresses hardly at all, the same each time. */
const noise = (bytes: number): string =>
  Array.from({ length: bytes / 64 }, (_, index) =>
    createHash('sha256').update(`${index}`).digest('hex'),
  ).join('');

describe('an event in a message', () => {
  it('goes in as it is while it fits', () => {
    const content = { reason: 'x', event: { id: 'e-1', data: { labels: { a: 1 } } } };
    expect(messageText(content)).toBe(JSON.stringify(content));
  });

  it('goes in compressed where it would not fit, and comes out as it was', () => {
    const content = { reason: 'ä', event: { id: 'e-1', data: 'for a long time '.repeat(10_000) } };
    const text = messageText(content) ?? '';
    expect(Buffer.byteLength(text)).toBeLessThan(MAX_TEXT_BYTES);
    expect(messageContent(text)).toEqual({ value: content });
  });

  it('is refused when no compression helps, and so is a message without an event', () => {
    expect(messageText({ event: noise(128_000) })).toBeUndefined();
    expect(messageText({ reason: 'x'.repeat(60_000) })).toBeUndefined();
  });
});

it.each([
  ['no JSON', '{', /^not JSON: /],
  ['nothing that was compressed', '{"eventGzip":"aGVsbG8="}', 'eventGzip does not unpack'],
  [
    'more than any event holds',
    JSON.stringify({ eventGzip: gzipSync(JSON.stringify('x'.repeat(5_000_000))).toString('base64') }),
    'eventGzip does not unpack',
  ],
])('a message that holds %s is unreadable and breaks nothing', (_what, text, why) => {
  expect(messageContent(text)).toEqual({ unreadable: expect.stringMatching(why) });
});

it('a message that the host has parsed already is taken as it is', () => {
  expect(messageContent({ kind: 'completion' })).toEqual({ value: { kind: 'completion' } });
});

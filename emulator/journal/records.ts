/**
 * Records in a file: length and checksum, the content, a line feed. The file stays readable in any editor, and every
 * byte of it is checked, the checksum's own spelling included.
 *
 *     0000002c 8f14e45f {"at":1772442000000,"command":...}
 */
import { crc32 } from 'node:zlib';

const HEAD_BYTES = 18;
const LINE_FEED = 0x0a;

const hex = (value: number): string => value.toString(16).padStart(8, '0');

const headOf = (content: Buffer): string => `${hex(content.length)} ${hex(crc32(content))} `;

export function recordOf(text: string): Buffer {
  const content = Buffer.from(text, 'utf8');
  return Buffer.concat([Buffer.from(headOf(content), 'latin1'), content, Buffer.of(LINE_FEED)]);
}

export interface RecordsRead {
  readonly texts: readonly string[];
  /** Where the last intact record ends. */
  readonly intactBytes: number;
  /** What is wrong with the bytes behind it; absent when there are none. */
  readonly damage?: 'cut' | 'changed';
}

/** Everything before the first damage. Nothing behind it is trusted, as each record builds on those before. */
export function readRecords(bytes: Buffer): RecordsRead {
  const texts: string[] = [];
  let start = 0;
  while (start < bytes.length) {
    const length = Number.parseInt(bytes.toString('latin1', start, start + 8), 16);
    const content = bytes.subarray(start + HEAD_BYTES, start + HEAD_BYTES + length);
    const end = start + HEAD_BYTES + length;
    if (Number.isNaN(length) || !isIntact(bytes, start, content, end)) {
      const isCut = bytes.length - start < HEAD_BYTES || end >= bytes.length;
      return { texts, intactBytes: start, damage: isCut ? 'cut' : 'changed' };
    }
    texts.push(content.toString('utf8'));
    start = end + 1;
  }
  return { texts, intactBytes: start };
}

const isIntact = (bytes: Buffer, start: number, content: Buffer, end: number): boolean =>
  bytes[end] === LINE_FEED && bytes.toString('latin1', start, start + HEAD_BYTES) === headOf(content);

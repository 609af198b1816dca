import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dataOf, dataText } from '../../../../emulator/journal/plainData.ts';
import { readRecords, recordOf } from '../../../../emulator/journal/records.ts';

const texts = fc.array(fc.string({ unit: 'grapheme', maxLength: 40 }), { minLength: 1, maxLength: 8 });
const bytesOf = (all: readonly string[]) => Buffer.concat(all.map(recordOf));

describe('records', () => {
  it('are read as they were written', () => {
    fc.assert(
      fc.property(texts, (all) => {
        const bytes = bytesOf(all);
        expect(readRecords(bytes)).toEqual({ texts: all, intactBytes: bytes.length });
      }),
      { seed: 4 },
    );
  });

  it('that were cut anywhere give all whole ones before the cut, and the cut is told', () => {
    fc.assert(
      fc.property(texts, fc.nat(), (all, where) => {
        const bytes = bytesOf(all);
        const cut = bytes.subarray(0, where % bytes.length);
        const { texts: found, intactBytes, damage } = readRecords(cut);
        expect(all.slice(0, found.length)).toEqual(found);
        expect(bytesOf(found)).toHaveLength(intactBytes);
        expect(damage).toBe(intactBytes === cut.length ? undefined : 'cut');
      }),
      { seed: 4 },
    );
  });

  it('of which any one bit was flipped give exactly those before it, and the damage is told', () => {
    fc.assert(
      fc.property(texts, fc.nat(), fc.nat(7), (all, where, bit) => {
        const bytes = bytesOf(all);
        const at = where % bytes.length;
        bytes.writeUInt8(bytes.readUInt8(at) ^ (1 << bit), at);
        const { texts: found, intactBytes, damage } = readRecords(bytes);
        expect(damage).toBeDefined();
        expect(intactBytes).toBeLessThanOrEqual(at);
        expect(all.slice(0, found.length)).toEqual(found);
        expect(bytesOf(all.slice(0, found.length + 1)).length).toBeGreaterThan(at);
      }),
      { seed: 4, numRuns: 500 },
    );
  });
});

describe('data as text', () => {
  it('comes back as it was, maps, sets and keys that look like marks included', () => {
    const data = {
      map: new Map<unknown, unknown>([['a', new Map([['b', 1]])]]),
      set: new Set([1, 'x']),
      $map: [['not', 'a map']],
      nested: [{ $set: [1] }, { $entries: null }],
    };
    expect(dataOf(dataText(data))).toEqual(data);
  });
});

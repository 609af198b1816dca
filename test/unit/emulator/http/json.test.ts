import { describe, expect, it } from 'vitest';
import { parseJson } from '../../../../emulator/http/json.ts';

const nested = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);

describe('JSON from outside', () => {
  it('is read down to 64 levels', () => {
    expect(JSON.stringify(parseJson(nested(64)))).toBe(nested(64));
  });

  it.each([65, 100_000])('is refused as no JSON when it has %i', (levels) => {
    expect(() => parseJson(nested(levels))).toThrow(SyntaxError);
  });

  it('may be allowed more', () => {
    expect(() => parseJson(nested(65), 65)).not.toThrow();
  });
});

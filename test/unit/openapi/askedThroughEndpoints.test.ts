import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

/** Every answer that gets past an endpoint is held against docs/openapi.json, so there must be no other way to one. */
it('what answers an endpoint can only be asked through the endpoint', () => {
  const folder = new URL('../../../src/http/', import.meta.url);
  const answering = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => ({ path, text: readFileSync(new URL(path, folder), 'utf8') }))
    .filter(({ text }) => /^export const \w+Endpoint: Endpoint/m.test(text));
  expect(answering.length).toBeGreaterThan(15);
  const ways = answering.flatMap(({ path, text }) =>
    [
      ...text.matchAll(
        /^export (?:async )?function (\w+)\(\s*(?:request|_request|\{[^}]*\}: Pick<HttpRequest)/gm,
      ),
    ].map(([, name]) => `${path}: ${name}`),
  );
  expect(ways).toEqual([]);
});

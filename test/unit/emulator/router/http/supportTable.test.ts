import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { routesTo } from '../../../../../emulator/router/http/routes.ts';
import { scriptedRouter, surfaceOf } from '../../../../support/routerSurface.ts';

const readme = readFileSync(new URL('../../../../../emulator/router/README.md', import.meta.url), 'utf8');
const rows = [
  ...readme.matchAll(/^\| (\w+) \| (GET|PATCH|POST|DELETE) `(\S+)` \| (supported|partial|not)\b/gm),
];

it('lists exactly the operations that are routed, in their order', () => {
  const documented = rows.map(([, name, method, path]) => [method, path, name]);
  expect(documented).toEqual(routesTo(scriptedRouter()).map(([method, path, name]) => [method, path, name]));
});

it('promises every operation, and none of them answers 501', async () => {
  const refused: string[] = [];
  for (const [method, path, name] of routesTo(scriptedRouter())) {
    const { send } = surfaceOf(scriptedRouter({ failure: { kind: 'notFound' } }));
    const body = method === 'PATCH' ? {} : undefined;
    const { status } = await send(method, path.replace(/\{\w+\}/g, 'x'), { body });
    if (status === 501) refused.push(name);
  }
  expect(refused).toEqual([]);
  expect(rows.every(([, , , , support]) => support === 'supported')).toBe(true);
});

/**
 * Set-up of tests that ask the built app over HTTP: every answer that `fetch` brings from it is held against
 * docs/openapi.json. An app is known by serving that document.
 */
import { failOnMisfits, lookAt } from './misfits.ts';

const bare = globalThis.fetch;

globalThis.fetch = async (input, init) => {
  const answer = await bare(input, init);
  const { pathname, origin } = new URL(input instanceof Request ? input.url : input);
  if (!pathname.startsWith('/api/') || !(await isApp(origin))) return answer;
  const method = init?.method ?? (input instanceof Request ? input.method : 'GET');
  const text = await answer.clone().text();
  lookAt({ method, path: pathname, status: answer.status, headers: answer.headers, text });
  return answer;
};
failOnMisfits();

const known = new Map<string, Promise<boolean>>();

function isApp(origin: string): Promise<boolean> {
  const found =
    known.get(origin) ??
    bare(`${origin}/api/openapi.json`).then(
      ({ ok }) => ok,
      () => false,
    );
  known.set(origin, found);
  return found;
}

/** Set-up of tests that ask endpoints in their own process: every answer of every endpoint is held against docs/openapi.json. */
import { HttpResponse } from '@azure/functions';
import { endpoints } from '../../../src/http/endpoints.ts';
import { failOnMisfits, lookAt, watched } from './misfits.ts';

for (const endpoint of endpoints) {
  const { name, method, route, answer } = endpoint;
  if (watched.has(answer)) continue;
  const watching: typeof answer = async (request, parts) => {
    const init = await answer(request, parts);
    const response = new HttpResponse(init);
    const path = `/api/${route}`.replaceAll(/\{\w+\}/g, name);
    const text = await response.text();
    lookAt({ method, path, status: response.status, headers: new Headers([...response.headers]), text });
    return init;
  };
  watched.add(watching);
  Object.assign(endpoint, { answer: watching });
}
failOnMisfits();

/** Holds an answer of the app against docs/openapi.json. */
import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import * as z from 'zod';

/** An answer, whoever gave it. */
export interface Given {
  readonly method: string;
  /** As it was asked for: `/api/jobs/job-1`. */
  readonly path: string;
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

const header = z.object({ required: z.boolean().default(false) });
const response = z.object({
  headers: z.record(z.string(), header).default({}),
  content: z.record(z.string(), z.unknown()).optional(),
});
const operation = z.object({ responses: z.record(z.string(), response) });
const document = z.object({ paths: z.record(z.string(), z.record(z.string(), operation)) });

const json: object = JSON.parse(readFileSync(new URL('../../../docs/openapi.json', import.meta.url), 'utf8'));
const { paths } = document.parse(json);

/** Those with fewer parameters first: `/api/routing/plan` before `/api/routing/{what}`. */
const routes = Object.keys(paths)
  .toSorted((a, b) => a.split('{').length - b.split('{').length)
  .map((path) => ({
    path,
    pattern: new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}/?$`, 'i'),
  }));

/** Azure asks for keys and says nothing else; Event Grid is told to come again by a status alone. */
const mayBeEmpty = (path: string, status: number) =>
  status === 401 || (path === '/api/router-events' && status === 503);

/** What about an answer is not in the document; undefined where all of it is. */
export function misfitOf({ method, path, status, headers, text }: Given): string | undefined {
  const route = routes.find(({ pattern }) => pattern.test(path))?.path;
  const described = route === undefined ? undefined : paths[route]?.[method.toLowerCase()];
  // What no function answers is answered by the host, in its own way.
  if (route === undefined || described === undefined) {
    return [400, 404, 405].includes(status) ? undefined : told('an operation that it does not have');
  }
  const expected = described.responses[status];
  if (expected === undefined) return told('a status that it does not have');
  const absent = Object.entries(expected.headers).find(
    ([name, { required }]) => required && !headers.has(name),
  );
  if (absent) return told(`no header ${absent[0]}`);
  if (text === '') {
    return expected.content === undefined || mayBeEmpty(route, status) ? undefined : told('no body');
  }
  const [type = ''] = (headers.get('content-type') ?? '').split(';');
  if (expected.content?.[type] === undefined) return told(`a body of type ${type || 'nothing'}`);
  if (!/[/+]json$/.test(type)) return undefined;
  const isFit = schemaAt(
    'paths',
    route,
    method.toLowerCase(),
    'responses',
    String(status),
    'content',
    type,
    'schema',
  );
  return isFit(JSON.parse(text)) ? undefined : told(ajv.errorsText(isFit.errors, { separator: '; ' }));

  function told(what: string): string {
    return `${method} ${path} answered ${status} with what docs/openapi.json does not have: ${what}\n${text.slice(0, 2_000)}`;
  }
}

const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(ajv);
ajv.addSchema(json, 'openapi.json');

/** What holds a value against the schema at a place of the document. */
export function schemaAt(...steps: readonly string[]): ValidateFunction {
  const pointer = steps.map((step) => encodeURIComponent(step.replaceAll('~', '~0').replaceAll('/', '~1')));
  const found = ajv.getSchema(`openapi.json#/${pointer.join('/')}`);
  if (!found) throw new Error(`docs/openapi.json has nothing at ${steps.join(' / ')}`);
  return found;
}

import { readFileSync } from 'node:fs';
import { Validator } from '@seriousme/openapi-schema-validator';
import { expect, it } from 'vitest';
import * as z from 'zod';
import { documentFile, documentText, openApiDocument } from '../../../openapi/document.ts';
import { operations } from '../../../openapi/operations.ts';
import { problemStatuses } from '../../../openapi/problems.ts';
import { endpoints } from '../../../src/http/endpoints.ts';
import { schemaAt } from '../../support/openApi/misfit.ts';

const media = z.object({
  example: z.unknown().optional(),
  examples: z.record(z.string(), z.object({ value: z.unknown() })).default({}),
});
const content = z.object({ content: z.record(z.string(), media).default({}) });
const described = z.object({
  paths: z.record(
    z.string(),
    z.record(
      z.string(),
      z.object({ requestBody: content.default({ content: {} }), responses: z.record(z.string(), content) }),
    ),
  ),
});

/** Each example of a body, and where its schema is. */
const examplesIn = (body: z.infer<typeof content>, ...steps: readonly string[]) =>
  Object.entries(body.content).flatMap(([type, { example, examples }]) =>
    [example, ...Object.values(examples).map(({ value }) => value)]
      .filter((each) => each !== undefined)
      .map((each) => ({ place: [...steps, 'content', type, 'schema'], example: each })),
  );

it('docs/openapi.json is what the endpoints read by; `npm run openapi` writes it anew', () => {
  expect(readFileSync(documentFile, 'utf8')).toBe(documentText());
});

it('is valid by the schema that the OpenAPI Initiative publishes for 3.1', async () => {
  const validator = new Validator();
  const document: Record<string, unknown> = JSON.parse(documentText());
  expect(await validator.validate(document)).toEqual({ valid: true });
  expect(validator.version).toBe('3.1');
});

it('describes every endpoint, and nothing that is none', () => {
  expect(Object.keys(operations).toSorted()).toEqual(endpoints.map(({ name }) => name).toSorted());
});

it('has every parameter of every route, required', () => {
  for (const [path, item] of Object.entries(openApiDocument().paths ?? {})) {
    const inRoute = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    for (const method of ['get', 'put', 'post', 'patch', 'delete'] as const) {
      const parameters = item[method]?.parameters ?? [];
      const named = parameters.filter((each) => 'in' in each && each.in === 'path' && each.required);
      if (item[method]) expect(named.map((each) => 'name' in each && each.name)).toEqual(inRoute);
    }
  }
});

it('gives examples that the app would take, and answers as it gives them', () => {
  const found = Object.entries(described.parse(openApiDocument()).paths).flatMap(([path, item]) =>
    Object.entries(item).flatMap(([method, { requestBody, responses }]) => [
      ...examplesIn(requestBody, 'paths', path, method, 'requestBody'),
      ...Object.entries(responses).flatMap(([status, answer]) =>
        examplesIn(answer, 'paths', path, method, 'responses', status),
      ),
    ]),
  );
  expect(found.length).toBeGreaterThan(10);
  for (const { place, example } of found) {
    const isFit = schemaAt(...place);
    expect([place, isFit(example), isFit.errors]).toEqual([place, true, null]);
  }
});

it('knows each problem by the statuses that docs/failures.md gives it', () => {
  const text = readFileSync(new URL('../../../docs/failures.md', import.meta.url), 'utf8');
  const [, problems = ''] = text.split('\n## Problems\n');
  const [table = ''] = problems.split("\n### The webhook's answers");
  const written = [...table.matchAll(/^\| `(\w+)` \| (\d{3}(?:, \d{3})*) \|/gm)].map(
    ([, name, statuses = '']) => [name, statuses.split(', ').map(Number)],
  );
  expect(Object.fromEntries(written)).toEqual(problemStatuses);
});

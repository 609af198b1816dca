/** The HTTP surface in the words of OpenAPI 3.1: from the endpoints themselves, and the schemas they read by. */
import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { createDocument, type ZodOpenApiObject } from 'zod-openapi';
import { endpoints } from '../src/http/endpoints.ts';
import { about } from './about.ts';
import { routingDocumentSchemas } from './answers/routingDocument.ts';
import { tags } from './operation.ts';
import { operationOf } from './operationOf.ts';
import { operations } from './operations.ts';
import { securitySchemes } from './security.ts';
import { webhookPath } from './webhook.ts';

/** Where the document is checked in. */
export const documentFile = new URL('../docs/openapi.json', import.meta.url);

const manifest = z.object({ version: z.string(), license: z.string() });

/** The document. @throws for an endpoint that nothing is said about. */
export function openApiDocument() {
  const { version, license } = manifest.parse(
    JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')),
  );
  return createDocument({
    openapi: '3.1.1',
    info: {
      title: 'Job Router automation',
      version,
      description: about,
      license: { name: license, identifier: license },
    },
    servers: [{ url: '/', description: 'The app that this document comes from.' }],
    tags: Object.entries(tags).map(([name, description]) => ({ name, description })),
    components: { securitySchemes, schemas: routingDocumentSchemas() },
    paths: { ...paths(), ...webhookPath },
  });
}

/** The document as it stands in its file. */
export const documentText = (): string => `${JSON.stringify(openApiDocument(), undefined, 2)}\n`;

function paths(): NonNullable<ZodOpenApiObject['paths']> {
  const byRoute = Map.groupBy(endpoints, ({ route }) => `/api/${route}`);
  const items = [...byRoute].map(([path, some]) => [
    path,
    Object.fromEntries(some.map((endpoint) => [endpoint.method.toLowerCase(), described(endpoint)])),
  ]);
  return Object.fromEntries(items);
}

function described(endpoint: (typeof endpoints)[number]) {
  const operation = operations[endpoint.name];
  if (operation === undefined) throw new Error(`openapi/operations says nothing about ${endpoint.name}`);
  return operationOf(endpoint, operation);
}

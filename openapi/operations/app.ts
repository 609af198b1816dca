import * as z from 'zod';
import type { ZodOpenApiResponseObject } from 'zod-openapi';
import { health } from '../answers/health.ts';
import { json, type Operation } from '../operation.ts';

const caching = z.object({
  ETag: z.string().describe('Send it as If-None-Match to be spared what you have.'),
});
const unchanged: ZodOpenApiResponseObject = { description: 'You have it already.', headers: caching };

const text = (type: string, description: string): ZodOpenApiResponseObject => ({
  description,
  headers: caching,
  content: { [type]: { schema: z.string() } },
});

/** Of the app itself. */
export const appOperations: Readonly<Record<string, Operation>> = {
  health: {
    tag: 'App',
    summary: 'Ask whether the app can do its work',
    description: 'Whether its router answers, and to its credentials, and its rules are known.',
    answers: {
      200: json('It can.', health, { example: { status: 'healthy', router: 'reachable', rules: 3 } }),
    },
    problems: [
      ['routerRefused', 503],
      ['routerRejectsCredentials', 503],
      ['routerUnavailable', 503],
    ],
  },
  openApi: {
    tag: 'App',
    summary: 'Get this document',
    answers: {
      200: json('OpenAPI 3.1.', z.looseObject({ openapi: z.string() }), { headers: caching }),
      304: unchanged,
    },
  },
  apiDocs: {
    tag: 'App',
    summary: 'Read this document on a page',
    description: 'Everything on the page comes from this app.',
    answers: { 200: text('text/html', 'The page.'), 304: unchanged },
  },
  apiDocsAsset: {
    tag: 'App',
    summary: 'Get a part of the page',
    path: z.object({ asset: z.string().meta({ example: 'page.css' }) }),
    answers: {
      200: {
        description: 'A style sheet, a script, or whose they are.',
        headers: caching,
        content: {
          'text/css': { schema: z.string() },
          'text/javascript': { schema: z.string() },
          'text/plain': { schema: z.string() },
        },
      },
      304: unchanged,
    },
    problems: ['assetNotFound'],
  },
};

/**
 * The description of the HTTP surface, and a page to read it on. Both are files beside the bundle, compressed when the
 * app is built, so that nothing of them is loaded before somebody asks.
 */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { HttpRequest, HttpResponseInit } from '@azure/functions';
import { appRoot } from '../appRoot.ts';
import type { Endpoint } from './endpoint.ts';
import { problemResponse } from './problem.ts';

const decompress = promisify(gunzip);

/** Where the files are, each with `.gz` after its name. */
const folder = join(appRoot, 'dist/api-docs');

/** What the page is made of, and the type of each. */
const assets = {
  'licenses.txt': 'text/plain; charset=utf-8',
  'page.css': 'text/css; charset=utf-8',
  'start.js': 'text/javascript; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
  'swagger-ui.css': 'text/css; charset=utf-8',
} as const;

/**
 * Everything from this app, nothing inline, nothing evaluated, no frame around it: whoever gets a text of his onto the
 * page gets no script onto it. Pictures in the style sheet are data.
 */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  'img-src data:',
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const securityHeaders = {
  'content-security-policy': contentSecurityPolicy,
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

/** `GET /api/openapi.json`. */
export const openApiEndpoint: Endpoint = {
  name: 'openApi',
  method: 'GET',
  route: 'openapi.json',
  level: 'anonymous',
  roles: [],
  answer: (request) => fileAnswer(request, 'openapi.json', 'application/json'),
};

/** `GET /api/docs`: the same, to be read. */
export const apiDocsEndpoint: Endpoint = {
  name: 'apiDocs',
  method: 'GET',
  route: 'docs',
  level: 'anonymous',
  roles: [],
  answer: (request) => fileAnswer(request, 'index.html', 'text/html; charset=utf-8'),
};

/** `GET /api/docs/{asset}`: what the page loads. */
export const apiDocsAssetEndpoint: Endpoint = {
  name: 'apiDocsAsset',
  method: 'GET',
  route: 'docs/{asset}',
  level: 'anonymous',
  roles: [],
  answer: async (request) => {
    const asset = request.params.asset ?? '';
    if (isAsset(asset)) return fileAnswer(request, asset, assets[asset]);
    return problemResponse({
      name: 'assetNotFound',
      status: 404,
      detail: 'The page at /api/docs has no such part.',
    });
  },
};

const isAsset = (name: string): name is keyof typeof assets => Object.hasOwn(assets, name);

/** A file as it is, or as it was before it was compressed; nothing, for whoever has it already. */
async function fileAnswer(
  { headers }: Pick<HttpRequest, 'headers'>,
  name: string,
  type: string,
): Promise<HttpResponseInit> {
  const compressed = await readFile(join(folder, `${name}.gz`));
  // Weak: it stands for the content, in whichever encoding.
  const etag = `W/"${createHash('sha256').update(compressed).digest('base64url').slice(0, 22)}"`;
  const shared = { ...securityHeaders, etag, 'cache-control': 'no-cache', vary: 'Accept-Encoding' };
  if (headers.get('if-none-match') === etag) return { status: 304, headers: shared };
  const isCompressed = takesGzip(headers.get('accept-encoding') ?? '');
  return {
    status: 200,
    headers: { ...shared, 'content-type': type, ...(isCompressed && { 'content-encoding': 'gzip' }) },
    body: isCompressed ? compressed : await decompress(compressed),
  };
}

/** Whether a client names gzip, and does not name it in order to refuse it. */
const takesGzip = (accepted: string): boolean =>
  accepted.split(',').some((coding) => /^\s*gzip\s*(;\s*q=(1|0?\.\d*[1-9]).*)?$/i.test(coding));

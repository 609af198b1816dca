import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { healthEndpoint } from '../../../../src/http/health.ts';
import { readRoutingDocument } from '../../../../src/routing/document/readRoutingDocument.ts';
import { askEndpoint } from '../../../support/askEndpoint.ts';
import { createMemoryJobRouter } from '../../../support/memoryJobRouter.ts';

const quickstart: unknown = JSON.parse(await readFile('routing.json', 'utf8'));
const read = readRoutingDocument(quickstart);
const quickstartRules = read.kind === 'read' ? read.document.automation : undefined;
const automation = async () => quickstartRules ?? { rules: [], automatedWorkers: [] };
const health = { automation, rulesProblem: () => undefined };

const problemOf = (response: { body?: unknown; headers?: unknown }): unknown => {
  expect(response.headers).toMatchObject({ 'content-type': 'application/problem+json' });
  return JSON.parse(String(response.body));
};

describe('GET /api/health', () => {
  it('is well when the router answers', async () => {
    expect(await askEndpoint(healthEndpoint, { ...createMemoryJobRouter(), ...health })).toEqual({
      status: 200,
      jsonBody: { status: 'healthy', router: 'reachable', rules: 1 },
    });
  });

  it('names a wrong key as what it is', async () => {
    const ping = { kind: 'unavailable', status: 401, message: 'raw' } as const;
    const response = await askEndpoint(healthEndpoint, { ...createMemoryJobRouter({ ping }), ...health });
    expect(problemOf(response)).toMatchObject({ status: 503, detail: expect.stringContaining('access key') });
  });

  it('is degraded while rules that were read once cannot be read again', async () => {
    const rulesProblem = () => ({ since: new Date('2026-03-02T09:00:00Z'), problem: 'it is gone' });
    const { router } = createMemoryJobRouter();
    expect(await askEndpoint(healthEndpoint, { router, automation, rulesProblem })).toMatchObject({
      status: 200,
      jsonBody: { status: 'degraded', rules: 1, rulesProblem: { problem: 'it is gone' } },
    });
  });

  it('is not well before it knows its rules', async () => {
    const unknown = () => Promise.reject(new Error('the blob is answered with 403'));
    const { router } = createMemoryJobRouter();
    const response = await askEndpoint(healthEndpoint, { ...health, router, automation: unknown });
    expect(problemOf(response)).toMatchObject({ status: 503, detail: expect.stringContaining('403') });
  });
});

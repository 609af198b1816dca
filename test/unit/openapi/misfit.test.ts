import { describe, expect, it } from 'vitest';
import { type Given, misfitOf } from '../../support/openApi/misfit.ts';

const health: Given = {
  method: 'GET',
  path: '/api/health',
  status: 200,
  headers: new Headers({ 'content-type': 'application/json' }),
  text: '{"status":"healthy","router":"reachable","rules":1}',
};
const problem: Given = {
  ...health,
  status: 503,
  headers: new Headers({ 'content-type': 'application/problem+json' }),
  text: JSON.stringify({
    type: 'urn:problem-type:job-router-functions:misconfigured',
    title: 'The settings of the app are wrong',
    status: 503,
    detail: 'Wrong.',
  }),
};

describe('an answer that is held against docs/openapi.json', () => {
  it('fits', () => {
    expect(misfitOf(health)).toBeUndefined();
    expect(misfitOf(problem)).toBeUndefined();
  });

  it.each<[string, Partial<Given>, string]>([
    [
      'a member that nothing is said about',
      { text: '{"status":"healthy","router":"reachable","rules":1,"secret":1}' },
      'additional',
    ],
    ['a member that is absent', { text: '{"status":"healthy","router":"reachable"}' }, "'rules'"],
    ['another type of content', { headers: new Headers({ 'content-type': 'text/html' }) }, 'text/html'],
    ['no body', { text: '' }, 'no body'],
    ['another status', { status: 418 }, 'a status'],
    ['an operation of its own', { path: '/api/secret' }, 'an operation'],
    ['another method', { method: 'DELETE' }, 'an operation'],
  ])('does not fit with %s', (_what, change, told) => {
    expect(misfitOf({ ...health, ...change })).toContain(told);
  });

  it('does not fit with a problem that the operation is not said to have', () => {
    const other = problem.text.replace('misconfigured', 'jobNotFound');
    expect(misfitOf({ ...problem, text: other })).toContain(
      '/type must be equal to one of the allowed values',
    );
  });

  it('does not fit without a header that is always there', () => {
    const submitted = { ...health, method: 'POST', path: '/api/jobs', status: 201, text: '{"id":"job-1"}' };
    expect(misfitOf(submitted)).toContain('no header Location');
  });
});

import { describe, expect, it } from 'vitest';
import { compileRoute } from '../../../../../emulator/functionsHost/http/routeTemplate.ts';

describe('a route template', () => {
  it.each([
    ['api/jobs', '/api/jobs', {}],
    ['api/jobs', '/api/JOBS/', {}],
    ['api/jobs/{id}', '/api/jobs/job%201', { id: 'job 1' }],
    ['api/jobs/{id}', '/api/jobs/100%', { id: '100%' }],
    ['api/jobs/{id?}', '/api/jobs', {}],
    ['api/jobs/{id?}', '/api/jobs/1', { id: '1' }],
    ['api/jobs/{id=7}', '/api/jobs', { id: '7' }],
    ['api/{*rest}', '/api/a/b/c', { rest: 'a/b/c' }],
    ['api/{*rest}', '/api', {}],
    ['api/jobs/{id:int}', '/api/jobs/12', { id: '12' }],
    ['api/jobs/{id:int?}', '/api/jobs', {}],
    ['api/jobs/{id:length(2)}', '/api/jobs/abc', { id: 'abc' }],
    ['api/files/{name}.json', '/api/files/rules.json', { name: 'rules' }],
    ['api/{queue}/jobs/{id}', '/api/q-1/jobs/j-1', { queue: 'q-1', id: 'j-1' }],
  ])('%s, asked for %s, gives %j', (template, path, expected) => {
    expect(compileRoute(template).match(path)).toEqual(expected);
  });

  it.each([
    ['api/jobs', '/api/jobs/1'],
    ['api/jobs/{id}', '/api/jobs'],
    ['api/jobs/{id:int}', '/api/jobs/abc'],
    ['api/a+b', '/api/aab'],
  ])('%s does not fit %s', (template, path) => {
    expect(compileRoute(template).match(path)).toBeUndefined();
  });

  it('is tried the earlier the more exact it is', () => {
    const templates = ['{*rest}', 'jobs/{id}', 'jobs/{id:int}', 'jobs/next', 'jobs'].map(compileRoute);
    const ordered = templates.sort((a, b) => (a.precedence < b.precedence ? -1 : 1)).map(({ text }) => text);
    expect(ordered).toEqual(['jobs', 'jobs/next', 'jobs/{id:int}', 'jobs/{id}', '{*rest}']);
  });
});

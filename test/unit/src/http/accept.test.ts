import { describe, expect, it } from 'vitest';
import { preferredType } from '../../../../src/http/accept.ts';

const offered = ['application/json', 'application/yaml', 'text/yaml'] as const;

describe('the type that a caller likes best', () => {
  it.each([
    [null, 'application/json'],
    ['', 'application/json'],
    ['*/*', 'application/json'],
    ['application/yaml', 'application/yaml'],
    ['Application/YAML; charset=utf-8', 'application/yaml'],
    ['text/*', 'text/yaml'],
    ['text/html, */*;q=0.1', 'application/json'],
    ['application/json;q=0.5, application/yaml', 'application/yaml'],
    ['*/*, application/json;q=0', 'application/yaml'],
    ['application/yaml;q=nonsense', 'application/yaml'],
    ['text/html', undefined],
    ['application/json;q=0', undefined],
  ])('of %j is %s', (accept, type) => {
    expect(preferredType(accept, offered)).toBe(type);
  });
});

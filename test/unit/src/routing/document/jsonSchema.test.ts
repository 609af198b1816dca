// biome-ignore-all lint/suspicious/noTemplateCurlyInString: placeholders of documents look like those of JavaScript
import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { routingJsonSchema } from '../../../../../src/routing/document/jsonSchema.ts';
import { readRoutingDocument } from '../../../../../src/routing/document/readRoutingDocument.ts';
import { routingDocuments } from '../../../../support/routingDocuments.ts';

/** As an editor does: formats are looked at as far as the schema's own patterns say. */
const ajv = new Ajv2020({
  strictRequired: false,
  allowUnionTypes: true,
  formats: { uri: (text) => URL.canParse(text), 'date-time': true },
});
const accepts = ajv.compile(routingJsonSchema());
const isRead = (input: unknown) => readRoutingDocument(input).kind === 'read';

describe('the JSON Schema of routing documents', () => {
  it('accepts routing.json', () => {
    accepts(JSON.parse(readFileSync('routing.json', 'utf8')));
    expect(accepts.errors).toBeNull();
  });

  it('accepts what can be read', () => {
    fc.assert(
      fc.property(routingDocuments(), (document) => {
        accepts(document);
        expect(accepts.errors).toBeNull();
      }),
      { seed: 20_260_302, numRuns: 100 },
    );
  });

  it('refuses what cannot be read, and nothing else: documents with one thing changed', () => {
    let refused = 0;
    fc.assert(
      fc.property(routingDocuments(), fc.nat(), fc.constantFrom(...changes), (document, at, change) => {
        const changed = changedAt(document, at, change);
        const read = readRoutingDocument(changed);
        // What only the whole document tells is not in a schema.
        fc.pre(
          !(read.kind === 'invalid' && read.problems.some(({ expected }) => expected.includes('already'))),
        );
        expect({ changed, accepted: accepts(changed) }).toEqual({ changed, accepted: read.kind === 'read' });
        if (read.kind === 'invalid') refused += 1;
      }),
      { seed: 20_260_302, numRuns: 400 },
    );
    expect(refused).toBeGreaterThan(100);
  });

  it('lets placeholders stand where a text has a form', () => {
    const document = { queues: [{ id: '${env:QUEUE}', distributionPolicyId: 'p' }] };
    expect(accepts(document)).toBe(true);
    expect(isRead(document)).toBe(false);
  });

  it('explains its members, with units', () => {
    const text = JSON.stringify(routingJsonSchema());
    expect(text).toContain('Seconds after which an offer is withdrawn');
    expect(text).toContain('"deprecated":true');
  });
});

/** What may be put in the place of a value; undefined takes it away. */
const changes: readonly unknown[] = [
  undefined,
  null,
  'text',
  '',
  7,
  -1,
  0.5,
  true,
  [],
  {},
  { kind: 'static' },
  { unknown: 1 },
];

/** A copy in which the value at one place is another one. Places are counted through the whole document. */
function changedAt(root: unknown, at: number, change: unknown): unknown {
  let left = at % countOf(root);
  function copy(value: unknown): unknown {
    if (left === 0) {
      left -= 1;
      return change;
    }
    left -= 1;
    if (Array.isArray(value)) return value.map(copy).filter((item) => item !== undefined);
    if (typeof value !== 'object' || value === null) return value;
    const members = Object.entries(value).map(([name, member]) => [name, copy(member)] as const);
    return Object.fromEntries(members.filter(([, member]) => member !== undefined));
  }
  return copy(root);
}

const countOf = (value: unknown): number =>
  typeof value === 'object' && value !== null
    ? Object.values(value).reduce((sum: number, member) => sum + countOf(member), 1)
    : 1;

/** The routing document in the words of JSON Schema, for editors: what they underline and complete is what is read here. */
import * as z from 'zod';
import { routingDocument } from './routingDocument.ts';

/** A text that is completed from outside, and so need not have its form yet. */
const placeholder = { type: 'string', pattern: '\\$\\{env:[A-Za-z_][A-Za-z0-9_]*(:-[^}]*)?\\}' } as const;

/** A schema of draft 2020-12. What only the whole document tells, such as an id that stands twice, is not in it. */
export function routingJsonSchema(): Readonly<Record<string, unknown>> {
  const { $schema, ...members } = z.toJSONSchema(routingDocument, {
    io: 'input',
    override: ({ jsonSchema }) => letPlaceholdersIn(jsonSchema),
  });
  return {
    $schema,
    title: 'Routing document',
    description:
      'What an Azure Communication Services Job Router is to hold, and the rules that the app answers by.',
    ...members,
  };
}

/** Lets a placeholder stand where a text of some form is expected. */
export function letPlaceholdersIn(schema: z.core.JSONSchema.BaseSchema): void {
  if (schema.type !== 'string' || (schema.format === undefined && schema.pattern === undefined)) return;
  const { description, default: preset, ...form } = schema;
  for (const member of Object.keys(form)) delete schema[member];
  schema.anyOf = [form, placeholder];
}

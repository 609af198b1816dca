/** The JSON Schemas that are checked in under docs/schemas, each made from the schema that the code reads by. */
import { routingJsonSchema } from '../src/routing/document/jsonSchema.ts';
import { planJsonSchema } from '../src/routing/plan/planSchema.ts';

/** By file. */
export const published: Readonly<Record<string, () => object>> = {
  'routing.schema.json': routingJsonSchema,
  'plan.schema.json': planJsonSchema,
};

/** Where they are. */
export const folder = new URL('../docs/schemas/', import.meta.url);

/** A schema as it stands in its file. */
export const textOf = (schema: object): string => `${JSON.stringify(schema, undefined, 2)}\n`;

import { createSchema } from 'zod-openapi';
import { letPlaceholdersIn } from '../../src/routing/document/jsonSchema.ts';
import { routingDocument } from '../../src/routing/document/routingDocument.ts';

/** The routing document, wherever it comes and goes: as it is written, and not as it is read. */
export const routingDocumentRef = { $ref: '#/components/schemas/RoutingDocument' };

/** Its schema with all it refers to. Apart from the others, because any text of some form may be a placeholder in it. */
export function routingDocumentSchemas() {
  const { components, schema } = createSchema(
    routingDocument.meta({
      title: 'Routing document',
      description:
        'What the router is to hold, and the rules that the app answers by: docs/routing-document.md.',
    }),
    { io: 'input', opts: { override: ({ jsonSchema }) => letPlaceholdersIn(jsonSchema) } },
  );
  return { ...components, RoutingDocument: schema };
}

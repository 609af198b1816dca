import { resourceKinds } from '../jobRouter/resources.ts';
import { referencesOf } from './kinds.ts';
import type { Declared, Kind, Path, ResourceRef, RoutingDeclaration } from './model.ts';
import { withoutMark } from './ownership.ts';

/** A resource of a document, and where it stands there. */
export interface DeclaredAt extends Declared {
  readonly path: readonly [Kind, number];
}

/** Every resource that a document declares. */
export const declaredIn = (document: RoutingDeclaration): readonly DeclaredAt[] =>
  resourceKinds.flatMap((kind) =>
    (document[kind] ?? []).map(({ id, ...content }, index) => ({
      kind,
      id,
      content: withoutMark(kind, content),
      path: [kind, index],
    })),
  );

/** A place in a document that names a resource. */
export interface DocumentReference extends ResourceRef {
  readonly path: Path;
}

/** Every name in a document that the document itself does not declare: those have to be on the router. */
export function outsideReferences(document: RoutingDeclaration): readonly DocumentReference[] {
  const resources = declaredIn(document);
  const declares = new Set(resources.map(({ kind, id }) => `${kind}/${id}`));
  return resources.flatMap((resource) =>
    referencesOf(resource.kind, resource.content)
      .filter(({ kind, id }) => !declares.has(`${kind}/${id}`))
      .map(({ kind, id, path }) => ({ kind, id, path: [...resource.path, ...path] })),
  );
}

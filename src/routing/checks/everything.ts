import { resourceKinds } from '../../jobRouter/resources.ts';
import { mergePatch } from '../compare/mergePatch.ts';
import { membersOf } from '../compare/shape.ts';
import { type DeclaredAt, declaredIn } from '../declared.ts';
import type { Content, Kind, Live, ResourceRef, RoutingDeclaration } from '../model.ts';

/** What a router would hold once a document is applied: what is declared, laid over what is there. */
export interface Everything {
  readonly declared: readonly DeclaredAt[];
  readonly of: (kind: Kind) => ReadonlyMap<string, Content>;
  /** Whether the router was looked at: what is not here is nowhere. */
  readonly isAll: boolean;
  /** Whether the router has it now. */
  readonly isHeld: (resource: ResourceRef) => boolean;
}

/** @param live absent: the document is looked at alone. */
export function everythingOf(document: RoutingDeclaration, live?: Live): Everything {
  const declared = declaredIn(document);
  const byKind = new Map(
    resourceKinds.map((kind) => {
      const held = [...(live?.resources[kind] ?? [])].map(([id, { content }]) => [id, content] as const);
      return [kind, new Map<string, Content>(held)];
    }),
  );
  for (const { kind, id, content } of declared) {
    const resources = byKind.get(kind);
    resources?.set(id, membersOf(mergePatch(resources.get(id), content)));
  }
  const none: ReadonlyMap<string, Content> = new Map();
  return {
    declared,
    of: (kind) => byKind.get(kind) ?? none,
    isAll: live !== undefined,
    isHeld: ({ kind, id }) => live?.resources[kind].has(id) ?? false,
  };
}

/** The four operations that every kind of resource has: upsert, get, delete, list. */
import type * as z from 'zod';
import type { Nothing, Upserted } from '../../engine/commands.ts';
import type { Answer, Listed } from '../../engine/engine.ts';
import type { Revision } from '../../engine/model/values.ts';
import type { ApiVersion } from '../apiVersion.ts';
import { accepted, refusalOf } from '../errors.ts';
import { checkPreconditions, type EtagFamily, revisionHeaders } from '../etag.ts';
import { type Call, noContent, type Operation, ok, type Reply } from '../operation.ts';
import { nextLink, pageOf, pageRequest } from '../paging.ts';
import { invalidMembers } from '../refusal.ts';

/** What sets one kind of resource apart from the others. */
interface ResourceKind<Id extends string, Patch extends z.ZodType, View> {
  readonly collection: string;
  readonly idName: string;
  patch(version: ApiVersion): Patch;
  readonly etag: EtagFamily;
  encode(view: View, version: ApiVersion): object;
  read(id: Id): View | undefined;
  /** Newest created first, from there on back. */
  createdBefore(number: number): Iterable<Listed<View>>;
  upsert(id: Id, patch: z.output<Patch>): Answer<Upserted<View>>;
  remove(id: Id): Answer<Nothing>;
  /** Turns the query of a listing into the test its items must pass. Throws a Refusal. */
  filter?(parameters: Readonly<Record<string, string>>): (view: View) => boolean;
}

interface ResourceOperations {
  readonly upsert: Operation;
  readonly get: Operation;
  readonly remove: Operation;
  readonly list: Operation;
}

/** A colon begins an action in a path. Where we guessed: the service refuses it in the ids of all kinds, with 400. */
function refuseColon(idName: string, id: string): void {
  if (id.includes(':')) throw invalidMembers([{ member: idName, message: 'must not contain a colon' }]);
}

export function resourceOperations<
  Id extends string,
  Patch extends z.ZodType,
  View extends { readonly id: Id; readonly revision: Revision },
>(kind: ResourceKind<Id, Patch, View>): ResourceOperations {
  const idIn = (call: Call) => call.id<Id>(kind.idName);
  const bodyOf = (view: View, version: ApiVersion, etag = kind.etag(view.revision)) => ({
    ...kind.encode(view, version),
    etag,
  });
  const replyWith = (status: 200 | 201, view: View, version: ApiVersion): Reply => {
    const etag = kind.etag(view.revision);
    return { status, headers: revisionHeaders(view.revision, etag), body: bodyOf(view, version, etag) };
  };

  return {
    upsert(call) {
      const id = idIn(call);
      refuseColon(kind.idName, id);
      const patch = call.patch(kind.patch(call.version));
      checkPreconditions(call.headers, kind.read(id)?.revision, kind.etag);
      const { created, resource } = accepted(kind.upsert(id, patch));
      return replyWith(created ? 201 : 200, resource, call.version);
    },

    get(call) {
      const view = kind.read(idIn(call));
      if (view === undefined) throw refusalOf({ kind: 'notFound' });
      return replyWith(200, view, call.version);
    },

    remove(call) {
      accepted(kind.remove(idIn(call)));
      return noContent;
    },

    list(call) {
      const request = pageRequest(call.query);
      const matches = kind.filter?.(request.parameters) ?? (() => true);
      const { items, next } = pageOf(kind.createdBefore(request.before), matches, request.pageSize);
      return ok({
        value: items.map((view) => bodyOf(view, call.version)),
        ...(next !== undefined && { nextLink: nextLink(kind.collection, request, next) }),
      });
    },
  };
}

import {
  DEFAULT_OWNER,
  type Live,
  type LiveResource,
  type Notice,
  nameOf,
  type Planned,
  type ResourceRef,
} from './model.ts';
import { marked } from './ownership.ts';
import { assemble, type Write } from './plan/assemble.ts';

/** What is adopted, and by whom. */
export interface AdoptOptions {
  /** The host of the router, for whoever reads the plan. */
  readonly router: string;
  readonly owner?: string;
  /** Takes over what belongs to somebody else, too. */
  readonly takesOver?: boolean;
}

/**
 * Plans to mark resources that exist as the owner's; their content stays as it is. From then on pruning deletes them once
 * the document no longer mentions them.
 *
 * @param wanted resources that are to be the owner's; those the router does not have are passed over.
 */
export function planAdoption(wanted: readonly ResourceRef[], live: Live, options: AdoptOptions): Planned {
  const { router, owner = DEFAULT_OWNER, takesOver = false } = options;
  const found = wanted.flatMap(({ kind, id }) => live.resources[kind].get(id) ?? []);
  const others = found.filter((one) => one.owner !== owner);
  const open = others.filter((one) => !isEnded(one));
  const adopted = open.filter((one) => takesOver || one.owner === undefined);
  const means = { live, router, owner, needed: found };
  return assemble(means, {
    levels: adopted.length > 0 ? [adopted.map((one) => adoptionOf(one, owner))] : [],
    unchanged: found.filter((one) => one.owner === owner).map(nameOf),
    notices: others.flatMap((one) => noticeOf(one, takesOver)),
    unwanted: [],
  });
}

/** The write that marks a resource as the owner's. */
export const adoptionOf = ({ kind, id, content, etag }: LiveResource, owner: string): Write => ({
  does: 'write',
  change: { kind, id, action: 'adopt', fields: [] },
  patch: marked(kind, {}, owner, content),
  declared: {},
  ...(etag !== '' && { ifMatch: etag }),
});

/** The service takes no patch of a job that has ended. */
const isEnded = ({ kind, content }: LiveResource): boolean =>
  kind === 'jobs' && (content.status === 'closed' || content.status === 'cancelled');

function noticeOf(resource: LiveResource, takesOver: boolean): Notice[] {
  const { kind, id, owner: holder, content } = resource;
  if (isEnded(resource)) return [{ kind, id, detail: `is ${String(content.status)} and cannot be marked` }];
  if (takesOver || holder === undefined) return [];
  return [{ kind, id, detail: `belongs to "${holder}" and stays so` }];
}

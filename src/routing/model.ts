/**
 * The words in which routing is planned: what a document declares, what a router holds, what would change. Everything
 * here is plain data. A plan may be printed, stored and compared as JSON, so nothing in it is a secret: keys and the
 * queries of addresses are shown as `REDACTED`.
 */
import type { Refused, Unavailable } from '../jobRouter/answer.ts';
import type { ResourceKind } from '../jobRouter/resources.ts';

/** The six kinds of resource, as paths of the service and members of the document are called. */
export type Kind = ResourceKind;

/** One resource of a router. */
export interface ResourceRef {
  readonly kind: Kind;
  readonly id: string;
}

/** How people, answers and plans name a resource: `queues/queue-1`. */
export type ResourceName = `${Kind}/${string}`;
export const nameOf = ({ kind, id }: ResourceRef): ResourceName => `${kind}/${id}`;

/** The members of a resource, its id and ETag aside, as JSON. */
export type Content = Readonly<Record<string, unknown>>;

/** A step into JSON: the name of a member, or a place in a list. */
export type Path = readonly (string | number)[];

/** What a document wants a resource to be. What it leaves out is left alone; a member that is null is to be absent. */
export interface Declared extends ResourceRef {
  readonly content: Content;
}

/**
 * What is planned from. Any document that has been read fits: lists by kind, each entry with its id. Members besides
 * those are nobody's business here.
 */
export type RoutingDeclaration = {
  /** The owner of what the document makes; `DEFAULT_OWNER` where it has no name. */
  readonly name?: string | undefined;
} & { readonly [EachKind in Kind]?: readonly (Content & { readonly id: string })[] | undefined };

/** What is owned by a document without a name. */
export const DEFAULT_OWNER = 'routing';

/** A resource as the router holds it, its owner taken off. */
export interface LiveResource extends ResourceRef {
  /** As answered: with what the router fills in, without id, ETag and mark of ownership. */
  readonly content: Content;
  readonly etag: string;
  /** The document it is marked as belonging to; undefined where it bears no mark. */
  readonly owner: string | undefined;
}

/** What a router holds. Jobs that have ended are in it as far as they were asked for. */
export interface Live {
  readonly resources: { readonly [EachKind in Kind]: ReadonlyMap<string, LiveResource> };
  /** How many entries of lists had no id, and so count as not there. */
  readonly unread: number;
  /** How many calls it took. */
  readonly calls: number;
}

/** One member that would change. A secret is shown as `REDACTED`, and still shows up as a change. */
export interface FieldChange {
  readonly path: Path;
  /** Absent: there is nothing now. */
  readonly before?: unknown;
  /** Absent: there will be nothing. */
  readonly after?: unknown;
}

/** Stands for a secret wherever something is shown. */
export const REDACTED = '(secret)';

export type Action =
  | 'create'
  | 'update'
  /** It exists, is as declared, and is marked as the document's own. */
  | 'adopt'
  | 'delete';

/** What would be done about one resource. */
export interface Change extends ResourceRef {
  readonly action: Action;
  /** Of a creation: what is declared. Of a deletion: nothing. */
  readonly fields: readonly FieldChange[];
  /** Of a creation that stands in a circle of references: the member that closes the circle follows in a later level. */
  readonly isPartial?: true;
}

/** A deletion that the service would refuse. It is not attempted. */
export interface Refusal extends ResourceRef {
  readonly action: 'delete';
  /** What the service would answer. */
  readonly status: number;
  readonly reasons: readonly RefusalReason[];
}

/** Why the service would refuse it. */
export interface RefusalReason {
  /** The service's code, or a name in its manner where it gives none. */
  readonly code: string;
  /** The service's text. */
  readonly message: string;
  /** Who stands in the way, the first ten. */
  readonly because: readonly ResourceName[];
}

/** What the plan does to somebody besides. */
export interface Consequence {
  readonly kind: 'jobLosesWorkers';
  readonly jobId: string;
  /** Where the job would wait then. */
  readonly queueId: string;
  /** Every worker who could serve the job now. None of them could afterwards, and nobody else. */
  readonly workerIds: readonly string[];
  readonly detail: string;
}

/** Something to know that changes nothing. */
export interface Notice extends ResourceRef {
  readonly detail: string;
}

/** The version of the shape below, in every plan. Changes when a reader of the old shape would misread the new one. */
export const PLAN_FORMAT = 1;

/** Everything that would be done, in the order in which it would be done. */
export interface Plan {
  readonly format: typeof PLAN_FORMAT;
  /** The host of the router it was made for. */
  readonly router: string;
  readonly owner: string;
  /** Changes of a level do not depend on each other; each level depends on those before it. */
  readonly levels: readonly (readonly Change[])[];
  /** What is declared and is so already. */
  readonly unchanged: readonly ResourceName[];
  /** How many policies, queues and workers the plan has nothing to do with: other owners' resources, and nobody's. */
  readonly untouched: number;
  readonly refusals: readonly Refusal[];
  readonly consequences: readonly Consequence[];
  readonly notices: readonly Notice[];
  /** Calls that carrying it out takes, where nothing has to be repeated. */
  readonly calls: number;
  /** By name: the ETags that the plan rests on. A router where one of them differs has moved. */
  readonly etags: Readonly<Record<string, string>>;
  /** Of a plan that was kept as a file: where its document is, from the folder of the file. */
  readonly document?: string;
}

/** One change, and what carrying it out takes. Holds what is written in clear, secrets too: never shown or stored. */
export type Task = { readonly change: Change } & (
  | {
      readonly does: 'write';
      readonly patch: Content;
      /** All that is declared of it, for when it has changed in the meantime. */
      readonly declared: Content;
      /** Absent: nothing was there, or the change follows one of the same plan. */
      readonly ifMatch?: string;
    }
  | { readonly does: 'delete' /** An open job has to be cancelled first. */; readonly cancels: boolean }
);

/** A plan, and what carries it out. */
export interface Planned {
  readonly plan: Plan;
  /** By levels, as in the plan. */
  readonly tasks: readonly (readonly Task[])[];
}

/** Whether carrying the plan out would change anything. Refusals change nothing. */
export const isEmpty = ({ levels }: Plan): boolean => levels.length === 0;

/** What became of a change. */
export type Became = 'created' | 'updated' | 'adopted' | 'deleted' | 'unchanged';

/** Told while a plan is carried out. */
export type ApplyProgress =
  | { readonly kind: 'level'; readonly level: number; readonly levels: number; readonly changes: number }
  | {
      readonly kind: 'change';
      readonly resource: ResourceRef;
      readonly became: Became | 'failed';
      /** Changes that are over, this one included, of all. */
      readonly done: number;
      readonly total: number;
    };

/** A change that the router did not make. */
export interface ChangeFailure extends ResourceRef {
  readonly action: Action;
  readonly answer: Refused | Unavailable;
}

/** What has been done. */
export interface Done {
  readonly created: readonly ResourceName[];
  readonly updated: readonly ResourceName[];
  readonly adopted: readonly ResourceName[];
  readonly deleted: readonly ResourceName[];
  readonly unchanged: readonly ResourceName[];
  /** What there is to say about a resource beyond its name. */
  readonly notes: Readonly<Record<string, string>>;
}

/** How far a plan was carried out. */
export type ApplyResult =
  | { readonly kind: 'applied'; readonly done: Done; readonly refusals: readonly Refusal[] }
  | {
      /** A level had failures; its other changes were made, and nothing after it was begun. Doing it again is safe. */
      readonly kind: 'stopped';
      readonly done: Done;
      readonly failures: readonly [ChangeFailure, ...ChangeFailure[]];
      readonly notDone: readonly ResourceName[];
    };

/** The router could not be read, and nothing was changed. */
export interface Unread {
  readonly kind: 'unread';
  /** What was asked for: a resource, or the list of a kind. */
  readonly subject: string;
  readonly answer: Refused | Unavailable;
}

/**
 * How the members of resources compare. The service fills in what a document leaves out, gives ids of its own and keeps
 * lists in an order that means nothing; a shape says where it does so, and everything that compares goes by shapes.
 */

/** What a value is compared as: the same text for what means the same. */
export type Normal = (value: unknown) => unknown;

/** How one member compares, and everything in it. */
export type Shape =
  | {
      readonly is: 'value';
      /** What the service takes a value for that is not there. */
      readonly fallback?: unknown;
      readonly normal?: Normal;
      /** Whether it is never shown; of an address, its query. */
      readonly secret?: 'whole' | 'query';
    }
  | { readonly is: 'object'; readonly members: Members }
  /** Labels and tags: merged key by key, and what a document does not name belongs to somebody else. */
  | {
      readonly is: 'map';
      /** The key that the service sets, and nobody else can. */
      readonly automatic?: string;
    }
  | {
      readonly is: 'list';
      readonly item: Shape;
      /** Tells entries apart where their order means nothing; absent where it does. */
      readonly keyOf?: (entry: unknown) => string;
      /** Entries that others add are no difference. */
      readonly mayHoldMore?: true;
    }
  /** Decided by the service; or counting once, when the resource is created, and then a document may declare it. */
  | { readonly is: 'notCompared'; readonly isDeclarable?: true };

/** The members that need saying something about; one that is not named compares as it is. */
export type Members = Readonly<Record<string, Shape>>;

export const plain: Shape = { is: 'value' };
export const notCompared: Shape = { is: 'notCompared' };
export const atCreation: Shape = { is: 'notCompared', isDeclarable: true };
export const map: Shape = { is: 'map' };
/** Recorded: queues and workers get a label with their id. */
export const mapWithId: Shape = { is: 'map', automatic: 'Id' };
export const object = (members: Members): Shape => ({ is: 'object', members });
/** @param fallback what the service takes an absent value for. */
export const or = (fallback: unknown): Shape => ({ is: 'value', fallback });

export const inOrder = (item: Shape): Shape => ({ is: 'list', item });
export const inAnyOrder = (item: Shape, keyOf: (entry: unknown) => string): Shape => ({
  is: 'list',
  item,
  keyOf,
});

/** Whether a value is a JSON object. */
export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The members of a JSON object, or none. */
export const membersOf = (value: unknown): Readonly<Record<string, unknown>> =>
  isObject(value) ? value : {};

/** The entries of a JSON list, or none. */
export const entriesOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** The shape of a member. */
export const memberShape = (members: Members, name: string): Shape =>
  Object.hasOwn(members, name) ? (members[name] ?? plain) : plain;

/** A router written down as a document that plans to no change. */

import { withoutPlaceholders } from '../input/placeholders.ts';
import { classificationPolicyInput } from '../jobRouter/inputs/classificationPolicyInput.ts';
import { distributionPolicyInput } from '../jobRouter/inputs/distributionPolicyInput.ts';
import { exceptionPolicyInput } from '../jobRouter/inputs/exceptionPolicyInput.ts';
import { jobInput } from '../jobRouter/inputs/jobInput.ts';
import { queueInput } from '../jobRouter/inputs/queueInput.ts';
import { workerInput } from '../jobRouter/inputs/workerInput.ts';
import { isObject, membersOf } from './compare/shape.ts';
import { shapeOf } from './compare/shapes.ts';
import { type Hide, tidied } from './compare/tidied.ts';
import type { Content, Kind, Live, LiveResource, Path, ResourceRef } from './model.ts';

/** What is written down. */
export interface ExportOptions {
  /** Only what belongs to this owner, under its name. Absent: everything. */
  readonly owner?: string;
  /** Jobs that are open, too. They come and go, so a document seldom wants them. */
  readonly withJobs?: boolean;
}

/** A secret that is not written down: the variable that is to hold it, and where it is needed. */
export interface Placeholder extends ResourceRef {
  readonly variable: string;
  readonly path: Path;
}

/** A document, and the variables without which it cannot be read. */
export interface Exported {
  readonly document: ExportedDocument;
  readonly placeholders: readonly Placeholder[];
}

/** A document in the order in which people read one: each kind after those it refers to. */
export type ExportedDocument = { readonly name?: string } & {
  readonly [EachKind in Kind]?: readonly (Content & { readonly id: string })[];
};

const order: readonly Kind[] = [
  'distributionPolicies',
  'classificationPolicies',
  'exceptionPolicies',
  'queues',
  'workers',
  'jobs',
];

/** The members that a document may declare. The service adds others between versions. */
const declarable: Readonly<Record<Kind, readonly string[]>> = {
  distributionPolicies: Object.keys(distributionPolicyInput.shape),
  classificationPolicies: Object.keys(classificationPolicyInput.shape),
  exceptionPolicies: Object.keys(exceptionPolicyInput.shape),
  queues: Object.keys(queueInput.shape),
  workers: Object.keys(workerInput.shape),
  jobs: Object.keys(jobInput.shape),
};

/** The first that was created comes first, so that what is new stands at the end. */
export function exportRouting(
  { resources }: Live,
  { owner, withJobs = false }: ExportOptions = {},
): Exported {
  const variables = variableNames();
  const listed = order
    .filter((kind) => kind !== 'jobs' || withJobs)
    .map((kind) => {
      const held = [...resources[kind].values()].reverse();
      const entries = held
        .filter((resource) => owner === undefined || resource.owner === owner)
        .map((resource) => ({ id: resource.id, ...declaration(resource, variables.hide(resource)) }));
      return [kind, entries] as const;
    })
    .filter(([, entries]) => entries.length > 0);
  const document: ExportedDocument = {
    ...(owner !== undefined && { name: owner }),
    ...Object.fromEntries(listed),
  };
  return { document, placeholders: variables.given };
}

function declaration({ kind, content }: LiveResource, hide: Hide): Content {
  const known = Object.fromEntries(declarable[kind].map((name) => [name, content[name]]));
  const members = Object.entries(membersOf(tidied(known, shapeOf(kind), hide)));
  return Object.fromEntries(members.filter(([, member]) => member !== undefined && !isEmptyMap(member)));
}

const isEmptyMap = (member: unknown): boolean => isObject(member) && Object.keys(member).length === 0;

/** Gives every secret the name of an environment variable, each its own. */
function variableNames() {
  const given: Placeholder[] = [];
  const taken = new Set<string>();

  function placeholder({ kind, id }: ResourceRef, path: Path): string {
    const last = path.findLast((step) => typeof step === 'string') ?? '';
    const words = `${id}_${String(last).replaceAll(/(?=[A-Z])/g, '_')}`
      .toUpperCase()
      .replaceAll(/[^A-Z0-9]+/g, '_');
    const name = /^\d/.test(words) ? `_${words}` : words;
    let variable = name;
    for (let number = 2; taken.has(variable); number += 1) variable = `${name}_${number}`;
    taken.add(variable);
    given.push({ kind, id, variable, path });
    return `\${env:${variable}}`;
  }

  const hide =
    (ref: ResourceRef): Hide =>
    (value, path, how) => {
      if (how === 'whole') return placeholder(ref, path);
      const mark = how === 'query' ? value.indexOf('?') : -1;
      if (mark === -1) return withoutPlaceholders(value);
      return `${withoutPlaceholders(value.slice(0, mark + 1))}${placeholder(ref, path)}`;
    };

  return { given, hide };
}

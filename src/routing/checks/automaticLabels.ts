import { membersOf } from '../compare/shape.ts';
import type { Flaw } from './checkDocument.ts';
import type { Everything } from './everything.ts';

/** Queues and workers that declare the label Id as something else than the router will put there (recorded). */
export const automaticLabels = ({ declared }: Everything): readonly Flaw[] =>
  declared.flatMap(({ kind, id, content, path }) => {
    const { Id } = membersOf(content.labels);
    if ((kind !== 'queues' && kind !== 'workers') || Id === undefined || Id === id) return [];
    const expected = `expected "${id}": the router itself sets this label to the id`;
    return [{ path: [...path, 'labels', 'Id'], expected, about: [{ kind, id }] }];
  });

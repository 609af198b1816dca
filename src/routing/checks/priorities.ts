import { todaysKind } from '../../jobRouter/inputs/kind.ts';
import { priority } from '../../jobRouter/inputs/priority.ts';
import { membersOf } from '../compare/shape.ts';
import type { Flaw } from './checkDocument.ts';
import type { Everything } from './everything.ts';

/** Classification policies whose static rule gives what is no priority: every classification by them would fail. */
export const priorities = ({ declared }: Everything): readonly Flaw[] =>
  declared.flatMap(({ kind, id, content, path }) => {
    if (kind !== 'classificationPolicies') return [];
    const rule = membersOf(content.prioritizationRule);
    if (todaysKind(String(rule.kind)) !== 'static' || isPriority(rule.value)) return [];
    return [
      {
        path: [...path, 'prioritizationRule', 'value'],
        expected: 'expected a priority, a whole number from -100 to 100',
        about: [{ kind, id }],
      },
    ];
  });

/** A published example writes it as a text. */
const isPriority = (value: unknown): boolean =>
  priority.safeParse(typeof value === 'string' && value.trim() !== '' ? Number(value) : value).success;

import { expect, it } from 'vitest';
import subscriptions from '../../../../infra/eventSubscriptions.json' with { type: 'json' };
import { typeOf } from '../../../../src/events/eventType.ts';
import { kindsOf, type Reaction, reactions } from '../../../../src/handling/reactions.ts';

it('every function is subscribed to exactly the types it reacts to', () => {
  const names = Object.keys(reactions) as Reaction[];
  const wanted = Object.fromEntries(names.map((name) => [name, kindsOf(name).map(typeOf)]));
  expect(subscriptions).toEqual(wanted);
});

it('no event wakes two functions', () => {
  const kinds = Object.values(reactions).flat();
  expect(new Set(kinds).size).toBe(kinds.length);
});

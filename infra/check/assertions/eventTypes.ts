import type { Assertion } from '../facts/facts.ts';
import { resourcesOf, textsAt } from '../facts/prediction.ts';
import { difference } from './difference.ts';

const handled = (reactions: Readonly<Record<string, readonly string[]>>) => ({
  where: 'src/handling/reactions.ts',
  names: Object.values(reactions).flat(),
});

export const eventTypes: Assertion = {
  title: 'The subscriptions together deliver exactly the event types the app handles',

  overSources: ({ app, sources }) => [
    ...difference(
      { where: 'src/events/routerEvent.ts', names: app.eventTypes },
      handled(app.reactions),
      'event type',
    ),
    ...Object.keys({ ...app.reactions, ...sources.eventSubscriptions }).flatMap((name) =>
      difference(
        { where: `src/handling/reactions.ts (${name})`, names: app.reactions[name] ?? [] },
        { where: `infra/eventSubscriptions.json (${name})`, names: sources.eventSubscriptions[name] ?? [] },
        'event type',
      ),
    ),
  ],

  overCompiled: ({ app }, { predictions }) =>
    predictions
      .map((all) => ({
        scenario: all.scenario,
        subscriptions: resourcesOf(all, 'Microsoft.EventGrid/systemTopics/eventSubscriptions'),
      }))
      .filter(({ subscriptions }) => subscriptions.length > 0)
      .flatMap(({ scenario, subscriptions }) => {
        const names = subscriptions.flatMap(({ properties }) =>
          textsAt(properties, 'filter.includedEventTypes'),
        );
        return difference(
          handled(app.reactions),
          { where: `the compiled event subscriptions (${scenario})`, names },
          'event type',
        );
      }),
};

import { scenarios } from '../compiler/scenarios.ts';
import type { Assertion, Facts } from '../facts/facts.ts';
import { type PredictedResource, resourcesOf, valueAt } from '../facts/prediction.ts';

const subscriptionType = 'Microsoft.EventGrid/systemTopics/eventSubscriptions';
const path = 'infra/subscriptions.bicep';
const defaultOfferSeconds = 60;

/** What the template has to say for it, as it is written there. */
const written: readonly (readonly [text: string, what: string])[] = [
  ["identity: { type: 'SystemAssigned' }", 'dead letters by the identity of the system topic'],
  ['resourceId: storageAccountId, blobContainerName: deadLetterContainer', 'dead letters in their container'],
  ['var offerLifeMinutes = (offerExpiresAfterSeconds + 59) / 60', 'the life of an offer in whole minutes'],
  [
    'acceptOffer: { eventTimeToLiveInMinutes: offerLifeMinutes, maxDeliveryAttempts: 5 }',
    'retries for as long as an offer lives, 5 at most',
  ],
  ['eventTimeToLiveInMinutes: 1440, maxDeliveryAttempts: 30', 'retries for 24 h, 30 at most'],
];

export const deliveryHeals: Assertion = {
  title: 'Every subscription retries as long as it is of use, and keeps what it gives up on',

  overSources: ({ sources }) => {
    const text = sources.files[path] ?? '';
    const declared = text.split(`'${subscriptionType}@`).slice(1);
    return [
      ...written
        .filter(([needle]) => !text.includes(needle))
        .map(([, what]) => `${path} does not say: ${what}`),
      ...declared
        .filter((body) => !body.includes('deadLetterWithResourceIdentity: deadLetters'))
        .map(() => `${path} has a subscription without dead letters`),
    ];
  },

  overCompiled: (facts, { predictions }) =>
    predictions.flatMap((all) =>
      resourcesOf(all, subscriptionType).flatMap((one) =>
        wanted(one, facts, offerSecondsOf(all.scenario))
          .filter(([at, value]) => valueAt(one.properties, at) !== value)
          .map(
            ([at, value]) =>
              `${at} of the subscription ${one.name} is ${valueAt(one.properties, at) ?? 'not set'}, not ${value} (${all.scenario})`,
          ),
      ),
    ),
};

const deadLetters = 'deadLetterWithResourceIdentity';

function wanted(
  { properties }: PredictedResource,
  { sources }: Facts,
  offerSeconds: number,
): readonly (readonly [path: string, value: string | number])[] {
  const target = String(valueAt(properties, 'destination.properties.resourceId')).split('/').at(-1);
  const accepts = target === 'acceptOffer';
  return [
    ['retryPolicy.eventTimeToLiveInMinutes', accepts ? Math.ceil(offerSeconds / 60) : 1440],
    ['retryPolicy.maxDeliveryAttempts', accepts ? 5 : 30],
    [`${deadLetters}.identity.type`, 'SystemAssigned'],
    [`${deadLetters}.deadLetterDestination.endpointType`, 'StorageBlob'],
    [`${deadLetters}.deadLetterDestination.properties.blobContainerName`, sources.names.deadLetterContainer],
  ];
}

const offerSecondsOf = (scenario: string): number =>
  Number(
    scenarios.find(({ name }) => name === scenario)?.environment.OFFER_EXPIRES_AFTER_SECONDS ??
      defaultOfferSeconds,
  );

import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { instantOf } from '../../emulator/clock/instant.ts';
import {
  cloudEvent,
  EMULATOR_TOPIC,
  eventGridEnvelope,
  type PublishedEvent,
} from '../../emulator/eventGrid/envelope.ts';
import { routerEventOf } from '../../emulator/eventGrid/routerEvents.ts';
import { idFrom } from '../../emulator/router/engine/ids.ts';
import { FACT_TYPES, FACTS, job, offer, worker } from '../support/routerFacts.ts';

const FOLDER = new URL('../fixtures/events/', import.meta.url);
const PROVENANCE = 'provenance.json';

const readJson = (path: string): unknown => JSON.parse(readFileSync(new URL(path, FOLDER), 'utf8'));
const fixturePaths = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => path.endsWith('.json') && path !== PROVENANCE);
const provenance = z.record(z.string(), z.string().min(20)).parse(readJson(PROVENANCE));

const envelopeHead = z.looseObject({ id: z.guid() });

/** The event as the emulator would publish it, under the id the fixture has. */
const publishedAs = (path: string, fact = FACTS.WorkerOfferIssued): PublishedEvent => ({
  ...routerEventOf(fact),
  id: envelopeHead.parse(readJson(path)).id,
  publishedAt: fact.at,
});

/** Compares as text, so that the order of members counts. */
const expectSameText = (path: string, envelope: object) =>
  expect(JSON.stringify(envelope, null, 2)).toBe(JSON.stringify(readJson(path), null, 2));

describe('event fixtures', () => {
  it('say where each of them comes from, and name no file that is not there', () => {
    expect(Object.keys(provenance).toSorted()).toEqual(fixturePaths.toSorted());
  });

  it.each(FACT_TYPES)('have exactly the envelope the emulator publishes for %s', (type) => {
    const path = `Router${type}/voice.json`;
    const fact = FACTS[type];
    const event = { ...publishedAs(path), ...routerEventOf(fact), publishedAt: fact.at };
    expectSameText(path, eventGridEnvelope(event, EMULATOR_TOPIC));
  });

  it.each(FACT_TYPES)('have the same %s as a CloudEvent', (type) => {
    const path = `Router${type}/cloudEvent.json`;
    const fact = FACTS[type];
    const event = { ...publishedAs(path), ...routerEventOf(fact), publishedAt: fact.at };
    expectSameText(path, cloudEvent(event, EMULATOR_TOPIC));
    expect(event.id).toBe(publishedAs(`Router${type}/voice.json`).id);
  });

  it('have an offer whose labels and tags are texts, numbers and booleans', () => {
    const path = 'RouterWorkerOfferIssued/labelsOfEveryType.json';
    const fact = {
      ...FACTS.WorkerOfferIssued,
      worker: {
        ...worker,
        labels: {
          Id: 'worker-1',
          'Some-Skill': 11,
          language: 'en',
          Language: 'de',
          isSenior: true,
          IsOnTrial: false,
          rating: 4.5,
          'territory-BKK': 1,
          CamelCaseKey: 'Mixed Case Value',
          balance: -3,
        },
        tags: { Team: 'Blue', shift: 2, isRemote: false },
      },
      offer: { ...offer, offerId: idFrom<typeof offer.offerId>('0f0e1d2c-0003-4000-8000-00000000000a') },
      job: {
        ...job,
        id: idFrom<typeof job.id>('job-2'),
        channelReference: 'call-2',
        priority: -5,
        labels: {
          VIP: true,
          vip: false,
          Amount: 10.1,
          attempts: 0,
          note: '',
          Größe: 'XL',
          'order id': 'A-17',
        },
        tags: { Source: 'web', retry: 3, isTest: true },
      },
    };
    expectSameText(path, eventGridEnvelope(publishedAs(path, fact), EMULATOR_TOPIC));
  });

  it('have an offer that ran out hours before nine', () => {
    const path = 'RouterWorkerOfferIssued/longAgoExpired.json';
    const fact = {
      ...FACTS.WorkerOfferIssued,
      at: instantOf('2026-03-02T03:00:00Z'),
      offer: {
        ...offer,
        offerId: idFrom<typeof offer.offerId>('0f0e1d2c-0004-4000-8000-00000000000a'),
        offeredAt: instantOf('2026-03-02T03:00:00Z'),
        expiresAt: instantOf('2026-03-02T03:01:00Z'),
      },
      job: { ...job, id: idFrom<typeof job.id>('job-3') },
    };
    expectSameText(path, eventGridEnvelope(publishedAs(path, fact), EMULATOR_TOPIC));
  });
});

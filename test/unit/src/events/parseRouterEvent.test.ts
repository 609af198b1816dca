import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseRouterEvent } from '../../../../src/events/parseRouterEvent.ts';
import { rawEvent } from '../../../support/story.ts';

const offerIssued = { event: 'RouterWorkerOfferIssued/voice.json' };
const ids = {
  jobId: 'job-1',
  workerId: 'worker-1',
  offerId: '0f0e1d2c-0001-4000-8000-00000000000a',
  assignmentId: '0f0e1d2c-0002-4000-8000-00000000000b',
};
const { jobId, workerId, offerId, assignmentId } = ids;

describe('parsing an event the app acts on', () => {
  it.each([
    ['RouterWorkerOfferIssued', 'WorkerOfferIssued', { jobId, workerId, offerId, jobPriority: 1 }],
    ['RouterWorkerOfferAccepted', 'WorkerOfferAccepted', { jobId, workerId, assignmentId, jobPriority: 1 }],
    ['RouterJobCompleted', 'JobCompleted', { jobId, workerId, assignmentId, labels: {} }],
    ['RouterJobClosed', 'JobClosed', { jobId, workerId, labels: {} }],
    ['RouterJobCancelled', 'JobCancelled', { jobId, labels: {} }],
  ])('reads %s alike in both schemas', (folder, kind, data) => {
    const parsed = parseRouterEvent(rawEvent({ event: `${folder}/voice.json` }));
    expect(parsed).toMatchObject({ kind: 'router', event: { kind, data } });
    expect(parseRouterEvent(rawEvent({ event: `${folder}/cloudEvent.json` }))).toEqual(parsed);
  });

  it('keeps the id and the time of the envelope', () => {
    expect(parseRouterEvent(rawEvent(offerIssued))).toMatchObject({
      event: {
        eventId: 'e0e0e0e0-0004-4000-8000-0000000000ee',
        eventTime: new Date('2026-03-02T09:00:00Z'),
      },
    });
  });

  it('keeps the JSON type of every label, and their keys to the letter', () => {
    expect(
      parseRouterEvent(rawEvent({ event: 'RouterWorkerOfferIssued/labelsOfEveryType.json' })),
    ).toMatchObject({
      event: {
        data: {
          workerLabels: { 'Some-Skill': 11, language: 'en', Language: 'de', isSenior: true, rating: 4.5 },
          jobLabels: { VIP: true, vip: false, attempts: 0, note: '', Größe: 'XL' },
        },
      },
    });
  });

  it.each([
    ['an unknown member', { 'data.invented': { deep: [1] }, inventedToo: 1 }],
    ['labels of null and objects', { 'data.workerLabels': { team: null, site: { city: 'Bonn' } } }],
    ['labels that are no object', { 'data.jobLabels': null, 'data.workerLabels': 'none' }],
    ['a priority that is no number', { 'data.jobPriority': 'high' }],
    ['an expiry that is no time', { 'data.expiresOn': 'soon' }],
    ['a time that is none', { eventTime: 17 }],
    ['no topic and no version', { topic: undefined, metadataVersion: undefined, dataVersion: undefined }],
  ])('still reads an event with %s', (_what, difference) => {
    expect(parseRouterEvent(rawEvent({ ...offerIssued, with: difference }))).toMatchObject({
      kind: 'router',
      event: { data: { jobId, workerId, offerId } },
    });
  });
});

describe('parsing an event of a type the app does not know', () => {
  it('passes over one that the router may add', () => {
    expect(parseRouterEvent(rawEvent({ event: '_unknown/RouterWorkerOfferTeleported.json' }))).toMatchObject({
      kind: 'other',
      reason: 'RouterWorkerOfferTeleported asks nothing of this app',
    });
  });

  it('passes over another service, whatever its data', () => {
    const raw = { id: '1', eventType: 'Microsoft.Storage.BlobCreated' };
    const reason = 'Microsoft.Storage.BlobCreated is not an event of Job Router';
    expect(parseRouterEvent(raw)).toEqual({ kind: 'other', head: { id: '1', type: raw.eventType }, reason });
  });

  it('compares types to the letter', () => {
    const raw = rawEvent({
      ...offerIssued,
      with: { eventType: 'microsoft.communication.routerworkerofferissued' },
    });
    expect(parseRouterEvent(raw)).toMatchObject({ kind: 'other' });
  });
});

describe('parsing what is no event', () => {
  it.each(readdirSync(new URL('../../../fixtures/events/_malformed', import.meta.url)))(
    'cannot read %s',
    (file) => {
      expect(parseRouterEvent(rawEvent({ event: `_malformed/${file}` }))).toMatchObject({
        kind: 'unreadable',
      });
    },
  );

  it.each([[null], [undefined], ['text'], [17], [[]]])('cannot read %j', (raw) => {
    expect(parseRouterEvent(raw)).toMatchObject({ kind: 'unreadable' });
  });

  it.each(['offerId', 'workerId', 'jobId'])('names the %s that an offer lacks', (member) => {
    const raw = rawEvent({ ...offerIssued, with: { [`data.${member}`]: '' } });
    expect(parseRouterEvent(raw)).toMatchObject({
      kind: 'unreadable',
      head: { id: 'e0e0e0e0-0004-4000-8000-0000000000ee' },
      reason: expect.stringContaining(`data.${member}`),
    });
  });
});

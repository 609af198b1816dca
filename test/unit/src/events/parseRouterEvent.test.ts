import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isAllowedTopic } from '../../../../src/events/allowedTopics.ts';
import { parseRouterEvent } from '../../../../src/events/parseRouterEvent.ts';
import { routerEvent } from '../../../../src/events/routerEvent.ts';
import { rawEvent } from '../../../support/story.ts';

const offerIssued = { event: 'RouterWorkerOfferIssued/voice.json' };
const ids = {
  jobId: 'job-1',
  workerId: 'worker-1',
  offerId: '0f0e1d2c-0001-4000-8000-00000000000a',
  assignmentId: '0f0e1d2c-0002-4000-8000-00000000000b',
};
const { jobId, workerId, offerId, assignmentId } = ids;

const folders = readdirSync(new URL('../../../fixtures/events', import.meta.url)).filter((name) =>
  name.startsWith('Router'),
);
const parse = (event: string) => parseRouterEvent(rawEvent({ event }));
const dataOf = (event: string): unknown => {
  const parsed = parse(event);
  if (parsed.kind !== 'router') throw new Error(`${event} is ${parsed.kind}`);
  return parsed.event.data;
};

describe('parsing an event of Job Router', () => {
  it('knows all of them', () => {
    expect(folders).toHaveLength(22);
    expect(folders.toSorted()).toEqual(
      routerEvent.options.map(({ shape }) => `Router${shape.kind.value}`).sort(),
    );
  });

  it.each(folders)('reads %s, under the same ids in both schemas', (folder) => {
    const parsed = parse(`${folder}/voice.json`);
    const type = `Microsoft.Communication.${folder}`;
    expect(parsed).toMatchObject({
      kind: 'router',
      head: { type },
      event: { kind: folder.slice('Router'.length) },
    });
    expect(parse(`${folder}/cloudEvent.json`)).toEqual(parsed);
  });

  it.each([
    ['RouterWorkerOfferIssued', { jobId, workerId, offerId, jobPriority: 1 }],
    ['RouterWorkerOfferAccepted', { jobId, workerId, assignmentId, jobPriority: 1 }],
    ['RouterWorkerOfferExpired', { workerId, jobId }],
    ['RouterWorkerDeregistered', { workerId }],
    ['RouterWorkerDeleted', { workerId }],
    ['RouterWorkerUpdated', { workerId, updatedWorkerProperties: ['Labels'] }],
    ['RouterJobReceived', { jobId, jobStatus: 'created' }],
    ['RouterJobCompleted', { jobId, workerId, assignmentId, labels: {} }],
    ['RouterJobClosed', { jobId, workerId, assignmentId, labels: {} }],
    ['RouterJobCancelled', { jobId, labels: {} }],
    ['RouterJobUnassigned', { jobId, workerId, assignmentId }],
    ['RouterJobSchedulingFailed', { jobId, failureReason: 'The job could not be scheduled' }],
    ['RouterJobExceptionTriggered', { jobId, exceptionRuleId: 'escalate-after-five-minutes' }],
    ['RouterJobClassificationFailed', { jobId, errors: [{ code: 'ClassificationFailed' }] }],
  ])('reads what matters of %s', (folder, data) => {
    expect(dataOf(`${folder}/voice.json`)).toMatchObject(data);
  });

  it('brings every description of a selector to the words of the REST interface', () => {
    expect(dataOf('RouterJobWorkerSelectorsExpired/voice.json')).toMatchObject({
      expiredRequestedWorkerSelectors: [
        { key: 'Id', labelOperator: 'equal', value: 'worker-1', ttlSeconds: 45, state: 'expired' },
      ],
      expiredAttachedWorkerSelectors: [],
    });
    const expirationTime = new Date('2026-03-02T09:00:44Z');
    expect(dataOf('RouterJobWorkerSelectorsExpired/documented.json')).toMatchObject({
      expiredRequestedWorkerSelectors: [
        {
          key: 'Id',
          labelOperator: 'equal',
          value: 'worker-1',
          ttlSeconds: 45,
          state: 'expired',
          expirationTime,
        },
      ],
    });
    expect(dataOf('RouterJobWorkerSelectorsExpired/newestSpecification.json')).toMatchObject({
      expiredRequestedWorkerSelectors: [
        {
          key: 'Some-Skill',
          labelOperator: 'greaterThanOrEqual',
          value: 10,
          ttlSeconds: 90,
          state: 'expired',
        },
      ],
    });
    expect(dataOf('RouterJobWaitingForActivation/documented.json')).toMatchObject({
      scheduledOn: new Date('2026-03-02T09:30:00Z'),
      expiredRequestedWorkerSelectors: [],
      expiredAttachedWorkerSelectors: [{ labelOperator: 'lessThanOrEqual', ttlSeconds: 30 }],
    });
  });

  it.each([
    [
      'RouterJobReceived/statusByNumber.json',
      { jobId, jobStatus: 'waitingForActivation', queueId: undefined },
    ],
    [
      'RouterJobClassificationFailed/innerErrorAsDocumented.json',
      { errors: [{ innererror: { code: 'NoQueue' } }] },
    ],
    ['RouterWorkerDeleted/documented.json', { workerId }],
    ['RouterWorkerDeleted/asTyped.json', { workerId }],
    ['RouterWorkerOfferAccepted/lowerCaseTopic.json', { assignmentId }],
    ['RouterWorkerOfferIssued/nullsForAbsent.json', { offerId, queueId: undefined, workerLabels: undefined }],
    ['RouterWorkerOfferIssued/dataAsText.json', { offerId, workerLabels: { 'Some-Skill': 11 } }],
    ['RouterWorkerOfferIssued/cloudEventBase64.json', { offerId, workerLabels: { 'Some-Skill': 11 } }],
  ])('reads %s', (event, data) => {
    expect(dataOf(event)).toMatchObject(data);
  });

  it('keeps what an envelope says about where it comes from and what led to it', () => {
    expect(parse('RouterWorkerOfferIssued/cloudEventBase64.json').head).toMatchObject({
      topic: expect.stringContaining('/communicationServices/emulator'),
      subject: 'worker/worker-1/job/job-1',
      traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
      tracestate: 'vendor=opaque',
    });
    const { head } = parse('RouterWorkerOfferAccepted/lowerCaseTopic.json');
    expect(isAllowedTopic(head?.topic ?? '', [parse('RouterJobClosed/voice.json').head?.topic ?? '?'])).toBe(
      true,
    );
  });

  it.each([
    ['RouterJobQueued', 'no data at all', { data: undefined }],
    ['RouterJobReceived', 'data that is a text', { data: 'a job came in' }],
    ['RouterWorkerRegistered', 'a worker by number', { 'data.workerId': 17 }],
  ])('passes %s over with %s, for nothing is done about it', (folder, _what, difference) => {
    const raw = rawEvent({ event: `${folder}/voice.json`, with: difference });
    expect(parseRouterEvent(raw)).toMatchObject({ kind: 'router' });
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

  it.each(['.', '..', '\ud800'])('takes %j for no id, as no address could hold it', (jobId) => {
    expect(parseRouterEvent(rawEvent({ ...offerIssued, with: { 'data.jobId': jobId } }))).toMatchObject({
      kind: 'unreadable',
      reason: expect.stringContaining('data.jobId: expected an id'),
    });
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

import { describe, expect, it } from 'vitest';
import type { DistributionPolicyPatch } from '../../../../../emulator/router/engine/commands.ts';
import type { Json, Labels } from '../../../../../emulator/router/engine/model/values.ts';
import { id, playRouter, type RouterPlay } from './playRouter.ts';

type Mode = Exclude<DistributionPolicyPatch['mode'], null | undefined>;

const scoring = { kind: 'function', functionUri: 'https://scores.example/api/score' } as const;

/** Workers with these labels, registered in this order. */
function opened(mode: Omit<Mode, 'kind'>, workers: Readonly<Record<string, Labels>>) {
  const router = playRouter();
  router.openQueue({ kind: 'bestWorker', ...mode });
  for (const [name, labels] of Object.entries(workers)) router.available(name, { labels });
  return router;
}

const answered = (value: Json) => ({ kind: 'answered', value }) as const;

/** Answers every call with the score of its worker. */
function answerAll(router: RouterPlay, scores: Readonly<Record<string, number>>): void {
  for (const call of router.calls()) {
    const { worker } = call.payload as { readonly worker: { readonly Id: string } };
    router.answerCall(call, answered(scores[worker.Id] ?? 0));
  }
}

describe('the best worker', () => {
  it('is who matches most of the job, by the default formula', () => {
    const router = opened({}, { low: { sales: 10 }, high: { sales: 15 }, wrong: { sales: 9 } });
    const selector = { key: 'sales', labelOperator: 'greaterThanOrEqual', value: 10 } as const;
    for (const name of ['job-1', 'job-2', 'job-3']) {
      router.submit(name, { requestedWorkerSelectors: [selector] });
    }
    expect(router.offered()).toEqual(['job-1>high', 'job-2>low']);
  });

  it('is the longest idle one where scores are equal', () => {
    const router = opened({}, { 'worker-b': { a: 1 }, 'worker-a': { a: 1 } });
    router.submit('job-1', { labels: { a: 1 } });
    expect(router.offered()).toEqual(['job-1>worker-b']);
  });

  it('is the one with the lowest score when the order is ascending', () => {
    const options = { scoringRuleOptions: { descendingOrder: false } };
    const router = opened(options, { match: { a: 1 }, other: {} });
    router.submit('job-1', { labels: { a: 1 } });
    expect(router.offered()).toEqual(['job-1>other']);
  });

  it('is found among those who became free at the same moment, too', () => {
    const router = opened({}, {});
    router.submit('job-1', { labels: { a: 1 } });
    for (const [name, a] of [
      ['worker-1', 0],
      ['worker-2', 1],
    ] as const) {
      const patch = { queues: [id<never>('queue-1')], capacity: 1, labels: { a }, availableForOffers: true };
      const channels = [{ channelId: 'voice', capacityCostPerJob: 1 }];
      router.handle<'UpsertWorker'>({ type: 'UpsertWorker', id: id(name), patch: { ...patch, channels } });
    }
    router.advance(0);
    expect(router.offered()).toEqual(['job-1>worker-2']);
  });

  it('counts only the part of the formula that is asked for', () => {
    const options = { scoringRuleOptions: { scoringParameters: ['workerSelectors'] } } as const;
    const router = opened(options, { idle: { level: 5 }, labelled: { level: 5, a: 1 }, high: { level: 9 } });
    const selector = { key: 'level', labelOperator: 'greaterThan', value: 4 } as const;
    router.submit('job-1', { labels: { a: 1 }, requestedWorkerSelectors: [selector] });
    expect(router.offered()).toEqual(['job-1>high']);
  });

  it('is the one an expression scores highest', () => {
    const expression = 'If(worker.HandleEscalation = true, 100, 1)';
    const router = opened(
      { scoringRule: { kind: 'expression', expression } },
      { first: { HandleEscalation: false }, second: { HandleEscalation: true }, third: {} },
    );
    router.submit('job-1');
    expect(router.offered()).toEqual(['job-1>second']);
  });

  it('is the longest idle one when the rule gives no number', () => {
    const router = opened({ scoringRule: { kind: 'static', value: 'high' } }, { first: {}, second: {} });
    router.submit('job-1');
    expect(router.offered()).toEqual(['job-1>first']);
  });
});

describe('a function that scores workers', () => {
  const workers = { 'worker-1': { English: 7 }, 'worker-2': { English: 10 }, 'worker-3': { English: 3 } };
  const selector = { key: 'English', labelOperator: 'greaterThanOrEqual', value: 7 } as const;

  it('is asked about each worker that could take the job, and only about those', () => {
    const router = opened({ scoringRule: scoring }, workers);
    router.submit('job-1', { labels: { Language: 'en' }, requestedWorkerSelectors: [selector] });
    expect(router.calls()).toMatchObject([
      {
        rule: scoring,
        payload: {
          job: { Language: 'en' },
          selectors: [{ key: 'English', operator: 'GreaterThanEqual', value: 7, expiresAfterSeconds: null }],
          worker: { Id: 'worker-1', English: 7 },
        },
      },
      { payload: { worker: { Id: 'worker-2', English: 10 } } },
    ]);
    expect(router.jobNamed('job-1').status).toBe('queued');
    expect(router.offered()).toEqual([]);
  });

  it('decides once all its answers are there', () => {
    const router = opened({ scoringRule: scoring }, workers);
    router.submit('job-1');
    const [first, ...others] = router.calls();
    if (first) router.answerCall(first, answered(1));
    expect(router.offered()).toEqual([]);
    for (const call of others) router.answerCall(call, answered(others.indexOf(call) + 5));
    expect(router.offered()).toEqual(['job-1>worker-3']);
  });

  it('is asked about twenty workers at once, or as many as the batch size says', () => {
    const many = Object.fromEntries(Array.from({ length: 45 }, (_, index) => [`worker-${index}`, {}]));
    const batches = (batchSize: number | null) => {
      const options = { isBatchScoringEnabled: true, batchSize };
      const router = opened({ scoringRule: scoring, scoringRuleOptions: options }, many);
      router.submit('job-1');
      return router.calls().map(({ payload }) => (payload as { workers: Labels[] }).workers.length);
    };
    expect(batches(null)).toEqual([20, 20, 5]);
    expect(batches(30)).toEqual([30, 15]);
  });

  it('answers a batch with an object of worker ids and numbers', () => {
    const options = { isBatchScoringEnabled: true, scoringParameters: [] };
    const router = opened({ scoringRule: scoring, scoringRuleOptions: options }, workers);
    router.submit('job-1');
    const [call, ...none] = router.calls();
    expect(none).toEqual([]);
    expect(call?.payload).toEqual({
      workers: Object.entries(workers).map(([name, labels]) => ({ Id: name, ...labels })),
    });
    if (call) router.answerCall(call, answered({ 'worker-1': 3, 'worker-2': 9, stranger: 100 }));
    expect(router.offered()).toEqual(['job-1>worker-2']);
  });

  it.each([
    ['fails', { kind: 'failed', message: '500' }],
    ['answers with something that is no score', answered('high')],
  ] as const)('leaves the job to the longest idle worker when it %s', (_, outcome) => {
    const router = opened({ scoringRule: scoring }, workers);
    router.submit('job-1');
    for (const call of router.calls()) router.answerCall(call, outcome);
    expect(router.offered()).toEqual(['job-1>worker-1']);
  });

  it('is asked about a worker that registers while a job waits', () => {
    const router = opened({ scoringRule: scoring }, {});
    router.submit('job-1');
    router.submit('job-2');
    expect(router.calls()).toEqual([]);
    router.available('worker-1', { capacity: 2 });
    answerAll(router, { 'worker-1': 1 });
    answerAll(router, { 'worker-1': 1 });
    expect(router.offered()).toEqual(['job-1>worker-1', 'job-2>worker-1']);
    expect(router.calls()).toEqual([]);
  });

  it('does not hold up other jobs, nor workers that take one meanwhile', () => {
    const router = opened({ scoringRule: scoring }, { 'worker-1': {}, 'worker-2': {} });
    router.policy('plain', { offerExpiresAfterSeconds: 60, mode: { kind: 'roundRobin' } });
    router.queue('queue-2', { distributionPolicyId: id('plain') });
    router.worker('worker-1', { queues: [id('queue-1'), id('queue-2')] });
    router.submit('job-1');
    router.submit('job-2', { queueId: id('queue-2') });
    expect(router.offered()).toEqual(['job-2>worker-1']);
    answerAll(router, { 'worker-1': 9, 'worker-2': 1 });
    expect(router.offered()).toEqual(['job-1>worker-2', 'job-2>worker-1']);
  });

  it('is asked again when nobody it scored is free any more and somebody else is', () => {
    const router = opened({ scoringRule: scoring }, { 'worker-1': {} });
    router.submit('job-1');
    const stale = router.calls();
    router.worker('worker-1', { availableForOffers: false });
    router.available('worker-2');
    for (const call of stale) router.answerCall(call, answered(1));
    expect(router.offered()).toEqual([]);
    answerAll(router, {});
    expect(router.offered()).toEqual(['job-1>worker-2']);
  });

  it('is of no interest any more once the job is cancelled', () => {
    const router = opened({ scoringRule: scoring }, { 'worker-1': {} });
    router.submit('job-1');
    expect(router.read.outsideCalls()).toHaveLength(1);
    router.mustDo<'CancelJob'>({ type: 'CancelJob', jobId: id('job-1') });
    expect(router.read.outsideCalls()).toEqual([]);
    answerAll(router, {});
    expect(router.offered()).toEqual([]);
    router.submit('job-2');
    answerAll(router, {});
    expect(router.offered()).toEqual(['job-2>worker-1']);
  });

  it('scores once for as many offers as the job may have', () => {
    const router = opened({ scoringRule: scoring, maxConcurrentOffers: 2 }, workers);
    router.submit('job-1');
    answerAll(router, { 'worker-1': 1, 'worker-2': 3, 'worker-3': 2 });
    expect(router.offered()).toEqual(['job-1>worker-2', 'job-1>worker-3']);
    expect(router.calls()).toEqual([]);
  });

  it('is asked again when the worker it liked best declines', () => {
    const router = opened({ scoringRule: scoring }, workers);
    router.submit('job-1');
    answerAll(router, { 'worker-2': 9, 'worker-3': 5 });
    router.decline('worker-2');
    answerAll(router, { 'worker-3': 5 });
    expect(router.offered()).toEqual(['job-1>worker-3']);
  });
});

describe('a policy of the mode bestWorker', () => {
  const modeOf = (router: RouterPlay) => router.read.distributionPolicy(id('policy-1'))?.mode;

  it('shows the options the server fills in, and merges them member by member', () => {
    const router = opened({}, {});
    expect(modeOf(router)).toEqual({
      kind: 'bestWorker',
      minConcurrentOffers: 1,
      maxConcurrentOffers: 1,
      bypassSelectors: false,
      scoringRuleOptions: {
        scoringParameters: ['jobLabels', 'workerSelectors'],
        isBatchScoringEnabled: false,
        descendingOrder: true,
      },
    });
    router.policy('policy-1', { mode: { scoringRuleOptions: { batchSize: 5 }, scoringRule: scoring } });
    router.policy('policy-1', { mode: { scoringRuleOptions: { descendingOrder: false } } });
    expect(modeOf(router)).toMatchObject({
      scoringRule: scoring,
      scoringRuleOptions: { batchSize: 5, descendingOrder: false, isBatchScoringEnabled: false },
    });
    router.policy('policy-1', { mode: { scoringRuleOptions: null, scoringRule: null } });
    expect(modeOf(router)).not.toHaveProperty('scoringRule');
    expect(modeOf(router)).not.toHaveProperty('scoringRuleOptions.batchSize');
  });

  it('forgets its rule when it becomes another mode', () => {
    const router = opened({ scoringRule: scoring }, {});
    router.policy('policy-1', { mode: { kind: 'longestIdle' } });
    expect(modeOf(router)).toEqual({
      kind: 'longestIdle',
      minConcurrentOffers: 1,
      maxConcurrentOffers: 1,
      bypassSelectors: false,
    });
  });

  it('refuses a batch of nobody', () => {
    const router = playRouter();
    const mode = { kind: 'bestWorker', scoringRuleOptions: { batchSize: 0 } } as const;
    const failure = router.refusalOf<'UpsertDistributionPolicy'>({
      type: 'UpsertDistributionPolicy',
      id: id('policy-1'),
      patch: { offerExpiresAfterSeconds: 60, mode },
    });
    expect(failure).toMatchObject({ problems: [{ member: 'mode.scoringRuleOptions.batchSize' }] });
  });
});

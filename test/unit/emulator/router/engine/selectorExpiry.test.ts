import { describe, expect, it } from 'vitest';
import type { SelectorInput } from '../../../../../emulator/router/engine/commands.ts';
import { id, NINE_AM, playRouter, SECONDS } from './playRouter.ts';

/** The documented pattern: one worker is preferred for 45 s. */
const preferred: SelectorInput = {
  key: 'Id',
  labelOperator: 'equal',
  value: 'worker-1',
  expiresAfterSeconds: 45,
  expedite: true,
};
const skilled: SelectorInput = { key: 'level', labelOperator: 'greaterThan', value: 3 };

const opened = () => {
  const router = playRouter();
  router.openQueue();
  return router;
};

describe('a selector that expires', () => {
  it('gives way to the others, and has the job matched anew', () => {
    const router = opened();
    router.available('worker-2', { labels: { level: 5 } });
    router.available('worker-3');
    router.submit('job-1', { requestedWorkerSelectors: [preferred, skilled] });
    router.advance(45 * SECONDS - 1);
    expect(router.offered()).toEqual([]);
    router.told();
    router.advance(1);
    expect(router.offered()).toEqual(['job-1>worker-2']);
    const fact = router.lastFact('JobWorkerSelectorsExpired');
    const expired = { ...preferred, status: 'expired', expiresAt: NINE_AM + 45 * SECONDS };
    expect(fact.expiredRequestedWorkerSelectors).toEqual([expired]);
    expect(fact.expiredAttachedWorkerSelectors).toEqual([]);
    expect(router.jobNamed('job-1').requestedWorkerSelectors).toEqual([
      expired,
      { ...skilled, expedite: false, status: 'active' },
    ]);
    expect(router.told()).toEqual(['JobWorkerSelectorsExpired job-1', 'WorkerOfferIssued job-1 worker-2']);
  });

  it('does not show when it will expire while it counts', () => {
    const router = opened();
    router.submit('job-1', { requestedWorkerSelectors: [preferred] });
    expect(router.jobNamed('job-1').requestedWorkerSelectors).toEqual([{ ...preferred, status: 'active' }]);
  });

  it('puts its job in front for as long as it counts', () => {
    const router = opened();
    router.submit('old');
    router.submit('expedited', { requestedWorkerSelectors: [preferred] });
    expect(router.read.jobPosition(id('expedited'))?.position).toBe(1);
    router.advance(45 * SECONDS);
    expect(router.read.jobPosition(id('expedited'))?.position).toBe(2);
    router.available('worker-2');
    expect(router.offered()).toEqual(['old>worker-2']);
  });

  it('leaves an offer that is open alone', () => {
    const router = opened();
    router.available('worker-1');
    router.submit('job-1', { requestedWorkerSelectors: [preferred] });
    router.advance(45 * SECONDS);
    expect(router.offered()).toEqual(['job-1>worker-1']);
  });

  it('starts its clock when the job is queued, not before', () => {
    const router = opened();
    const matchingMode = { kind: 'suspend' } as const;
    router.submit('job-1', { requestedWorkerSelectors: [preferred], matchingMode });
    router.advance(60 * SECONDS);
    router.job('job-1', { matchingMode: null });
    router.advance(45 * SECONDS - 1);
    expect(router.jobNamed('job-1').requestedWorkerSelectors).toMatchObject([{ status: 'active' }]);
    router.advance(1);
    expect(router.jobNamed('job-1').requestedWorkerSelectors).toMatchObject([{ status: 'expired' }]);
  });

  it('keeps its clock when it is sent again, and a new one gets its own', () => {
    const router = opened();
    router.submit('job-1', { requestedWorkerSelectors: [preferred] });
    router.advance(30 * SECONDS);
    const { revision } = router.jobNamed('job-1');
    router.job('job-1', { requestedWorkerSelectors: [preferred] });
    expect(router.jobNamed('job-1').revision).toEqual(revision);
    const second = { ...skilled, expiresAfterSeconds: 30 };
    router.job('job-1', { requestedWorkerSelectors: [preferred, second] });
    router.advance(15 * SECONDS);
    const statuses = () => router.jobNamed('job-1').requestedWorkerSelectors.map(({ status }) => status);
    expect(statuses()).toEqual(['expired', 'active']);
    router.advance(15 * SECONDS);
    expect(statuses()).toEqual(['expired', 'expired']);
  });

  it('expires as soon as the job is back when its time came while somebody had the job', () => {
    const router = opened();
    router.available('worker-1');
    router.submit('job-1', { requestedWorkerSelectors: [preferred] });
    const { jobId, assignmentId } = router.accept('worker-1');
    router.advance(60 * SECONDS);
    expect(router.jobNamed('job-1').requestedWorkerSelectors).toMatchObject([{ status: 'active' }]);
    router.mustDo<'UnassignJob'>({ type: 'UnassignJob', jobId, assignmentId });
    expect(router.jobNamed('job-1').requestedWorkerSelectors).toMatchObject([{ status: 'expired' }]);
  });

  it('may be one that a classification policy attached', () => {
    const router = opened();
    const attachment = { kind: 'static', selector: preferred } as const;
    router.classification('classify', { workerSelectorAttachments: [attachment] });
    router.submit('job-1', { classificationPolicyId: id('classify') });
    router.advance(45 * SECONDS);
    expect(router.lastFact('JobWorkerSelectorsExpired').expiredAttachedWorkerSelectors).toHaveLength(1);
    expect(router.jobNamed('job-1').attachedWorkerSelectors).toMatchObject([{ status: 'expired' }]);
  });
});

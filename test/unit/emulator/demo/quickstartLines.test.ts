import { describe, expect, it } from 'vitest';
import type { Arrival } from '../../../../emulator/demo/arrivals.ts';
import { createQuickstartLines } from '../../../../emulator/demo/quickstartLines.ts';

const arrival = (type: string, data: Arrival['data']): Arrival => ({
  id: type,
  eventType: `Microsoft.Communication.${type}`,
  eventTime: '2026-03-02T09:00:00Z',
  subject: 'worker/worker-1/job/job-1',
  data,
});
const ofJob1 = { jobId: 'job-1', workerId: 'worker-1' };

describe('the quickstart lines', () => {
  it('follow the events of the job', () => {
    const linesFor = createQuickstartLines('job-1');
    expect(linesFor(arrival('RouterWorkerOfferIssued', ofJob1))).toEqual([
      'Worker worker-1 has an active offer for job job-1',
    ]);
    expect(linesFor(arrival('RouterWorkerOfferAccepted', ofJob1))).toEqual([
      'Worker worker-1 is assigned job job-1',
    ]);
  });

  it('keep the order of the quickstart when events arrive in another one', () => {
    const linesFor = createQuickstartLines('job-1');
    expect(linesFor(arrival('RouterWorkerOfferAccepted', ofJob1))).toEqual([]);
    expect(linesFor(arrival('RouterWorkerOfferIssued', ofJob1))).toEqual([
      'Worker worker-1 has an active offer for job job-1',
      'Worker worker-1 is assigned job job-1',
    ]);
  });

  it('are printed once when an event arrives twice', () => {
    const linesFor = createQuickstartLines('job-1');
    linesFor(arrival('RouterWorkerOfferIssued', ofJob1));
    expect(linesFor(arrival('RouterWorkerOfferIssued', ofJob1))).toEqual([]);
  });

  it('leave other jobs out', () => {
    const linesFor = createQuickstartLines('job-1');
    expect(linesFor(arrival('RouterWorkerOfferIssued', { jobId: 'job-2', workerId: 'worker-1' }))).toEqual(
      [],
    );
  });
});

import { describe, expect, it } from 'vitest';
import { hintFor, type Milestone, milestones, progressOf } from '../../../smoke/jobProgress.ts';

const showing = (status: string) => ({ status: 200, body: { id: 'job-1', status }, explanation: '200' });
const gone = {
  status: 404,
  body: { type: 'urn:problem-type:job-router-functions:jobNotFound' },
  explanation: '404 There is no such job',
};

describe('how far a job has come', () => {
  it.each<[string, Milestone, string]>([
    ['queued', 'assigned', 'waiting'],
    ['assigned', 'assigned', 'arrived'],
    ['assigned', 'closed', 'waiting'],
    ['completed', 'assigned', 'arrived'],
    ['completed', 'closed', 'waiting'],
    ['closed', 'closed', 'arrived'],
    ['cancelled', 'assigned', 'failed'],
    ['classificationFailed', 'closed', 'failed'],
  ])('takes %s for a job that has to be %s as %s', (status, until, kind) => {
    expect(progressOf(showing(status), until).kind).toBe(kind);
  });

  it('takes a job that is gone for one that a rule has deleted', () => {
    expect(progressOf(gone, 'closed')).toEqual({ kind: 'arrived', at: 'deleted' });
  });

  it.each([
    ['nobody answers', { explanation: 'no answer: ECONNREFUSED' }],
    ['the platform does not know the app yet', { status: 404, body: undefined, explanation: '404' }],
    ['the router is busy', { status: 503, body: {}, explanation: '503 Job Router does not answer' }],
  ])('waits while %s', (_when, answer) => {
    expect(progressOf(answer, 'closed')).toMatchObject({ kind: 'waiting', at: answer.explanation });
  });

  it('gives up at once when the key is not taken', () => {
    expect(progressOf({ status: 401, explanation: '401' }, 'closed')).toEqual({ kind: 'failed', why: '401' });
  });

  it('names the function to look at for every place where a job can stay', () => {
    expect(['queued', ...milestones.slice(0, -1)].map(hintFor)).toEqual([
      expect.stringContaining('acceptOffer'),
      expect.stringContaining('completeJob'),
      expect.stringContaining('closeJob'),
    ]);
  });
});

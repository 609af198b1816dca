/** Holds the table of docs/architecture.md against the code: every row is true, and nothing is told twice or not at all. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { RouterAnswer } from '../../../src/jobRouter/answer.ts';
import { idFrom } from '../../../src/jobRouter/ids.ts';
import { readAnswer } from '../../../src/jobRouter/readAnswer.ts';
import { job as jobSchema } from '../../../src/jobRouter/wire.ts';
import { isAcknowledged, outcomeOf, type RouterAction } from '../../../src/outcome.ts';

const about = { rule: 'it', jobId: idFrom<never>('job-1'), assignmentId: idFrom<never>('a') };
const actions = {
  accept: { kind: 'AcceptOffer', ...about, offerId: idFrom<never>('o'), workerId: idFrom<never>('w') },
  complete: { kind: 'CompleteAssignment', ...about },
  close: { kind: 'CloseAssignment', ...about },
  delete: { kind: 'DeleteJob', ...about },
} satisfies Record<string, RouterAction>;
type Call = keyof typeof actions;
const calls = ['accept', 'complete', 'close', 'delete'] as const;

const noBody = { headers: {}, body: {} };
const racing = { error: { message: 'Duplicate sequence number' } };
/** Every answer there can be, by what tells it from the others. */
const answers = {
  ...Object.fromEntries(
    [200, 400, 401, 403, 404, 408, 409, 410, 412, 429, 500, 502, 503, 504].map((status) => [
      `${status}`,
      { kind: 'answered', status, ...noBody } as const,
    ]),
  ),
  racing: { kind: 'answered', status: 409, headers: {}, body: racing },
  silence: { kind: 'silence', why: 'No answer in time' },
} as const;
const answerTo = (name: string) => {
  const heard = Object.entries(answers).find(([known]) => known === name)?.[1];
  if (heard === undefined) throw new Error(`No answer is called ${name}`);
  return readAnswer(heard, jobSchema.partial(), new Date(0));
};
const refusals = ['400', '404', '409', '410', '412'];
const without = (...some: string[]) => refusals.filter((name) => !some.includes(name));

/** What the table's words for answers stand for. */
const answersNamed: Readonly<Record<string, readonly string[]>> = {
  success: ['200'],
  '401': ['401'],
  '403': ['403'],
  '404': ['404'],
  '408': ['408'],
  '409': ['409'],
  '409 duplicate sequence number': ['racing'],
  '429': ['429'],
  '5xx': ['500', '502', '503', '504'],
  'no answer': ['silence'],
  'any 4xx': refusals,
  'any 4xx but 404': without('404'),
  'any other 4xx': without('404', '409'),
};

type JobAnswer = Awaited<ReturnType<Parameters<typeof outcomeOf>[2]>>;
const shows = (status: string, assignments: object = { a: { assignmentId: 'a' } }): JobAnswer => ({
  kind: 'ok',
  status: 200,
  value: jobSchema.parse({ id: 'job-1', status, assignments }),
});
const completed = shows('completed', { a: { assignmentId: 'a', completedAt: '2026-03-02T09:00:00Z' } });
const gone: RouterAnswer<never> = { kind: 'refused', reason: 'notFound', status: 404, code: '', message: '' };
const away: RouterAnswer<never> = { kind: 'unavailable', message: 'Later' };
const unasked: Readonly<Record<string, readonly JobAnswer[]>> = {};

/** What the table's words for the job stand for, which depends on what was wanted. */
const jobsNamed: Readonly<Record<Call, Readonly<Record<string, readonly JobAnswer[]>>>> = {
  accept: unasked,
  complete: {
    'the wanted state': [completed, shows('closed'), shows('cancelled')],
    'no job': [gone],
    'no such assignment': [shows('queued', {})],
    'not yet': [shows('assigned')],
    'no answer': [away],
  },
  close: {
    'the wanted state': [shows('closed'), shows('cancelled')],
    'no job': [gone],
    'no such assignment': [shows('queued', {})],
    'not yet': [shows('assigned'), completed],
    'no answer': [away],
  },
  delete: {
    'no job': [gone],
    'a new job': [shows('queued', {}), shows('assigned')],
    'not yet': [shows('closed'), shows('cancelled')],
    'no answer': [away],
  },
};

const words = (cell: string) => cell.split(',').map((word) => word.trim());
const named = <Value>(table: Readonly<Record<string, readonly Value[]>>, word: string): readonly Value[] => {
  const values = table[word];
  if (values === undefined) throw new Error(`The table says "${word}", which this test does not know`);
  return values;
};

interface Case {
  readonly call: Call;
  readonly answer: string;
  /** In the table's word; empty where the job is not asked for. */
  readonly job: string;
  readonly outcome: string;
  readonly event: string;
}

function casesOf(line: string): Case[] {
  const [, call = '', answer = '', job = '', outcome = '', event = ''] = line
    .split('|')
    .map((cell) => cell.trim());
  const meant = call === 'any' ? calls : calls.filter((one) => words(call).includes(one));
  return meant.flatMap((one) =>
    words(answer)
      .flatMap((word) => named(answersNamed, word))
      .flatMap((heard) =>
        words(job).map((word) => ({
          call: one,
          answer: heard,
          job: word,
          outcome: /`(\w+)`/.exec(outcome)?.[1] ?? '',
          event,
        })),
      ),
  );
}

const table = readFileSync('docs/architecture.md', 'utf8').split('### Outcomes')[1]?.split('## ')[0] ?? '';
const cases = (table.match(/^\| (any|accept|complete|close|delete)\b.*$/gm) ?? []).flatMap(casesOf);

describe('the table of outcomes', () => {
  it.each(cases)(
    'is right: $call, $answer, $job is $outcome',
    async ({ call, answer, job, outcome, event }) => {
      const jobs = job === '' ? [undefined] : named(jobsNamed[call], job);
      for (const told of jobs) {
        const read = async () => {
          if (told === undefined) throw new Error('The table says that the job is not asked for');
          return told;
        };
        const found = await outcomeOf(actions[call], answerTo(answer), read);
        expect(found.kind).toBe(outcome);
        expect(isAcknowledged(found) ? 'acknowledged' : 'redelivered').toBe(event);
      }
    },
  );

  it.each(calls)('tells each answer to %s, with each state of the job that matters, once', (call) => {
    const told = cases.filter((one) => one.call === call);
    for (const answer of Object.keys(answers)) {
      const jobs = told.filter((one) => one.answer === answer).map(({ job }) => job);
      const every = jobs[0] === '' ? [''] : Object.keys(jobsNamed[call]);
      expect([answer, ...jobs.sort()]).toEqual([answer, ...every.sort()]);
    }
  });
});

import { describe, expect, it } from 'vitest';
import { jobFromOptions, jobsIn } from '../../../../cli/jobs/wantedJobs.ts';
import { CommandFailed } from '../../../../cli/terminal/commandFailed.ts';

function faultsOf(read: () => unknown) {
  try {
    read();
  } catch (problem) {
    if (problem instanceof CommandFailed) return problem.failure.faults;
  }
  throw new Error('It did not fail');
}

describe('jobs to be submitted', () => {
  it('come from options', () => {
    expect(
      jobFromOptions({
        channel: 'voice',
        queue: 'q',
        priority: 5,
        label: [['Skill', 10]],
        tag: [['a', 'b']],
      }),
    ).toEqual({ channelId: 'voice', queueId: 'q', priority: 5, labels: { Skill: 10 }, tags: { a: 'b' } });
  });

  it('come from a file with one of them or many, in JSON or YAML', () => {
    const job = { id: 'j', channelId: 'voice', queueId: 'q' };
    expect(jobsIn(JSON.stringify(job), 'job.json')).toEqual([job]);
    expect(jobsIn('- { id: j, channelId: voice, queueId: q }\n', 'jobs.yaml')).toEqual([job]);
  });

  it('are refused all at once, each at its place', () => {
    const places = faultsOf(() =>
      jobsIn('[{"channelId":1},{"channelId":"c","queueId":"q","x":1}]', 'jobs.json'),
    );
    expect(places?.map(({ place }) => place)).toEqual(['/0/channelId', '/0', '/1/x']);
  });

  it('say which option is missing', () => {
    expect(faultsOf(() => jobFromOptions({ queue: 'q' }))).toEqual([
      { place: '--channel', detail: 'expected a string; nothing is there' },
    ]);
  });
});

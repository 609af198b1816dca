/** `jobs`: its words. */
import { type Command, Option } from 'commander';
import { wholeNumberOption } from '../../emulator/wholeNumberOption.ts';
import { jobStatusFilters } from '../../src/jobRouter/jobStatuses.ts';
import { onRouter } from '../connection/connectionOptions.ts';
import { examples } from '../terminal/examples.ts';
import { id, instant, pair } from '../terminal/optionValues.ts';
import { run } from '../terminal/run.ts';

const PRIORITY = 1_000_000_000;

/** Adds `jobs` and what belongs to it. */
export function addJobCommands(program: Command): void {
  const jobs = program.command('jobs').description('list, read, submit and end jobs');

  onRouter(jobs.command('list'))
    .description('list jobs, newest first')
    .addOption(new Option('--status <status>', 'all, active, or one status').choices(jobStatusFilters))
    .option('--queue <id>', 'of this queue', id)
    .option('--channel <id>', 'on this channel')
    .option('--limit <number>', 'at most so many', wholeNumberOption(1, 1_000_000), 100)
    .addHelpText(
      'after',
      examples('jobs list --emulator', 'jobs list --status queued --queue queue-1 --json'),
    )
    .action(run(async () => (await import('./listJobs.ts')).listJobs));

  onRouter(jobs.command('get'))
    .description('show a job, and its position where it waits in a queue')
    .argument('<jobId>', 'its id', id)
    .addHelpText('after', examples('jobs get job-1 --emulator'))
    .action(run(async () => (await import('./getJob.ts')).getJob));

  onRouter(jobs.command('submit'))
    .description('submit a job from options, or one or many from a file')
    .argument('[file]', 'a job or a list of jobs, as JSON or YAML; - for standard input')
    .option('--id <id>', 'absent: a new one', id)
    .option('--channel <id>', 'channelId')
    .option('--queue <id>', 'queueId', id)
    .option('--policy <id>', 'classificationPolicyId', id)
    .option('--priority <number>', 'the higher goes first', wholeNumberOption(-PRIORITY, PRIORITY))
    .option('--reference <text>', 'channelReference: an id of your own')
    .option('--label <name=value>', 'repeatable', pair)
    .option('--tag <name=value>', 'repeatable', pair)
    .addHelpText(
      'after',
      '\nA job with an id may be submitted again: where it is there already with the same content, nothing is done.\n' +
        examples(
          'jobs submit --channel voice --queue queue-1 --emulator',
          'jobs submit jobs.json --emulator',
          `jobs submit - --emulator <<< '{ "channelId": "voice", "queueId": "queue-1" }'`,
        ),
    )
    .action(run(async () => (await import('./submitJobs.ts')).submitJobs));

  onRouter(jobs.command('cancel'))
    .description('cancel a job that has not been completed')
    .argument('<jobId>', 'its id', id)
    .option('--disposition-code <text>', 'why, in a word')
    .option('--note <text>', 'a note for the job')
    .addHelpText('after', examples('jobs cancel job-1 --disposition-code Duplicate'))
    .action(run(async () => (await import('./moveJob.ts')).cancelJob));

  onAssignment(jobs.command('complete'))
    .description('complete the assignment of a job')
    .option('--note <text>', 'a note for the job')
    .addHelpText('after', examples('jobs complete job-1'))
    .action(run(async () => (await import('./moveJob.ts')).completeJob));

  onAssignment(jobs.command('close'))
    .description('close the completed assignment of a job')
    .option('--disposition-code <text>', 'how it ended, in a word')
    .option('--at <time>', 'when the service is to close it; absent: now', instant)
    .option('--note <text>', 'a note for the job')
    .addHelpText('after', examples('jobs close job-1 --disposition-code Resolved'))
    .action(run(async () => (await import('./moveJob.ts')).closeJob));

  onAssignment(jobs.command('unassign'))
    .description('take a job from its worker, back into its queue')
    .addHelpText('after', examples('jobs unassign job-1'))
    .action(run(async () => (await import('./moveJob.ts')).unassignJob));

  onRouter(jobs.command('reclassify'))
    .description('have a job classified once more by its policy')
    .argument('<jobId>', 'its id', id)
    .addHelpText('after', examples('jobs reclassify job-1'))
    .action(run(async () => (await import('./moveJob.ts')).reclassifyJob));

  onRouter(jobs.command('delete'))
    .description('delete a job that has ended')
    .argument('<jobId>', 'its id', id)
    .addHelpText('after', examples('jobs delete job-1'))
    .action(run(async () => (await import('./moveJob.ts')).deleteJob));
}

const onAssignment = (command: Command): Command =>
  onRouter(command)
    .argument('<jobId>', 'its id', id)
    .option('--assignment <id>', 'which of its assignments; absent: the only one that fits');

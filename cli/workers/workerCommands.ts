/** `workers`: its words. */
import { type Command, Option } from 'commander';
import { wholeNumberOption } from '../../emulator/wholeNumberOption.ts';
import { onRouter } from '../connection/connectionOptions.ts';
import { examples } from '../terminal/examples.ts';
import { id, pair, repeated } from '../terminal/optionValues.ts';
import { run } from '../terminal/run.ts';

const CAPACITY = 2 ** 31 - 1;

/** Adds `workers` and what belongs to it. */
export function addWorkerCommands(program: Command): void {
  const workers = program.command('workers').description('list, read and change workers');

  onRouter(workers.command('list'))
    .description('list workers, newest first')
    .addOption(
      new Option('--state <state>', 'only these')
        .choices(['active', 'draining', 'inactive', 'all'])
        .default('all'),
    )
    .option('--queue <id>', 'of this queue', id)
    .option('--channel <id>', 'on this channel')
    .option('--limit <number>', 'at most so many', wholeNumberOption(1, 1_000_000), 100)
    .addHelpText(
      'after',
      examples('workers list --emulator', 'workers list --queue queue-1 --state active --json'),
    )
    .action(run(async () => (await import('./workers.ts')).listWorkers));

  onRouter(workers.command('get'))
    .description('show a worker with its offers and assignments')
    .argument('<workerId>', 'its id', id)
    .addHelpText('after', examples('workers get worker-1 --emulator'))
    .action(run(async () => (await import('./workers.ts')).getWorker));

  onRouter(workers.command('set'))
    .description('change a worker that exists')
    .argument('<workerId>', 'its id', id)
    .addOption(new Option('--available', 'on duty').conflicts('unavailable'))
    .addOption(new Option('--unavailable', 'off duty').conflicts('available'))
    .option('--capacity <number>', 'for the jobs of all channels together', wholeNumberOption(0, CAPACITY))
    .option('--label <name=value>', 'set a label; repeatable', pair)
    .option('--remove-label <name>', 'repeatable', repeated)
    .addHelpText(
      'after',
      examples('workers set worker-1 --available', 'workers set worker-1 --capacity 2 --label Skill=10'),
    )
    .action(run(async () => (await import('./setWorker.ts')).setWorker));
}

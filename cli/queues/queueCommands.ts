/** `queues`: its words. */
import type { Command } from 'commander';
import { wholeNumberOption } from '../../emulator/wholeNumberOption.ts';
import { onRouter } from '../connection/connectionOptions.ts';
import { examples } from '../terminal/examples.ts';
import { id } from '../terminal/optionValues.ts';
import { run } from '../terminal/run.ts';

/** Adds `queues` and what belongs to it. */
export function addQueueCommands(program: Command): void {
  const queues = program.command('queues').description('list and read queues');

  onRouter(queues.command('list'))
    .description('list queues, newest first')
    .option('--limit <number>', 'at most so many', wholeNumberOption(1, 1_000_000), 100)
    .addHelpText('after', examples('queues list --emulator'))
    .action(run(async () => (await import('./queues.ts')).listQueues));

  onRouter(queues.command('get'))
    .description('show a queue and its statistics')
    .argument('<queueId>', 'its id', id)
    .addHelpText('after', examples('queues get queue-1 --emulator'))
    .action(run(async () => (await import('./queues.ts')).getQueue));
}

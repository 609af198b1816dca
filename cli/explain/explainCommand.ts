/** `explain`: its words. */
import type { Command } from 'commander';
import { onRouter } from '../connection/connectionOptions.ts';
import { examples } from '../terminal/examples.ts';
import { id } from '../terminal/optionValues.ts';
import { run } from '../terminal/run.ts';

/** Adds `explain`. */
export function addExplainCommand(program: Command): void {
  onRouter(program.command('explain'))
    .description('say why a job is or is not offered to each worker of its queue')
    .argument('<jobId>', 'its id', id)
    .addHelpText(
      'after',
      '\nWorked out from what any router shows. It does not show who has declined a job; such a worker looks as if it could\n' +
        'be offered it.\n' +
        examples('explain job-1 --emulator'),
    )
    .action(run(async () => (await import('./explain.ts')).explain));
}

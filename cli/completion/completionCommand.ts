/** `completion`: its words. */
import { Argument, type Command } from 'commander';
import { examples } from '../terminal/examples.ts';
import { run } from '../terminal/run.ts';

/** Adds `completion`, which knows every command that `program` has by the time it is asked. */
export function addCompletionCommand(program: Command): void {
  program
    .command('completion')
    .description('print a script that has a shell complete commands and options')
    .addArgument(new Argument('<shell>', 'which shell').choices(['bash', 'zsh', 'fish']))
    .addHelpText(
      'after',
      '\nIt completes the word job-router: put node_modules/.bin on the PATH, or alias it to npx job-router.\n' +
        `${examples('completion bash >> ~/.bashrc', 'completion zsh > ~/.zfunc/_job-router', 'completion fish > ~/.config/fish/completions/job-router.fish')}`,
    )
    .action(run(async () => (await import('./completion.ts')).completionOf(program)));
}

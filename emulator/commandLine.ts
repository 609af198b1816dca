/** The command line of the emulator suite: reads the words, hands over, sets the exit code. */
import { Command } from 'commander';
import { addSuiteCommands } from './commands/suiteCommands.ts';

const program = new Command('job-router')
  .description('Azure Communication Services Job Router on a laptop: router, Event Grid and Functions host.')
  .showHelpAfterError();
addSuiteCommands(program);

// Whoever reads our output may stop reading, as `head` does; that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

void program.parseAsync();

/** The command line, all of it: every command with its words. What a command does is loaded when it is asked for. */
import { Command } from 'commander';
import { addSuiteCommands } from '../emulator/commands/suiteCommands.ts';
import manifest from '../package.json' with { type: 'json' };
import { addCompletionCommand } from './completion/completionCommand.ts';
import { addEventCommands } from './events/eventCommands.ts';
import { addExplainCommand } from './explain/explainCommand.ts';
import { addJobCommands } from './jobs/jobCommands.ts';
import { addQueueCommands } from './queues/queueCommands.ts';
import { addRoutingCommands } from './routing/routingCommands.ts';
import { sayJson } from './terminal/say.ts';
import { addWorkerCommands } from './workers/workerCommands.ts';

/** The commands whose host runs the bundle of the app. */
const needBundle: ReadonlySet<string> = new Set(['demo', 'dev']);

export function createProgram(): Command {
  const program = new Command('job-router')
    .description(
      'Job Router as code and at hand: in Azure Communication Services, or in the emulator on this machine.',
    )
    .version(manifest.version, '--version', 'print the version')
    .configureOutput({ outputError: tellOfWords })
    .addHelpText(
      'after',
      '\nA router is named by --emulator, --connection-string or --endpoint, or by COMMUNICATION_CONNECTION_STRING or\n' +
        'COMMUNICATION_ENDPOINT. Every command explains itself: npx job-router <command> --help',
    );
  addRoutingCommands(program);
  addJobCommands(program);
  addWorkerCommands(program);
  addQueueCommands(program);
  addEventCommands(program);
  addExplainCommand(program);
  addSuiteCommands(program);
  addCompletionCommand(program);
  return program.hook('preAction', async (_, command) => {
    if (needBundle.has(command.name())) await (await import('../build.ts')).buildBundle();
  });
}

/** What is wrong with the words of a command, in the form that they ask for. */
function tellOfWords(text: string, write: (text: string) => void): void {
  if (process.argv.includes('--json')) sayJson({ error: { message: text.replace(/^error: /, '').trim() } });
  else write(text);
}

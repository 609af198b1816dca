/**
 * The commands that run the suite: their words, and where each is loaded from when it is asked for. They stand by themselves
 * in the emulator's own command line, and beside others in `job-router`.
 */
import { type Command, Option } from 'commander';
import { DEVELOPMENT_ACCESS_KEY } from '../accessKey.ts';
import { messageOf } from '../messageOf.ts';
import { portOption } from '../portOption.ts';
import { accessKey, count, subscription } from './options.ts';

const emulatorOptions = (command: Command) =>
  command
    .option('--port <number>', 'port of the router, 0 for a free one', portOption, 7080)
    .option('--https', 'serve the router over HTTPS with a development certificate made on the spot', false)
    .option('--access-key <base64>', 'access key of the router', accessKey, DEVELOPMENT_ACCESS_KEY)
    .addOption(
      new Option('--delays <kind>', 'how long the router takes: as the real one does, or no time at all')
        .choices(['realistic', 'none'])
        .default('realistic'),
    )
    .option(
      '--subscribe <url[=types]>',
      'subscribe a webhook, to all events or to the types behind "=", separated by commas; repeatable',
      subscription,
      [],
    )
    .addOption(
      new Option('--clock <mode>', 'time runs by itself, or is moved by POST /_emulator/clock/advance')
        .choices(['system', 'manual'])
        .default('system'),
    )
    .option('--quota', 'refuse more than 1,000 requests in 10 seconds, as the service does', false)
    .option('--seed <text>', 'make ids and chance the same each time')
    .option('--data <folder>', 'keep the router in this folder, so that it outlives the process')
    .option('--json', 'print one line of JSON once all is ready; the rest goes to standard error');

/** Loads and runs a command, and ends the process with the exit code it answers. */
const run =
  <Args extends unknown[]>(load: () => Promise<(...args: Args) => Promise<number>>) =>
  async (...args: Args): Promise<void> => {
    try {
      const command = await load();
      process.exitCode = await command(...args);
    } catch (error) {
      // Whoever asked for JSON reads it on stdout, errors included.
      if (args.some(asksForJson))
        console.log(JSON.stringify({ error: { message: messageOf(error) } }, undefined, 2));
      else console.error(messageOf(error));
      process.exitCode = 1;
    }
  };

const asksForJson = (given: unknown): boolean =>
  typeof given === 'object' && given !== null && 'json' in given && given.json === true;

/** Adds `demo`, `dev`, `emulator` and `replay`. */
export function addSuiteCommands(program: Command): void {
  program
    .command('demo')
    .description('play the quickstart as events, print it as it happens, and exit')
    .option('--jobs <number>', 'how many jobs to submit', count, 1)
    .option('--workers <number>', 'how many workers to share them', count, 1)
    .option('--json', 'print what it came to as JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  npx job-router demo\n  npx job-router demo --jobs 200 --workers 5\n  npx job-router demo --json | jq .lost',
    )
    .action(run(async () => (await import('./demo.ts')).demo));

  emulatorOptions(program.command('dev'))
    .description('keep router, Event Grid and the function app running')
    .option('--functions-port <number>', 'port of the Functions host, 0 for a free one', portOption, 7071)
    .option('--function-keys', 'make function keys, print them and ask for them, as Azure does', false)
    .addHelpText(
      'after',
      '\nWithout AzureWebJobsStorage, in the environment or in local.settings.json, it starts Azurite for the queues of the\n' +
        'app: what is put off or parked is kept in memory until the command ends.\n' +
        '\nExample:\n  npx job-router dev --delays none --functions-port 7072',
    )
    .action(run(async () => (await import('./dev.ts')).dev));

  emulatorOptions(program.command('emulator'))
    .description('keep router and Event Grid running, for `func start` or any other client')
    .addHelpText(
      'after',
      '\nExample:\n  npx job-router emulator --https --subscribe http://127.0.0.1:7071/api/router-events=RouterJobClosed',
    )
    .action(run(async () => (await import('./emulator.ts')).emulator));

  program
    .command('replay')
    .description('post fixture events to a running Functions host, as Event Grid would')
    .argument('<what>', 'an event file, a folder of them, or a story')
    .option('--url <url>', 'the host', 'http://localhost:7071')
    .option('--function <name>', 'send to this function whatever the event type')
    .option(
      '--webhook',
      'send to the HTTP function receiveRouterEvents instead of the Event Grid functions',
      false,
    )
    .option('--code <key>', 'key of a host in Azure')
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExample:\n  npx job-router replay test/replay/stories/happy-path.json')
    .action(run(async () => (await import('./replay.ts')).replay));
}

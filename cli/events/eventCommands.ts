/** `events`: its words. */
import { type Command, Option } from 'commander';
import { wholeNumberOption } from '../../emulator/wholeNumberOption.ts';
import { onRouter } from '../connection/connectionOptions.ts';
import { examples } from '../terminal/examples.ts';
import { pair, repeated } from '../terminal/optionValues.ts';
import { run } from '../terminal/run.ts';

const MOST_LISTED = 10_000;
/** As many as a storage queue hands out at once. */
const MOST_RESENT = 32;

/** Adds `events` and what belongs to it. */
export function addEventCommands(program: Command): void {
  const events = program.command('events').description('publish, list and resend events');

  onRouter(events.command('trigger'))
    .description('have the emulator publish a sample event of any type')
    .argument('<type>', 'such as RouterJobQueued')
    .option('--set <name=value>', 'set a member of its data; repeatable', pair)
    .option('--without <name>', 'leave a member of its data out; repeatable', repeated)
    .option('--subject <text>', 'instead of the one that its data gives it')
    .addHelpText('after', examples('events trigger RouterJobQueued --set jobId=job-7 --emulator'))
    .action(run(async () => (await import('./emulatorEvents.ts')).triggerEvent));

  onApp(onRouter(events.command('list')))
    .description('list what the emulator has published, or what the app has parked; the latest last')
    .option('--type <type>', 'only these; of published events')
    .option(
      '--limit <number>',
      'the latest so many; of published events',
      wholeNumberOption(1, MOST_LISTED),
      100,
    )
    .option('--parked', 'what the app has parked, because no repetition mends it', false)
    .addHelpText(
      'after',
      examples('events list --emulator --type RouterJobClosed', 'events list --parked --json'),
    )
    .action(run(async () => (await import('./listEvents.ts')).listEvents));

  onApp(events.command('resend'))
    .description('have the app handle what it has parked once more')
    .option('--limit <number>', 'the oldest so many', wholeNumberOption(1, MOST_RESENT), MOST_RESENT)
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      examples('events resend', 'events resend --limit 1 --app https://my-app.azurewebsites.net'),
    )
    .action(run(async () => (await import('./parkedEvents.ts')).resendParked));
}

const onApp = (command: Command): Command =>
  command
    .addOption(new Option('--app <url>', 'where the app runs').default('http://127.0.0.1:7071'))
    .option('--code <key>', 'the master key of an app that asks for keys; default: FUNCTION_KEY');

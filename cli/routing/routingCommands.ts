/** `plan`, `apply`, `export`, `adopt` and `destroy`: their words. */
import { type Command, Option } from 'commander';
import { onRouter } from '../connection/connectionOptions.ts';
import { examples } from '../terminal/examples.ts';
import { owner } from '../terminal/optionValues.ts';
import { run } from '../terminal/run.ts';

const DOCUMENT = 'routing.json';

const ownerOption = ['--owner <name>', 'whose, instead of the name of the document', owner] as const;
const yesOption = ['--yes', 'do not ask'] as const;

/** Adds the commands about routing as code. */
export function addRoutingCommands(program: Command): void {
  onRouter(program.command('plan'))
    .description('show what applying a routing document would change, and change nothing')
    .argument('[document]', 'JSON or YAML, - for standard input', DOCUMENT)
    .option('--prune', 'delete what the document owns and no longer mentions')
    .option('--out <file>', 'keep the plan, to apply exactly that')
    .addHelpText(
      'after',
      '\nExit codes: 0 no change, 1 error, 2 changes.\n' +
        examples(
          'plan routing.json --emulator',
          'plan routing.json --prune --out plan.json --emulator',
          'plan --json | jq .calls',
        ),
    )
    .action(run(async () => (await import('./plan.ts')).plan));

  onRouter(program.command('apply'))
    .description('make the router hold what a routing document declares, or carry out a plan that was kept')
    .argument('[document]', 'JSON or YAML, - for standard input; or what plan --out has written', DOCUMENT)
    .option('--prune', 'delete what the document owns and no longer mentions')
    .option('--document <file>', 'of a plan that was kept: its document, where it has moved')
    .option(...yesOption)
    .addHelpText(
      'after',
      '\nSafe to run again after it was stopped or failed: it plans anew and does what is left.\n' +
        'A plan that was kept is carried out without asking, exactly as it was shown; if the router or the document has\n' +
        'changed since, nothing is done.\n' +
        'Exit codes: 0 done, 1 an error, or something is left because the service would refuse to delete it.\n' +
        examples('apply routing.json --emulator', 'apply --prune --yes', 'apply plan.json --emulator'),
    )
    .action(run(async () => (await import('./apply.ts')).apply));

  onRouter(program.command('export'))
    .description('write down what the router holds as a routing document that plans to no change')
    .addOption(
      new Option('--format <format>', 'what to write; default: what --out ends with, or yaml').choices([
        'yaml',
        'json',
      ]),
    )
    .option('--out <file>', 'write to this file instead of standard output')
    .option('--owner <name>', 'only what belongs to this owner', owner)
    .option('--jobs', 'open jobs, too')
    .addHelpText(
      'after',
      `\nSecrets are not written down; placeholders stand for them.\n${examples('export > routing.yaml', 'export --format json --owner support')}`,
    )
    .action(run(async () => (await import('./export.ts')).exportRouter));

  onRouter(program.command('adopt'))
    .description('mark what exists as belonging to a routing document, and change nothing else')
    .argument('[document]', 'whose resources are adopted', DOCUMENT)
    .option(
      '--everything',
      'adopt all that the router holds, but for its jobs, whatever the document mentions',
    )
    .option(...ownerOption)
    .option('--take-over', 'take what belongs to other owners, too')
    .option(...yesOption)
    .addHelpText(
      'after',
      examples('adopt routing.json --emulator', 'adopt --everything --owner support --yes'),
    )
    .action(run(async () => (await import('./adopt.ts')).adopt));

  onRouter(program.command('destroy'))
    .description('delete everything that belongs to a routing document; its own open jobs are cancelled')
    .argument('[document]', 'whose resources are deleted', DOCUMENT)
    .option(...ownerOption)
    .option(...yesOption)
    .addHelpText(
      'after',
      '\nAsks for the name of the router first. Ends with 1 where something is left because the service would refuse it.\n' +
        examples('destroy routing.json --emulator', 'destroy --owner support --yes'),
    )
    .action(run(async () => (await import('./destroy.ts')).destroy));
}

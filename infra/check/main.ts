/** npm run check:infra: compiles the Bicep where a compiler can be had, and holds infra to the app. */
import { allAssertions } from './assertions/all.ts';
import { bringBicep } from './compiler/bringBicep.ts';
import { compile } from './compiler/compile.ts';
import { rememberCompiled } from './compiler/rememberCompiled.ts';
import { describeVersion, versionOf } from './compiler/versionOf.ts';
import { readAppFacts } from './facts/appFacts.ts';
import { readInfraSources } from './facts/infraSources.ts';
import { judge } from './judge.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);

const facts = { app: await readAppFacts(), sources: readInfraSources() };
const brought = bringBicep(process.env);
const compiled = 'bicep' in brought ? await compiledBy(brought.bicep) : undefined;

const verdicts = allAssertions.map((assertion) => judge(assertion, facts, compiled));
for (const { title, failures, isPartial } of verdicts) {
  say(`${failures.length > 0 ? 'FAILED' : isPartial ? 'part  ' : 'ok    '}  ${title}`);
  for (const failure of failures) say(`          ${failure}`);
}

if (compiled !== undefined && compiled.predictions.length === 0) {
  say('');
  say('What would be deployed was not evaluated, because the templates have to compile first: see "part".');
}
if ('absent' in brought) {
  say('');
  say(`NO BICEP COMPILER: ${brought.absent}.`);
  say(
    'The assertions marked "part" were made over the sources only; nothing was built, linted or evaluated.',
  );
  say('To have one: install .NET, or Azure CLI and run `az bicep install`, or put `bicep` on the PATH.');
}
const failed = verdicts.filter(({ failures }) => failures.length > 0).length;
if (failed > 0) {
  say(`\n${failed} of ${verdicts.length} assertions failed.`);
  process.exitCode = 1;
}

async function compiledBy(bicep: string) {
  const version = versionOf(bicep);
  say(`Bicep compiler: ${bicep}, version ${describeVersion(version)}`);
  const known = await rememberCompiled(`${bicep} ${version}`, () => compile(bicep));
  if (known.isRemembered)
    say('Nothing the compiler reads has changed since it last ran: its result is used again.');
  return known;
}

/** docs/deploy.md cannot be run here. Its names are held against what they name. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const root = new URL('../../../', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8');
const guide = read('docs/deploy.md');

/** First groups of all matches, each once. */
const all = (text: string, pattern: RegExp): string[] => [
  ...new Set([...text.matchAll(pattern)].flatMap(([, group]) => group ?? [])),
];

const parameters = all(
  read('infra/main.bicepparam') + read('infra/subscriptions.bicepparam'),
  /readEnvironmentVariable\('(\w+)'/g,
);
const outputs = all(read('infra/main.bicep'), /^output (\w+)/gm);
/** Read by azd itself. */
const ofAzd = ['AZURE_SUBSCRIPTION_ID'];

describe('docs/deploy.md', () => {
  it('sets values that the templates read', () => {
    const set = [...all(guide, /azd env set (?!NAME )(\w+) /g), ...all(guide, /^\| `([A-Z_]+)` \|/gm)];
    expect(set.length).toBeGreaterThan(5);
    expect(set.filter((name) => ![...parameters, ...ofAzd].includes(name))).toEqual([]);
  });

  it('names every value that an operator may set', () => {
    const given = [...outputs, 'AZURE_ENV_NAME', 'AZURE_LOCATION', 'AZURE_TENANT_ID', 'WEBHOOK_URL'];
    expect(parameters.filter((name) => !given.includes(name) && !guide.includes(name))).toEqual([]);
  });

  it('reads values that the templates give, or that it had set', () => {
    const asked = all(guide, /azd env get-value (\w+)/g);
    expect(asked.length).toBeGreaterThan(3);
    expect(asked.filter((name) => ![...outputs, ...parameters, ...ofAzd].includes(name))).toEqual([]);
  });

  it('registers the resource providers of everything the templates declare, and no other', () => {
    const templates = readdirSync(new URL('infra/', root), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.bicep'))
      .map((path) => read(`infra/${path.replaceAll('\\', '/')}`))
      .join('\n');
    const declared = all(templates, /(?:^ *resource \w+ '|serviceName: ')Microsoft\.(\w+)\//gm);
    const always = ['Authorization', 'Resources'];
    const [loop = ''] = all(guide, /^(# With [^\n]*\nfor provider in [^;]*);/gm);
    const registered = all(loop.replaceAll(/\b[A-Z]+_\w+/g, ''), /\b(?!With)([A-Z]\w+)/g);
    expect(registered.toSorted()).toEqual(declared.filter((name) => !always.includes(name)).toSorted());
  });

  it('calls scripts that package.json has', () => {
    const scripts: Readonly<Record<string, string>> = JSON.parse(read('package.json')).scripts;
    expect(all(guide, /npm run ([\w:]+)/g).filter((name) => !(name in scripts))).toEqual([]);
  });

  it('links to files that exist', () => {
    const links = all(guide, /\]\((?!https:)([^)#]+)\)/g);
    expect(links.filter((link) => !existsSync(new URL(link, new URL('docs/', root))))).toEqual([]);
  });
});

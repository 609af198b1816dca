import * as z from 'zod';
import { outputsIn, parametersIn } from '../facts/bicepDeclarations.ts';
import type { Assertion } from '../facts/facts.ts';
import { bicepFiles } from '../facts/infraSources.ts';

/** Calls that answer secrets, and names that secrets go by. */
const secretCall =
  /\blist[A-Z]\w*\(|\.getSecret\(|(?:access|primary|secondary|shared|instrumentation)Key|connectionString/i;
const secretName =
  /secret|password|passwd|pwd|token|connectionstring|(access|account|shared|primary|secondary|api|function|host|system|instrumentation)_?keys?$|^keys?$/i;

const secured = z.looseObject({ type: z.string().regex(/^secure/i) });
const template = z.looseObject({
  parameters: z.record(z.string(), z.unknown()).default({}),
  outputs: z.record(z.string(), z.looseObject({ type: z.string(), value: z.unknown() })).default({}),
});

export const secretsInOutputs: Assertion = {
  title: 'No output holds a secret',

  overSources: ({ sources }) =>
    bicepFiles(sources).flatMap(([path, text]) => {
      const secrets = parametersIn(text)
        .filter(({ decorators }) => /@secure\(\)/.test(decorators))
        .map(({ name }) => name);
      return outputsIn(text)
        .filter(
          ({ name, rest }) =>
            secretName.test(name) ||
            secretCall.test(rest) ||
            secrets.some((secret) => new RegExp(`\\b${secret}\\b`).test(rest)),
        )
        .map(({ name }) => `output ${name} of ${path} holds a secret, or is named as if it did`);
    }),

  overCompiled: (_, { templates }) =>
    Object.entries(templates).flatMap(([path, root]) =>
      templatesWithin(root).flatMap(({ name, parameters, outputs }) => {
        const secrets = Object.keys(parameters).filter((key) => secured.safeParse(parameters[key]).success);
        return Object.entries(outputs)
          .filter(([key, { type, value }]) => isSecret(key, type, JSON.stringify(value ?? ''), secrets))
          .map(([key]) => `output ${key} of ${path}${name} holds a secret, or is named as if it did`);
      }),
    ),
};

const isSecret = (key: string, type: string, value: string, secrets: readonly string[]): boolean =>
  /^secure/i.test(type) ||
  secretName.test(key) ||
  secretCall.test(value) ||
  secrets.some((secret) => value.includes(`parameters('${secret}')`));

interface NamedTemplate extends z.infer<typeof template> {
  readonly name: string;
}

/** The template and all that are nested in it. */
function templatesWithin(value: unknown, name = ''): readonly NamedTemplate[] {
  if (typeof value !== 'object' || value === null) return [];
  const within = Object.entries(value).flatMap(([key, child]) =>
    templatesWithin(child, key === 'template' || name !== '' ? `${name}, nested` : ''),
  );
  if (!('$schema' in value)) return within;
  const read = template.safeParse(value);
  return read.success
    ? [{ ...read.data, name: name === '' ? '' : ', a nested template' }, ...within]
    : within;
}

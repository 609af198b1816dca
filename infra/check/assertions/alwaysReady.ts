import * as z from 'zod';
import type { Assertion } from '../facts/facts.ts';
import { resourcesOf, valueAt } from '../facts/prediction.ts';

const kept = z.array(z.object({ name: z.string(), instanceCount: z.number() }));

const path = 'infra/modules/functionApp.bicep';
const written: readonly (readonly [text: RegExp, problem: string])[] = [
  [/runtime: \{\s+name: 'node'\s+version: '24'\s/, 'the runtime is not Node 24'],
  [/\binstanceMemoryMB: 2048\b/, 'instances do not have 2048 MB'],
  [/\balwaysReady: alwaysReady\b/, 'no function is always ready'],
];

export const alwaysReady: Assertion = {
  title: 'Always-ready instances are of a function that exists, on Node 24 with 2048 MB',
  overSources: ({ sources }) =>
    written
      .filter(([text]) => !text.test(sources.files[path] ?? ''))
      .map(([, problem]) => `${problem} in ${path}`),

  overCompiled: ({ app }, { predictions }) =>
    predictions.flatMap((all) =>
      resourcesOf(all, 'Microsoft.Web/sites').flatMap(({ properties }) => {
        const configured = valueAt(properties, 'functionAppConfig');
        const ready = kept.catch([]).parse(valueAt(configured, 'scaleAndConcurrency.alwaysReady'));
        const functions = app.functions.map(({ name }) => `function:${name}`);
        return [
          ...ready
            .filter(({ name }) => !functions.includes(name))
            .map(({ name }) => `always-ready ${name} is in infra/main.bicep and missing in src/functions`),
          ...(ready.length === 0 ? [`no function is always ready (${all.scenario})`] : []),
          ...(valueAt(configured, 'runtime.version') === '24'
            ? []
            : [`the runtime is not Node 24 (${all.scenario})`]),
          ...(valueAt(configured, 'scaleAndConcurrency.instanceMemoryMB') === 2048
            ? []
            : [`instances do not have 2048 MB (${all.scenario})`]),
        ];
      }),
    ),
};

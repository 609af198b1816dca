/** `job-router export`. */
import { writeFile } from 'node:fs/promises';
import { stringify } from 'yaml';
import { dottedPath } from '../../src/input/inputProblems.ts';
import { type Format, formatNamed } from '../../src/input/text/readText.ts';
import type { Exported, Placeholder } from '../../src/routing/export.ts';
import { nameOf } from '../../src/routing/model.ts';
import { exportFrom } from '../../src/routing/routing.ts';
import type { ConnectionOptions } from '../connection/connectionOptions.ts';
import { openRouter } from '../connection/openRouter.ts';
import { failureOf } from '../connection/routerFailure.ts';
import { CommandFailed } from '../terminal/commandFailed.ts';
import { printable } from '../terminal/printable.ts';
import { remark } from '../terminal/say.ts';

interface ExportOptions extends ConnectionOptions {
  readonly format?: Format;
  readonly out?: string;
  readonly owner?: string;
  readonly jobs?: boolean;
}

/** Writes down what the router holds. Which variables its secrets need is remarked on. */
export async function exportRouter(options: ExportOptions): Promise<number> {
  const { json, format, out, owner, jobs } = options;
  const { router } = await openRouter(options);
  const answer = await exportFrom(router, {
    ...(owner !== undefined && { owner }),
    ...(jobs !== undefined && { withJobs: jobs }),
  });
  if (answer.kind === 'unread') throw new CommandFailed(failureOf(answer.answer, answer.subject));
  const { exported } = answer;
  const text = textOf(exported, json ? 'json' : (format ?? formatNamed(out ?? '') ?? 'yaml'));
  if (out === undefined) process.stdout.write(text);
  else await writeFile(out, text);
  for (const placeholder of exported.placeholders) remark(needOf(placeholder));
  return 0;
}

const SCHEMA = './docs/schemas/routing.schema.json';

/** Editors find the schema from the root of the repository. */
const textOf = ({ document }: Exported, format: Format): string =>
  format === 'json'
    ? `${JSON.stringify({ $schema: SCHEMA, ...document }, undefined, 2)}\n`
    : `# yaml-language-server: $schema=${SCHEMA}\n${stringify(document)}`;

const needOf = (placeholder: Placeholder): string =>
  `Set ${placeholder.variable} before you plan this: ${dottedPath(placeholder.path)} of ${printable(nameOf(placeholder))} is a secret.`;

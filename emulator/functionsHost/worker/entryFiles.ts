import { existsSync, globSync, readFileSync, realpathSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import * as z from 'zod';
import { messageOf } from '../../messageOf.ts';
import { FunctionsHostFailure } from '../failure.ts';

const packageFile = z.looseObject({ main: z.string().optional(), type: z.string().optional() });

export interface EntryFile {
  /** Absolute and free of symbolic links: Node keeps modules under their real paths, and looks them up by those. */
  readonly path: string;
  /** As a person would say it: relative to the app. */
  readonly name: string;
  readonly isModule: boolean;
}

function readPackage(appRoot: string): z.infer<typeof packageFile> {
  const path = join(appRoot, 'package.json');
  if (!existsSync(path)) {
    throw new FunctionsHostFailure('noPackage', `${appRoot} is no function app: it has no package.json.`);
  }
  try {
    return packageFile.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    throw new FunctionsHostFailure('noPackage', `${path} cannot be read: ${messageOf(error)}`, {
      cause: error,
    });
  }
}

function isModule(path: string, packageType: string | undefined): boolean {
  if (path.endsWith('.mjs')) return true;
  if (path.endsWith('.cjs')) return false;
  return packageType === 'module';
}

/**
 * The files that `main` of the app's package.json stands for: a glob relative to the app, sorted by name. Fails when
 * there is none, because an app without an entry file has no functions.
 */
export function entryFilesOf(appRoot: string): EntryFile[] {
  const { main, type } = readPackage(appRoot);
  if (!main) {
    throw new FunctionsHostFailure(
      'noMain',
      `package.json in ${appRoot} has no "main". It names the built files of the app, for example "dist/app.cjs".`,
    );
  }
  const paths = globSync(main, { cwd: appRoot }).map((path) => resolve(appRoot, path));
  if (paths.length === 0) {
    throw new FunctionsHostFailure(
      'noEntryFile',
      `"main" of ${join(appRoot, 'package.json')} is "${main}", and no such file exists. ` +
        'Has the app been built? Try "npm run build".',
    );
  }
  return paths.sort().map((path) => ({
    path: realpathSync(path),
    name: relative(appRoot, path),
    isModule: isModule(path, type),
  }));
}

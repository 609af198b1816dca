/**
 * Loads the entry files of an app. A CommonJS app is loaded afresh each time, so that a host never inherits what an
 * earlier one in the same process registered. An ES module cannot be unloaded: its entry file is loaded again, but
 * whatever that file imports is not, so a process can run an ES module app once.
 */
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { detailOf, FunctionsHostFailure } from '../failure.ts';
import { type EntryFile, entryFilesOf } from './entryFiles.ts';

const LIBRARY = /[\\/]@azure[\\/]functions[\\/]/;

const require = createRequire(import.meta.url);
let loads = 0;

function forgetModule(path: string): void {
  const module = require.cache[path];
  if (!module) return;
  delete require.cache[path];
  for (const child of module.children) forgetModule(child.id);
}

/** The library remembers the core module it was given, so an app must never meet the library of another host. */
function forgetLibrary(): void {
  for (const path of Object.keys(require.cache)) if (LIBRARY.test(path)) delete require.cache[path];
}

async function loadFile(file: EntryFile): Promise<void> {
  try {
    if (file.isModule) await import(`${pathToFileURL(file.path).href}?load=${++loads}`);
    else require(file.path);
  } catch (error) {
    throw new FunctionsHostFailure(
      'entryFileThrew',
      `The app's entry file ${file.name} failed while it was loaded: ${detailOf(error)}`,
      { cause: error },
    );
  }
}

export interface LoadedApp {
  readonly entryFiles: readonly EntryFile[];
  /** Forgets the app's CommonJS modules. */
  unload(): void;
}

export async function loadApp(appRoot: string): Promise<LoadedApp> {
  const entryFiles = entryFilesOf(appRoot);
  const unload = () => {
    for (const file of entryFiles) forgetModule(file.path);
  };
  unload();
  forgetLibrary();
  for (const file of entryFiles) await loadFile(file);
  return { entryFiles, unload };
}

/** The worker's part of a start: supply the core module, load the app, run its appStart hooks, close registration. */
import { FunctionsHostFailure } from '../failure.ts';
import type { Log } from '../log.ts';
import type { UndoList } from '../undoList.ts';
import { loadApp } from './loadApp.ts';
import type { ProgrammingModel } from './rpc.ts';
import { supplyCoreModule } from './supplyCoreModule.ts';
import { createWorkerCore, type WorkerCore } from './workerCore.ts';

export interface StartedApp {
  readonly core: WorkerCore;
  readonly model: ProgrammingModel;
}

/** Says why an app that was loaded without an error has no function. */
function noFunctions(entryFiles: string, wasAsked: boolean): FunctionsHostFailure {
  const why = wasAsked
    ? 'Its entry files loaded the library and registered nothing: does "main" in package.json name every file that ' +
      'calls app.http, app.eventGrid and so on, and is the build up to date ("npm run build")?'
    : 'Nothing in it asked for @azure/functions-core, so either no file that "main" names calls app.http, ' +
      'app.eventGrid and so on (is the build up to date? "npm run build"), or the library is in its test mode ' +
      'because it was loaded by something that goes around require, or by an earlier ES module app in this process.';
  return new FunctionsHostFailure('noFunctions', `The app (${entryFiles}) has no functions. ${why}`);
}

/** Refuses an app whose HTTP functions would wait for a proxy that nobody runs. */
async function refuseStreaming(model: ProgrammingModel): Promise<void> {
  const { HttpUri } = (await model.getCapabilities?.({})) ?? {};
  if (HttpUri === undefined) return;
  throw new FunctionsHostFailure(
    'httpStreaming',
    'The app asks for HTTP streaming (app.setup({ enableHttpStream: true })), which this host does not do. ' +
      'Switch it off to run here, or use Core Tools.',
  );
}

/** What is started here is stopped by `undo`: the appTerminate hooks run, and the app is forgotten. */
export async function startApp(appRoot: string, log: Log, undo: UndoList): Promise<StartedApp> {
  const core = createWorkerCore(log);
  const supplied = supplyCoreModule(core.module);
  undo.add(supplied.withdraw);
  const app = await loadApp(appRoot);
  undo.add(app.unload);

  const hookContext = { hookData: {}, appHookData: core.hooks.appHookData };
  await core.hooks.run('appStart', { ...hookContext, functionAppDirectory: appRoot });
  undo.add(() => core.hooks.run('appTerminate', hookContext));

  core.lock();
  const model = core.programmingModel();
  if (!model || core.functions().length === 0) {
    throw noFunctions(app.entryFiles.map(({ name }) => name).join(', '), supplied.wasAsked());
  }
  await refuseStreaming(model);
  return { core, model };
}

/**
 * Starts the app in the working directory as Microsoft's worker does, once, and prints how long that took: from
 * the first `require` until its functions are registered. The start of Node and of the worker itself, which no
 * app can shorten, is not in the figure.
 */
import { createUndoList } from '../emulator/functionsHost/undoList.ts';
import { startApp } from '../emulator/functionsHost/worker/startApp.ts';

const undo = createUndoList((error) => console.error(error));
const before = performance.now();
const { core } = await startApp(process.cwd(), () => {}, undo);
const milliseconds = performance.now() - before;

const functions = core.functions().map(({ metadata }) => metadata.name);
process.stdout.write(JSON.stringify({ milliseconds, functions }));
await undo.run();

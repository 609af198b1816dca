/**
 * A Functions host as a process of its own. Started by hand it prints to the console; started with an IPC channel it
 * reports to its parent instead (ipc.ts), and ends when the parent does.
 */
import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import { Command } from 'commander';
import { messageOf } from '../messageOf.ts';
import { portOption } from '../portOption.ts';
import { keyList } from './functionList.ts';
import { createFunctionsHost } from './functionsHost.ts';
import type { HostMessage } from './ipc.ts';
import { consoleLine, type LogEntry } from './log.ts';

const { root, port, hostname, functionKeys } = new Command('functionsHost')
  .description('Runs a built Azure Functions app with Node alone.')
  .option('--root <folder>', 'folder of the app: package.json, host.json', '.')
  .option('--port <number>', 'port to listen on; 0 takes a free one', portOption, 7071)
  .option('--hostname <name>', 'address to listen on', '127.0.0.1')
  .option('--function-keys', 'make keys and ask for them, as Azure does', false)
  .parse()
  .opts<{ root: string; port: number; hostname: string; functionKeys: boolean }>();

const reportsToParent = process.send !== undefined;

function print(message: HostMessage): void {
  switch (message.kind) {
    case 'log': {
      const line = consoleLine(message);
      if (line !== undefined) console.log(line);
      return;
    }
    case 'listening':
      console.log(`Listening on ${message.url}. Ctrl-C stops it.`);
      if (message.keys) console.log(keyList(message.keys).join('\n'));
      return;
    case 'failed':
      console.error(message.message);
      return;
    default:
      message satisfies never;
  }
}

/** Resolves when the message has left the process. A parent that is gone hears nothing, and that is no failure. */
function report(message: HostMessage): Promise<void> {
  return new Promise((resolve) => {
    if (!reportsToParent) {
      print(message);
      resolve();
    } else if (process.connected && process.send) process.send(message, () => resolve());
    else resolve();
  });
}

// The worker of the real host runs in the app's folder too; apps read files relative to it.
const appRoot = resolve(root);

try {
  process.chdir(appRoot);
  const host = await createFunctionsHost({
    appRoot,
    hostname,
    port,
    newId: randomUUID,
    functionKeys,
    log: (entry: LogEntry) => void report({ kind: 'log', ...entry }),
  });
  let isStopping = false;
  const stop = () => {
    if (isStopping) return;
    isStopping = true;
    host.close().then(() => process.exit(0));
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, stop);
  process.on('disconnect', stop);
  await report({
    kind: 'listening',
    url: host.url,
    functions: host.functions.map((fn) => ({ ...fn, methods: [...fn.methods], urls: [...fn.urls] })),
    ...(host.keys && { keys: host.keys }),
  });
  if (reportsToParent && !process.connected) stop();
} catch (error) {
  await report({ kind: 'failed', message: messageOf(error) });
  process.exit(1);
}

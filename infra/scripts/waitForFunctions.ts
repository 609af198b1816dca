/** Event Grid subscribes a function only once the function app shows it, which takes a while after a deployment. */
import { setTimeout as wait } from 'node:timers/promises';
import * as z from 'zod';
import { type Az, CommandFailed } from './commandLine.ts';
import { SetbackError } from './setbackError.ts';

export interface Patience {
  readonly limitSeconds: number;
  readonly everySeconds: number;
}

const functionList = z.object({ value: z.array(z.object({ name: z.string() })) });

/** @throws SetbackError naming the functions that did not appear in time. */
export async function waitForFunctions(
  wanted: readonly string[],
  functionAppId: string,
  { limitSeconds, everySeconds }: Patience,
  { az, say }: { readonly az: Az; readonly say: (line: string) => void },
): Promise<void> {
  const attempts = Math.max(1, Math.ceil(limitSeconds / everySeconds));
  let missing: readonly string[] = wanted;
  let lastRefusal: string | undefined;
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const look = await visibleFunctions(functionAppId, az);
    lastRefusal = look.refusal;
    missing = wanted.filter((name) => !look.names.includes(name));
    if (missing.length === 0) return;
    say(`waiting for ${missing.join(', ')} to appear (${attempt} of ${attempts})`);
    if (attempt < attempts) await wait(everySeconds * 1000);
  }
  throw new SetbackError(
    `after ${limitSeconds} s the function app does not show ${missing.join(', ')}` +
      (lastRefusal === undefined ? '' : `; Azure answered: ${lastRefusal}`),
    'look at the log stream of the function app for why it does not start, mend that, and run npm run subscribe again',
  );
}

/** A refusal while the app restarts is one more reason to wait; it is told if it is still there at the end. */
async function visibleFunctions(
  functionAppId: string,
  az: Az,
): Promise<{ readonly names: readonly string[]; readonly refusal?: string }> {
  try {
    const url = `${functionAppId}/functions?api-version=2024-04-01`;
    const { value } = functionList.parse(JSON.parse(await az(['rest', '--method', 'get', '--url', url])));
    return { names: value.map(({ name }) => name.split('/').at(-1) ?? name) };
  } catch (cause) {
    if (!(cause instanceof CommandFailed)) throw cause;
    return { names: [], refusal: cause.message };
  }
}

/** Requests to the controls of the emulator, and to the app. */
import * as z from 'zod';
import { causeOf } from '../../src/input/causeOf.ts';
import { parseJson } from '../../src/input/parseJson.ts';
import { CommandFailed } from '../terminal/commandFailed.ts';

/** One request. */
export interface HttpQuestion<Value> {
  readonly url: string;
  readonly method?: 'GET' | 'POST';
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
  /** How the answer reads. */
  readonly schema: z.ZodType<Value>;
  /** What to do where nobody answers. */
  readonly fix: string;
  /** What to do where the question is refused as wrong (400). */
  readonly fixRefused?: string;
}

/** Longer than the app takes to handle all that it is asked for at once. */
const LONGEST_MILLISECONDS = 230_000;

/** How the emulator and the app say what is wrong. */
const told = z.union([
  z.object({ error: z.object({ message: z.string() }) }).transform(({ error }) => error.message),
  z.object({ detail: z.string() }).transform(({ detail }) => detail),
]);

/** @throws CommandFailed where there is no answer, or one that says no. */
export async function askOverHttp<Value>(question: HttpQuestion<Value>): Promise<Value> {
  const { url, method = 'GET', body, headers = {}, schema, fix, fixRefused } = question;
  const answer = await send(
    url,
    {
      method,
      headers: { ...headers, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    },
    fix,
  );
  const text = await answer.text();
  const json = parseJson(text);
  const value = 'value' in json ? json.value : undefined;
  if (!answer.ok) throw refusal(answer, told.safeParse(value).data, url, fixRefused);
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  throw new CommandFailed({ message: `${url} answers something else than what was asked for.`, fix });
}

async function send(url: string, request: RequestInit, fix: string): Promise<Response> {
  try {
    return await fetch(url, { ...request, signal: AbortSignal.timeout(LONGEST_MILLISECONDS) });
  } catch (problem) {
    throw new CommandFailed({ message: `No answer from ${new URL(url).origin}: ${causeOf(problem)}`, fix });
  }
}

function refusal(
  { status }: Response,
  detail: string | undefined,
  url: string,
  fix: string | undefined,
): CommandFailed {
  if (status === 401) {
    return new CommandFailed({
      message: `${new URL(url).origin} does not accept the key, or asks for one (401).`,
      fix: 'give its master key with --code or in FUNCTION_KEY',
    });
  }
  return new CommandFailed({
    message: detail ?? `${url} answers ${status}.`,
    ...(status === 400 && fix !== undefined && { fix }),
  });
}

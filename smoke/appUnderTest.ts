import * as z from 'zod';

/** A step of the smoke test that did not come out as it has to. Its message says what to look at. */
export class SmokeFailure extends Error {
  override readonly name = 'SmokeFailure';
}

export interface AppAnswer {
  /** Absent when nobody answered. */
  readonly status?: number;
  /** As JSON; undefined when it is none. */
  readonly body?: unknown;
  /** What went wrong, in the app's own words where it has some. */
  readonly explanation: string;
}

export type AppUnderTest = (
  method: 'GET' | 'PUT' | 'POST',
  path: string,
  body?: unknown,
) => Promise<AppAnswer>;

const problem = z.looseObject({
  title: z.string(),
  detail: z.string().optional(),
  errors: z.array(z.looseObject({ detail: z.string() })).default([]),
});

/** One call may wait for a cold start, and no longer. */
const CALL_LIMIT_MILLISECONDS = 60_000;

/**
 * The HTTP functions of a deployed app.
 *
 * @param key of a function or of the host; sent in a header, so that no log of addresses shows it.
 */
export function appUnderTest(url: string, key: string | undefined): AppUnderTest {
  const base = new URL(url);
  const isLoopback = ['127.0.0.1', 'localhost', '[::1]'].includes(base.hostname);
  if (key !== undefined && base.protocol !== 'https:' && !isLoopback) {
    throw new SmokeFailure(`The key would cross the network in clear; use https for ${base.hostname}`);
  }
  return async (method, path, body) => {
    try {
      const answer = await fetch(new URL(`/api/${path}`, base), {
        method,
        headers: { 'content-type': 'application/json', ...(key !== undefined && { 'x-functions-key': key }) },
        ...(body !== undefined && { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(CALL_LIMIT_MILLISECONDS),
      });
      return readAnswer(answer.status, await answer.text());
    } catch (error) {
      return { explanation: `no answer: ${reasonOf(error)}` };
    }
  };
}

function readAnswer(status: number, text: string): AppAnswer {
  const body = jsonIn(text);
  const said = problem.safeParse(body);
  const words = said.success ? wordsOf(said.data) : text;
  return { status, body, explanation: `${status} ${words.slice(0, 500)}`.trim() };
}

const wordsOf = ({ title, detail, errors }: z.infer<typeof problem>): string =>
  [title, detail, ...errors.map((error) => error.detail)].filter(Boolean).join('. ');

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The platform in front of the app answers in HTML or not at all; its text is kept in the explanation.
    return undefined;
  }
}

/** `fetch` hides why behind "fetch failed". */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error ? cause.message : String(cause);
}

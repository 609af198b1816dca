import type { HttpResponseInit } from '@azure/functions';
import { type App, getApp } from '../composition.ts';
import { ConfigError } from '../config.ts';
import { UnusableConnectionError } from '../jobRouter/connection.ts';
import { type Problem, problemResponse } from './problem.ts';

/** Answers with the app, or, where its settings do not let there be one, with what is wrong with them. */
export async function withApp(answer: (app: App) => Promise<HttpResponseInit>): Promise<HttpResponseInit> {
  let app: App;
  try {
    app = await getApp();
  } catch (error) {
    const problem = misconfiguration(error);
    if (!problem) throw error;
    return problemResponse(problem);
  }
  return answer(app);
}

function misconfiguration(error: unknown): Problem | undefined {
  const problem = { name: 'misconfigured', status: 503 } as const;
  if (error instanceof UnusableConnectionError) return { ...problem, detail: error.message };
  if (!(error instanceof ConfigError)) return undefined;
  const detail = `Wrong: ${error.problems.map(({ setting }) => setting).join(', ')}.`;
  return { ...problem, detail, also: { settings: error.problems } };
}

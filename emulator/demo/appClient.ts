import * as z from 'zod';

const problem = z.looseObject({ title: z.string(), detail: z.string().optional() });

/** The function app's HTTP functions, as any caller would use them. */
export interface AppClient {
  provision(document: unknown): Promise<void>;
  submit(job: unknown): Promise<void>;
}

/** Rejects with the app's own words when it answers anything but success. */
export function createAppClient(hostUrl: string): AppClient {
  async function send(method: 'PUT' | 'POST', path: string, body: unknown): Promise<void> {
    const answer = await fetch(`${hostUrl}/api/${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} /api/${path} answered ${answer.status}: ${explain(text)}`);
  }
  return {
    provision: (document) => send('PUT', 'routing', document),
    submit: (job) => send('POST', 'jobs', job),
  };
}

function explain(text: string): string {
  try {
    const { title, detail } = problem.parse(JSON.parse(text));
    return detail ? `${title} ${detail}` : title;
  } catch {
    return text || 'no body';
  }
}

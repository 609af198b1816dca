import * as z from 'zod';
import type { Az } from './commandLine.ts';

const keys = z.object({ default: z.string().min(1) });

/** The address of receiveRouterEvents with its function key. It is handed on in the environment, never as an argument. */
export async function webhookUrl(functionAppId: string, functionAppUrl: string, az: Az): Promise<string> {
  const url = `${functionAppId}/functions/receiveRouterEvents/listkeys?api-version=2024-04-01`;
  const { default: key } = keys.parse(JSON.parse(await az(['rest', '--method', 'post', '--url', url])));
  return `${functionAppUrl.replace(/\/$/, '')}/api/router-events?code=${encodeURIComponent(key)}`;
}

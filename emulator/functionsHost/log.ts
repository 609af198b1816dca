import * as z from 'zod';

/** The levels of the Functions runtime. `none` is only ever a filter there, but a log hook may set it. */
export const logLevel = z.enum(['trace', 'debug', 'information', 'warning', 'error', 'critical', 'none']);
export type LogLevel = z.infer<typeof logLevel>;

/** `user` is what a function logged, `system` what the host and the library have to say. */
const logCategory = z.enum(['user', 'system']);

/** One line of the host's output. */
export const logEntry = z.object({
  level: logLevel,
  category: logCategory,
  functionName: z.string().optional(),
  invocationId: z.string().optional(),
  message: z.string(),
});
export type LogEntry = z.infer<typeof logEntry>;

export type Log = (entry: LogEntry) => void;

const SHOWN_ON_A_CONSOLE: ReadonlySet<LogLevel> = new Set(['information', 'warning', 'error', 'critical']);

/**
 * A log line as a person reads it; undefined for what Core Tools keeps to itself by default, which is everything
 * below information.
 */
export function consoleLine(entry: LogEntry): string | undefined {
  if (!SHOWN_ON_A_CONSOLE.has(entry.level)) return undefined;
  const mark = entry.level === 'information' ? '' : `[${entry.level}] `;
  return `${mark}${entry.message}`;
}

import { z } from 'zod';

/** The levels of the Functions runtime. `none` is only ever a filter there, but a log hook may set it. */
export const logLevelSchema = z.enum([
  'trace',
  'debug',
  'information',
  'warning',
  'error',
  'critical',
  'none',
]);
export type LogLevel = z.infer<typeof logLevelSchema>;

/** `user` is what a function logged, `system` what the host and the library have to say. */
export const logCategorySchema = z.enum(['user', 'system']);
export type LogCategory = z.infer<typeof logCategorySchema>;

/** One line of the host's output. */
export const logEntrySchema = z.object({
  level: logLevelSchema,
  category: logCategorySchema,
  functionName: z.string().optional(),
  invocationId: z.string().optional(),
  message: z.string(),
});
export type LogEntry = z.infer<typeof logEntrySchema>;

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

/** What the settings say about what the app tells about its work. */
import type { ConfigProblem } from './configProblem.ts';

/** How much is told, and to whom besides the log. */
export interface TelemetrySettings {
  /** Whether the log tells label values, which may say something about people. */
  readonly logsLabels: boolean;
  /** Whether metrics go to a collector. The exporter itself reads its address, as OpenTelemetry specifies. */
  readonly exportsMetrics: boolean;
}

/** The settings of telemetry; empty ones are absent. */
export interface TelemetryEnvironment {
  readonly LOG_LABELS?: string | undefined;
  readonly OTEL_EXPORTER_OTLP_ENDPOINT?: string | undefined;
  readonly OTEL_EXPORTER_OTLP_METRICS_ENDPOINT?: string | undefined;
}

/** What they say, or everything that is wrong with them. */
export function telemetryFrom(settings: TelemetryEnvironment): TelemetrySettings | readonly ConfigProblem[] {
  const { LOG_LABELS = 'false', ...endpoints } = settings;
  const problems: ConfigProblem[] = [];
  if (!['true', 'false'].includes(LOG_LABELS)) {
    problems.push({ setting: 'LOG_LABELS', problem: 'is neither true nor false', fix: 'write one of them' });
  }
  const addresses = [
    ['OTEL_EXPORTER_OTLP_ENDPOINT', endpoints.OTEL_EXPORTER_OTLP_ENDPOINT],
    ['OTEL_EXPORTER_OTLP_METRICS_ENDPOINT', endpoints.OTEL_EXPORTER_OTLP_METRICS_ENDPOINT],
  ] as const;
  const given = addresses.filter(([, address]) => address !== undefined);
  for (const [setting, address] of given) {
    if (!/^https?:$/.test(URL.parse(address ?? '')?.protocol ?? '')) {
      problems.push({ setting, problem: 'is no http address', fix: 'write https://<collector>:4318' });
    }
  }
  if (problems.length > 0) return problems;
  return { logsLabels: LOG_LABELS === 'true', exportsMetrics: given.length > 0 };
}

/**
 * Sends the metrics by OTLP over HTTP, where the settings name a collector. Everything that it takes is loaded then and
 * not before: most apps are deployed without, and log lines, which the host exports, tell the same in more words.
 */
import { metrics } from '@opentelemetry/api';

/** How the metrics are told apart and how often they go. Where to, the exporter reads itself: OTEL_EXPORTER_OTLP_…. */
export interface MetricsSettings {
  /** Different for every running instance. */
  readonly instanceId: string;
  readonly everyMilliseconds: number;
}

let shutdown: (() => Promise<void>) | undefined;

/** Starts to export. Before it has resolved, nothing is counted. */
export async function startExport(settings: MetricsSettings): Promise<void> {
  if (shutdown !== undefined) return;
  const { createProvider } = await import('./otlpProvider.ts');
  const provider = createProvider(settings);
  metrics.setGlobalMeterProvider(provider);
  shutdown = () => provider.shutdown();
}

/** Sends what has been counted since the last time, and ends. Never rejects: the app is going away either way. */
export async function endExport(): Promise<void> {
  const end = shutdown;
  shutdown = undefined;
  metrics.disable();
  await end?.().catch((problem: unknown) => {
    process.stderr.write(`The last metrics were not exported: ${String(problem)}\n`);
  });
}

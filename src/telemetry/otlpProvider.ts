import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http';
import { detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import type { MetricsSettings } from './exportMetrics.ts';
import { SCOPE } from './instruments.ts';

/** A collector that hangs must not keep the app from going away. */
const EXPORT_LIMIT_MILLISECONDS = 5_000;

/**
 * Counts, and sends the counts from time to time. OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES win over what the app
 * calls itself.
 */
export const createProvider = ({ instanceId, everyMilliseconds }: MetricsSettings): MeterProvider =>
  new MeterProvider({
    resource: resourceFromAttributes({
      'service.name': SCOPE,
      'service.instance.id': instanceId,
    }).merge(detectResources({ detectors: [envDetector] })),
    readers: [
      new PeriodicExportingMetricReader({
        exporter: new OTLPMetricExporter({ timeoutMillis: EXPORT_LIMIT_MILLISECONDS }),
        exportIntervalMillis: everyMilliseconds,
        exportTimeoutMillis: Math.min(everyMilliseconds, EXPORT_LIMIT_MILLISECONDS),
      }),
    ],
  });

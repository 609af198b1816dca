import { metrics } from '@opentelemetry/api';
import type { RequestBudget } from '../jobRouter/requestBudget.ts';
import { SCOPE } from './instruments.ts';

/** Shows how much of the request quota is used whenever metrics are exported. */
export function watchBudget(budget: RequestBudget): void {
  const meter = metrics.getMeter(SCOPE);
  const used = meter.createObservableGauge('job_router.quota.used', {
    unit: '1',
    description: 'Requests of the last ten seconds, as a part of the quota',
  });
  const waiting = meter.createObservableGauge('job_router.requests.waiting', {
    unit: '{request}',
    description: 'Requests that wait for their turn',
  });
  meter.addBatchObservableCallback(
    (result) => {
      const use = budget.use();
      result.observe(used, use.requestsIn10Seconds / use.quota);
      result.observe(waiting, use.waiting);
    },
    [used, waiting],
  );
}

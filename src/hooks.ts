/** What goes for every invocation, whichever function it is of. */
import { app } from '@azure/functions';
import { endExport } from './telemetry/exportMetrics.ts';
import { inTrace } from './telemetry/traceContext.ts';

// An event that names no trace of its own belongs to that of its invocation.
app.hook.preInvocation((context) => {
  const { functionHandler, invocationContext } = context;
  context.functionHandler = (...inputs) =>
    inTrace(invocationContext.traceContext?.traceParent, () => functionHandler(...inputs));
});

app.hook.appTerminate(endExport);

import { quickstartRouting } from '../app.ts';
import type { Ports } from '../ports.ts';
import { quickstartJob } from './quickstartJob.ts';
import { createQuickstartLines, QUICKSTART_LINES, shortType } from './quickstartLines.ts';
import type { Stage } from './stage.ts';
import { createTimeline } from './timeline.ts';

const JOB_ID = 'job-1';

/**
 * The quickstart, as events: provisions, submits one job and watches it being accepted, completed, closed and
 * deleted by the app. Rejects with StepFailed, which names the step, when anything does not happen.
 */
export async function playOneJob(stage: Stage, ports: Ports, print: (line: string) => void): Promise<void> {
  const { app, steps } = stage;
  const timeline = createTimeline(ports.clock, print);
  const linesFor = createQuickstartLines(JOB_ID);
  const printed = QUICKSTART_LINES.map(() => Promise.withResolvers<void>());
  const tidied = Promise.withResolvers<void>();
  let next = 0;

  stage.onArrival = (arrival) => {
    steps.saw(`${shortType(arrival)} for ${arrival.subject}`);
    timeline.event(arrival);
    for (const line of linesFor(arrival)) {
      timeline.quickstart(line);
      printed[next++]?.resolve();
    }
  };
  stage.onReport = (report) => {
    steps.saw(`${report.function} on ${report.routerEvent}: ${report.outcome} (${report.why ?? report.did})`);
    timeline.report(report);
    if (report.function === 'tidyJob') tidied.resolve();
  };

  await steps.take('PUT /api/routing provisions routing.json', app.provision(await quickstartRouting()));
  timeline.note('PUT /api/routing: the router matches routing.json');
  await steps.take(`POST /api/jobs submits ${JOB_ID}`, app.submit(quickstartJob(JOB_ID)));
  timeline.note(`POST /api/jobs: ${JOB_ID} is submitted`);
  for (const [index, { step }] of QUICKSTART_LINES.entries()) {
    await steps.take(step, printed[index]?.promise ?? Promise.resolve());
  }
  // The app tells what it did when the router has answered it; the event may be here before that.
  await steps.take('the app reports that it deleted the job', tidied.promise);
}

import { app, type TimerHandler } from '@azure/functions';
import { getApp } from '../composition.ts';
import { logTo } from '../handling/logTo.ts';
import { createReconciler } from '../reconciling/reconcile.ts';
import type { RunSummary } from '../reconciling/run.ts';
import { scheduleIn } from '../settings/scheduleSetting.ts';

const reconciler = createReconciler();

/**
 * Wakes by the clock, finds what events never told and has it handled as they would have been. Never fails for a router
 * that is away: the next run is soon.
 */
export const reconcileJobs: TimerHandler = async (_timer, context) => {
  const summary = await reconciler.run({ app: await getApp(), log: logTo(context) });
  if (summary === undefined) return context.info('The run before is still under way');
  context[levelOf(summary)](JSON.stringify(summary));
};

/** A run that found nothing is no news, and there are two in a minute. */
function levelOf({ acted, stuck, unread, stopped }: RunSummary): 'warn' | 'info' | 'debug' {
  if (stopped !== undefined) return 'warn';
  return acted + stuck + unread > 0 ? 'info' : 'debug';
}

app.timer('reconcileJobs', { schedule: scheduleIn(process.env), handler: reconcileJobs });

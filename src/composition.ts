/**
 * Wires the app, once, when the first invocation asks for it. Nothing happens at import: a cold start loads
 * modules only, and a wrong setting is told by the invocation that meets it instead of breaking the load.
 */
import { randomUUID } from 'node:crypto';
import { type Clock, systemClock } from './clock.ts';
import { readConfig } from './config.ts';
import type { Deferrals } from './deferral/deferral.ts';
import { DEFERRED_WORK, storageDeferrals } from './deferral/storageDeferrals.ts';
import { createOperations, type Operations } from './http/routing/operations.ts';
import { createTurns, type Turns } from './http/turns.ts';
import { messageOf } from './input/messageOf.ts';
import type { Environment } from './input/placeholders.ts';
import type { JobRouter } from './jobRouter/jobRouter.ts';
import { openJobRouter } from './jobRouter/openJobRouter.ts';
import { createRequestBudget, SERVICE_QUOTA } from './jobRouter/requestBudget.ts';
import { PARKED_EVENTS } from './parking/parkedEvent.ts';
import { type Park, parkIn } from './parking/parking.ts';
import type { RuleBook } from './ruleBook/ruleBook.ts';
import { ruleBookFrom } from './ruleBook/ruleBookFrom.ts';
import type { SignIn } from './settings/signInSetting.ts';
import { type MessageQueue, noMessageQueue } from './storage/messageQueue.ts';
import { messageQueues } from './storage/openMessageQueue.ts';
import { countAttempt } from './telemetry/countAttempt.ts';
import { countedDeferrals } from './telemetry/countedDeferrals.ts';
import { startExport } from './telemetry/exportMetrics.ts';
import { currentTraceparent } from './telemetry/traceContext.ts';
import { watchBudget } from './telemetry/watchBudget.ts';
import { openWebhook, type Webhook } from './webhook/webhook.ts';
import { httpWorkCaller } from './work/httpWorkCaller.ts';
import type { WorkCaller } from './work/workCaller.ts';

/** Everything a handler may reach for. */
export interface App {
  /** The automation in force now; read again by itself when its source changes. */
  readonly automation: RuleBook['automation'];
  /** What keeps newer rules from being in force; undefined where nothing does. */
  readonly rulesProblem: RuleBook['problem'];
  readonly router: JobRouter;
  /** Which router it is, for whoever reads a plan. */
  readonly routerHost: string;
  /** What placeholders of documents may be filled in from. */
  readonly routingEnvironment: Environment;
  /** Routing documents that are applied after the answer. */
  readonly operations: Operations;
  /** Of requests that look at a thing and then write it. */
  readonly turns: Turns;
  readonly deferrals: Deferrals;
  readonly work: WorkCaller;
  /** Keeps what no repetition will mend. */
  readonly park: Park;
  /** What is kept there, for people to look at. */
  readonly parked: MessageQueue;
  /** Whether whoever calls over HTTP has to be signed in. */
  readonly signIn: SignIn;
  /** Who may hand in events over HTTP, and for what. */
  readonly webhook: Webhook;
  /** Resources whose events are handled. Undefined: those of any. */
  readonly allowedTopics: readonly string[] | undefined;
  /** Whether the log tells label values, which may say something about people. */
  readonly logsLabels: boolean;
  readonly clock: Clock;
  /** A fresh id for a job whose caller named none. */
  readonly newId: () => string;
}

let built: Promise<App> | undefined;

/**
 * The app, built on the first call. Where building fails, every call that waited for it is rejected and the
 * next one tries again, so that an app whose settings are mended recovers by itself.
 *
 * @throws ConfigError naming every setting that is wrong.
 */
export function getApp(): Promise<App> {
  built ??= build().catch((problem: unknown) => {
    built = undefined;
    throw problem;
  });
  return built;
}

/** Puts another app in place, for tests. Returns what puts the former one back. */
export function replaceApp(app: App): () => void {
  const former = built;
  built = Promise.resolve(app);
  return () => {
    built = former;
  };
}

async function build(): Promise<App> {
  const config = readConfig(process.env);
  const { connection, rules, identityClientId, webhook, allowedTopics, storage, workSigningSecret } = config;
  const { logsLabels, exportsMetrics } = config.telemetry;
  // Before anything is counted: what was counted into nothing stays there.
  if (exportsMetrics) await startExport({ instanceId: randomUUID(), everyMilliseconds: 60_000 });
  const clock = systemClock;
  const budget = createRequestBudget(clock, config.requestsPer10Seconds);
  const book = ruleBookFrom(rules, {
    clock,
    clientId: identityClientId,
    report: (problem) => toStandardError(`AUTOMATION_RULES: ${problem}`),
    environment: config.routingEnvironment,
  });
  watchBudget(budget);
  const queueNamed = storage === undefined ? noMessageQueue : messageQueues(storage, clock);
  const parked = queueNamed(PARKED_EVENTS);
  return {
    automation: book.automation,
    rulesProblem: book.problem,
    router: openJobRouter(connection, {
      clock,
      budget,
      watch: countAttempt,
      traceparent: currentTraceparent,
    }),
    routerHost: new URL(connection.endpoint).host,
    routingEnvironment: config.routingEnvironment,
    operations: createOperations({
      clock,
      newId: randomUUID,
      requestsPer10Seconds: config.requestsPer10Seconds ?? SERVICE_QUOTA,
      report: (failure) => toStandardError(`Applying a routing document failed: ${messageOf(failure)}`),
    }),
    turns: createTurns(clock),
    deferrals: countedDeferrals(storageDeferrals(queueNamed(DEFERRED_WORK), clock)),
    work: httpWorkCaller(workSigningSecret, clock),
    park: parkIn(storage === undefined ? undefined : parked),
    parked,
    signIn: config.signIn,
    webhook: openWebhook(webhook, allowedTopics, clock),
    allowedTopics,
    logsLabels,
    clock,
    newId: randomUUID,
  };
}

/** For what no invocation has asked for. The host takes it into its log. */
const toStandardError = (problem: string): void => {
  process.stderr.write(`${problem}\n`);
};

/** Where a run looks, and for what. It looks for nothing that no rule would act on. */
import { automatedWorker } from '../automation/automatedWorker.ts';
import type { Automation, AutomationRule } from '../automation/rules.ts';
import type { RouterAnswer } from '../jobRouter/answer.ts';
import { idFrom, type WorkerId } from '../jobRouter/ids.ts';
import type { JobRouter, Page } from '../jobRouter/jobRouter.ts';
import type { Worker } from '../jobRouter/wire.ts';
import { type Finding, offDuty, offersOf, waitingIn } from './findings.ts';

/** One list of the router, and what is found in it. */
export interface Search {
  /** What is listed, for people. */
  readonly of: string;
  readonly page: (
    router: JobRouter,
    next: string | undefined,
  ) => Promise<RouterAnswer<Page<readonly Finding[]>>>;
}

/** Offers that nobody answered. */
export const offerSearches = (automation: Automation): readonly Search[] =>
  someRule(automation, ({ accept }) => accept === 'auto')
    ? [search('active workers', (router, next) => router.listWorkers({ state: 'active' }, next), offersOf)]
    : [];

/** Automated workers that are off duty. The list tells their labels, so nobody is asked about people. */
export function workerSearches({ automatedWorkers }: Automation): readonly Search[] {
  if (!automatedWorkers.some(({ enabled }) => enabled)) return [];
  const isAutomated = ({ id, labels: workerLabels = {} }: Worker) =>
    automatedWorker(automatedWorkers, { workerId: idFrom<WorkerId>(id), workerLabels }) !== undefined;
  return [
    search(
      'inactive workers',
      (router, next) => router.listWorkers({ state: 'inactive' }, next),
      (worker) => (isAutomated(worker) ? offDuty(worker) : []),
    ),
  ];
}

/** Jobs that wait for somebody; the most urgent first, and last those that only take up room. */
export function jobSearches(automation: Automation): readonly Search[] {
  const deletes = someRule(automation, (rule) => rule.delete);
  const statuses = {
    completed: someRule(automation, ({ close }) => close !== undefined),
    assigned: someRule(automation, ({ complete }) => complete === 'onAccept'),
    waitingForActivation: true,
    classificationFailed: true,
    scheduleFailed: true,
    closed: deletes,
    cancelled: deletes,
  };
  return Object.entries(statuses)
    .filter(([, isWanted]) => isWanted)
    .map(([status]) =>
      search(`${status} jobs`, (router, next) => router.listJobs({ status }, next), waitingIn),
    );
}

const someRule = ({ rules }: Automation, wants: (rule: AutomationRule) => boolean): boolean =>
  rules.some((rule) => rule.enabled && wants(rule));

function search<Resource>(
  of: string,
  list: (router: JobRouter, next: string | undefined) => Promise<RouterAnswer<Page<Resource>>>,
  findIn: (resource: Resource) => readonly Finding[],
): Search {
  return {
    of,
    async page(router, next) {
      const answer = await list(router, next);
      if (answer.kind !== 'ok') return answer;
      return { ...answer, value: { ...answer.value, items: answer.value.items.map(findIn) } };
    },
  };
}

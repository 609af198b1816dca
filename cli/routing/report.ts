/** What carrying out a plan came to. */
import {
  type ApplyResult,
  type ChangeFailure,
  type Done,
  nameOf,
  type Plan,
} from '../../src/routing/model.ts';
import { failureOf } from '../connection/routerFailure.ts';
import { printable } from '../terminal/printable.ts';
import type { CommandOptions } from '../terminal/run.ts';
import { errColors, outColors, remark, say, sayJson } from '../terminal/say.ts';

/** Says what was done and what was not; answers the exit code. */
export function report(result: ApplyResult, plan: Plan, { json = false }: CommandOptions): number {
  const isStopped = result.kind === 'stopped';
  if (json) {
    const rest = isStopped ? { failures: result.failures, notDone: result.notDone } : {};
    sayResult(result.kind, result.done, plan, rest);
    return isStopped ? 1 : exitCodeOf(plan);
  }
  for (const [name, note] of Object.entries(result.done.notes)) {
    remark(`${printable(name)}: ${printable(note)}`);
  }
  if (isStopped) for (const failure of result.failures) remark(failureLine(failure));
  const counts = countsOf(result.done);
  if (isStopped) {
    remark(
      `${errColors.red('Stopped.')} ${counts}, ${result.failures.length} failed, ${result.notDone.length} not begun.`,
    );
    remark('Fix: mend what failed and run the same command again; it does what is left.');
    return 1;
  }
  const left = plan.refusals.length;
  say(
    `${outColors.green('Done.')} ${counts}${left === 0 ? '' : `, ${left} left that the service would not delete`}.`,
  );
  return exitCodeOf(plan);
}

/** Of a plan that was carried out, as far as the service lets. */
export const exitCodeOf = ({ refusals }: Plan): number => (refusals.length > 0 ? 1 : 0);

/** What became of a plan. */
type Outcome = ApplyResult['kind'] | 'unchanged' | 'declined';

interface NotMade {
  readonly failures?: readonly ChangeFailure[];
  readonly notDone?: readonly string[];
}

/** The same for programs; its shape is told in docs/command-line.md. */
export function sayResult(
  outcome: Outcome,
  done: Done,
  plan: Plan,
  { failures = [], notDone = [] }: NotMade,
): void {
  sayJson({
    outcome,
    router: plan.router,
    owner: plan.owner,
    ...done,
    refusals: plan.refusals,
    failures: failures.map(({ kind, id, action, answer }) => ({
      kind,
      id,
      action,
      ...('status' in answer && { status: answer.status }),
      message: answer.message,
    })),
    notDone,
  });
}

const countsOf = ({ created, updated, adopted, deleted, unchanged }: Done): string =>
  [
    `${created.length} created`,
    `${updated.length} updated`,
    ...(adopted.length > 0 ? [`${adopted.length} adopted`] : []),
    `${deleted.length} deleted`,
    `${unchanged.length} unchanged`,
  ].join(', ');

function failureLine(failure: ChangeFailure): string {
  const { message, fix } = failureOf(failure.answer, nameOf(failure));
  return `${errColors.red('Failed')}  ${failure.action} ${printable(nameOf(failure))}: ${printable(message)}${fix === undefined ? '' : `; ${fix}`}`;
}

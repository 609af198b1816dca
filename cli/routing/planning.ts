import type { Planned } from '../../src/routing/model.ts';
import type { Planning } from '../../src/routing/routing.ts';
import { failureOf } from '../connection/routerFailure.ts';
import { CommandFailed } from '../terminal/commandFailed.ts';
import { printable } from '../terminal/printable.ts';
import { errColors, remark } from '../terminal/say.ts';
import { invalidDocument, placeOf } from './readDocument.ts';

/**
 * The plan that was made. What looks wrong about its document is remarked on.
 *
 * @throws CommandFailed where there is none, with all reasons.
 */
export function needPlan(planning: Planning, path: string): Planned {
  switch (planning.kind) {
    case 'invalid':
      throw invalidDocument(planning.problems, path);
    case 'unread':
      throw new CommandFailed(failureOf(planning.answer, planning.subject));
    case 'planned':
      for (const warning of planning.warnings) {
        remark(
          `${errColors.yellow('Warning')}  ${printable(placeOf(warning, path))}: ${printable(warning.detail)}`,
        );
      }
      return planning.planned;
  }
}

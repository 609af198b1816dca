import { nothing } from './answer.ts';
import { takeAwaited } from './awaitedCalls.ts';
import { takeRuleAnswer } from './classification.ts';
import type { CommandOf, Nothing } from './commands.ts';
import type { Answer } from './engine.ts';
import { takeScores } from './scoring.ts';
import type { Turn } from './store.ts';

/** Brings an answer from outside to whoever asked. */
export function takeOutsideAnswer(
  turn: Turn,
  { callId, outcome }: CommandOf<'OutsideCallAnswered'>,
): Answer<Nothing> {
  const awaited = takeAwaited(turn, callId);
  if (awaited?.purpose.kind === 'classification') takeRuleAnswer(turn, awaited.purpose, outcome);
  if (awaited?.purpose.kind === 'scoring') takeScores(turn, callId, awaited.purpose.jobId, outcome);
  return nothing;
}

import type { Automation } from '../automation/rules.ts';
import { messageOf } from '../input/messageOf.ts';
import type { MustRetry } from '../outcome.ts';

/** The automation in force, or what becomes of an event while nobody knows it. */
export type RulesInForce =
  | { readonly kind: 'known'; readonly automation: Automation }
  | { readonly kind: 'unknown'; readonly outcome: MustRetry };

/** Asks for the automation. Until it was read for the first time, no event is decided about, and none is lost. */
export async function rulesInForce(app: {
  readonly automation: () => Promise<Automation>;
}): Promise<RulesInForce> {
  try {
    return { kind: 'known', automation: await app.automation() };
  } catch (problem) {
    return {
      kind: 'unknown',
      outcome: { kind: 'mustRetry', cause: `the rules are not known: ${messageOf(problem)}` },
    };
  }
}

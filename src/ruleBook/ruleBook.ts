/**
 * The automation in force, read again when its source changes. Rules that were read once stay in force until better
 * ones are: a document that is wrong or out of reach is reported, and changes nothing.
 */
import type { Automation } from '../automation/rules.ts';
import type { Clock } from '../clock.ts';
import { causeOf } from '../input/causeOf.ts';
import type { Environment } from '../input/placeholders.ts';
import { orAborted } from '../orAborted.ts';
import { readRulesDocument } from '../settings/rulesDocument.ts';
import type { RulesReader } from './rulesReader.ts';

/** What keeps the newest rules from being in force. */
export interface RulesProblem {
  /** The first look that met it. */
  readonly since: Date;
  readonly problem: string;
}

/** The rules as the app sees them. */
export interface RuleBook {
  /**
   * The automation in force. Whoever asks when a look is due waits for it, for a second at most once rules are known.
   *
   * @throws RulesUnknownError until they were read for the first time.
   */
  automation(): Promise<Automation>;
  /** As of the last look; undefined where it went well. */
  problem(): RulesProblem | undefined;
}

/** There are no rules to go by yet. */
export class RulesUnknownError extends Error {
  override readonly name = 'RulesUnknownError';
}

/** What a book needs besides its reader. */
export interface RuleBookOptions {
  readonly clock: Clock;
  /** Called once per problem, and not again before the rules were well in between. */
  readonly report: (problem: string) => void;
  /** What placeholders of the document may be filled in from. Absent: nothing. */
  readonly environment?: Environment;
}

/** An event can wait a moment for current rules, and not for a storage account that hangs. */
const PATIENCE_MILLISECONDS = 1_000;

/** So long an app without rules waits before it looks again, however many events ask. */
const LOOKS_AGAIN_WITHOUT_RULES_AFTER_SECONDS = 1;

/** Opens a book. Nothing is read before somebody asks. */
export function openRuleBook(
  reader: RulesReader,
  { clock, report, environment = {} }: RuleBookOptions,
): RuleBook {
  let inForce: Automation | undefined;
  let version: string | undefined;
  let trouble: RulesProblem | undefined;
  let lookedAt: Date | undefined;
  let look: Promise<void> | undefined;

  async function lookNow(): Promise<void> {
    const problem = await readAgain();
    lookedAt = clock.now();
    if (problem === trouble?.problem) return;
    trouble = problem === undefined ? undefined : { since: lookedAt, problem };
    if (problem !== undefined) report(problem);
  }

  /** Takes over what the reader has; says what is in the way of that. */
  async function readAgain(): Promise<string | undefined> {
    try {
      const read = await reader.read(version);
      // What was wrong before is still wrong when nothing has changed.
      if (read === 'unchanged') return trouble?.problem;
      const document = readRulesDocument(read.text, environment, reader.format);
      version = read.version;
      if (document.kind === 'problems') return `${reader.name} ${document.problems.join('; ')}`;
      inForce = document.automation;
      return undefined;
    } catch (problem) {
      version = undefined;
      return `${reader.name} cannot be read: ${causeOf(problem)}`;
    }
  }

  function isDue(): boolean {
    if (lookedAt === undefined) return true;
    const pause =
      inForce === undefined ? LOOKS_AGAIN_WITHOUT_RULES_AFTER_SECONDS : reader.looksAgainAfterSeconds;
    return clock.now().getTime() - lookedAt.getTime() >= pause * 1000;
  }

  /** One look at a time, however many ask. */
  function looked(): Promise<void> {
    look ??= lookNow().finally(() => {
      look = undefined;
    });
    return look;
  }

  return {
    async automation() {
      if (isDue()) {
        if (inForce === undefined) await looked();
        else await patiently(looked(), clock);
      }
      if (inForce === undefined) throw new RulesUnknownError(trouble?.problem);
      return inForce;
    },
    problem: () => trouble,
  };
}

/** Rules that can only change with the setting. */
export const fixedRules = (automation: Automation): RuleBook => ({
  automation: async () => automation,
  problem: () => undefined,
});

async function patiently(look: Promise<void>, clock: Clock): Promise<void> {
  const patience = clock.deadline(PATIENCE_MILLISECONDS);
  try {
    await orAborted(look, patience);
  } catch (problem) {
    if (!patience.aborted) throw problem;
  }
}

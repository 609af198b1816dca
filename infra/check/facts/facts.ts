import type { AppFacts } from './appFacts.ts';
import type { InfraSources } from './infraSources.ts';
import type { Prediction } from './prediction.ts';

/** What the assertions read. */
export interface Facts {
  readonly app: AppFacts;
  readonly sources: InfraSources;
}

/** What the compiler made of the sources. */
export interface Compiled {
  /** Lines of `bicep build` and `bicep lint`: any is one too many. */
  readonly diagnostics: readonly string[];
  /** Compiled templates by path of their source. */
  readonly templates: Readonly<Record<string, unknown>>;
  /** None where there were diagnostics. */
  readonly predictions: readonly Prediction[];
}

/** An assertion answers its failures, each a sentence that names what is missing where. */
export interface Assertion {
  readonly title: string;
  readonly overSources?: (facts: Facts) => readonly string[];
  readonly overCompiled?: (facts: Facts, compiled: Compiled) => readonly string[];
}

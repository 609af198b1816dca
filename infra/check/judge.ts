import type { Assertion, Compiled, Facts } from './facts/facts.ts';

export interface Verdict {
  readonly title: string;
  readonly failures: readonly string[];
  /** Whether a part of it needs the compiler's evaluation and could not be looked at. */
  readonly isPartial: boolean;
}

/** What an assertion says; over the compiled templates where there are any. */
export function judge(assertion: Assertion, facts: Facts, compiled?: Compiled): Verdict {
  const { title, overSources, overCompiled } = assertion;
  const failures = [
    ...(overSources?.(facts) ?? []),
    ...(compiled === undefined ? [] : (overCompiled?.(facts, compiled) ?? [])),
  ];
  return {
    title,
    failures: [...new Set(failures)],
    isPartial: overCompiled !== undefined && (compiled === undefined || compiled.predictions.length === 0),
  };
}

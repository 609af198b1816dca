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
    ...(compiled === undefined ? [] : onceEach(overCompiled?.(facts, compiled) ?? [])),
  ];
  return {
    title,
    failures: [...new Set(failures)],
    isPartial: overCompiled !== undefined && (compiled === undefined || compiled.predictions.length === 0),
  };
}

/** One mistake shows in every scenario; it is told for the first, `(an existing resource, and 3 more)`. */
function onceEach(failures: readonly string[]): readonly string[] {
  const scenariosOf = new Map<string, Set<string>>();
  for (const failure of failures) {
    const [, text = failure, scenario] = /^(.*) \(([^()]*)\)$/.exec(failure) ?? [];
    const found = scenariosOf.get(text) ?? new Set();
    if (scenario !== undefined) found.add(scenario);
    scenariosOf.set(text, found);
  }
  return [...scenariosOf].map(([text, [first, ...more]]) => {
    if (first === undefined) return text;
    return `${text} (${first}${more.length === 0 ? '' : `, and ${more.length} more`})`;
  });
}

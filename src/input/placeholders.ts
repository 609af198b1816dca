/**
 * `${env:NAME}` in any text of a document stands for what the environment has under that name, and
 * `${env:NAME:-default}` for the default where it has nothing. `$${env:` is the text itself. Names of members are left
 * alone, and so is everything that a placeholder brings: it is never looked into again.
 */
import type { Expectation } from './expectations.ts';

/** Values by name. An empty one counts as absent, as in the app's settings. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A document with its placeholders filled in. */
export interface Resolved {
  readonly value: unknown;
  /** What came from the environment, each value once. Shown nowhere. */
  readonly secrets: readonly string[];
  /** What could not be filled in. */
  readonly unfilled: readonly Expectation[];
}

/** An escape, or a placeholder up to its brace. Its length is bounded, so that many that are not closed cost little. */
const placeholder = /\$\$\{env:|\$\{env:(?:([^}]{0,512})\})?/g;
const inside = /^(?<name>[A-Za-z_][A-Za-z0-9_]*)(?::-(?<default>.*))?$/s;

/** Fills in every placeholder of a value. */
export function resolvePlaceholders(root: unknown, environment: Environment): Resolved {
  const secrets = new Set<string>();
  const unfilled: Expectation[] = [];

  function fillIn(text: string, path: readonly PropertyKey[]): string {
    if (!text.includes('${env:')) return text;
    return text.replaceAll(placeholder, (whole: string, content: string | undefined) => {
      if (whole.startsWith('$$')) return whole.slice(1);
      const parts = inside.exec(content ?? '')?.groups;
      if (parts?.name === undefined) {
        unfilled.push({
          path,
          expected: `expected a placeholder such as \${env:NAME} or \${env:NAME:-default}`,
        });
        return whole;
      }
      const value = Object.hasOwn(environment, parts.name) ? environment[parts.name] : undefined;
      if (value) {
        secrets.add(value);
        return value;
      }
      if (parts.default === undefined) {
        unfilled.push({
          path,
          expected: `expected ${parts.name} in the environment that placeholders are filled in from`,
        });
      }
      return parts.default ?? whole;
    });
  }

  function resolve(value: unknown, path: readonly PropertyKey[]): unknown {
    if (typeof value === 'string') return fillIn(value, path);
    if (Array.isArray(value)) return value.map((item, index) => resolve(item, [...path, index]));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, member]) => [name, resolve(member, [...path, name])]),
    );
  }

  const value = resolve(root, []);
  return { value, secrets: [...secrets], unfilled };
}

/** A text that reads as itself, where it would have been taken for a placeholder. */
export const withoutPlaceholders = (text: string): string =>
  text.replaceAll('${env:', (opening) => `$${opening}`);

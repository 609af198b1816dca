/**
 * The part of ASP.NET's route templates that HTTP triggers use: `jobs/{id}`, `{id?}`, `{id=1}`, `{*rest}`,
 * `{id:int}`, and text around a parameter (`{name}.json`). Literal text and values are matched without regard to
 * case, and among several fitting routes the more exact one wins, whatever the order of registration.
 */

/** Constraints that are checked. Others are tolerated: they let everything pass. */
const CONSTRAINTS: Readonly<Record<string, RegExp>> = {
  int: /^[+-]?\d+$/,
  long: /^[+-]?\d+$/,
  bool: /^(true|false)$/i,
  alpha: /^[a-z]*$/i,
  decimal: /^[+-]?\d*\.?\d+$/,
  guid: /^\{?[0-9a-f]{8}(-?[0-9a-f]{4}){3}-?[0-9a-f]{12}\}?$/i,
};

const PARAMETER = /\{(\*{0,2})([^:?=}]+)((?::[^:?=}(]+(?:\([^)]*\))?)*)(?:=([^}?]*))?(\?)?\}/g;

interface Parameter {
  readonly name: string;
  readonly constraints: readonly RegExp[];
  readonly fallback: string | undefined;
}

export interface RouteTemplate {
  readonly text: string;
  /** The parameters when the path fits, percent-decoded; an optional one that is absent is left out. */
  match(path: string): Readonly<Record<string, string>> | undefined;
  /** Orders routes: the smaller one is tried first. */
  readonly precedence: string;
}

const escapeLiteral = (literal: string) => literal.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    // A stray percent sign is part of the value; ASP.NET leaves it standing as well.
    return value;
  }
}

/** Per segment: literal before constrained parameter before parameter before catch-all. */
function rankOf(segment: string): string {
  if (!segment.includes('{')) return '1';
  if (segment.includes('{*')) return '5';
  if (!/^\{[^}]*\}$/.test(segment)) return '2';
  return segment.includes(':') ? '3' : '4';
}

/** Segments are parted at slashes, except for those inside the braces of a constraint. */
const splitSegments = (template: string) =>
  template.split(/\/(?![^{]*\})/).filter((segment) => segment !== '');

function compileSegment(segment: string, parameters: Parameter[]): string {
  let pattern = '';
  let end = 0;
  let canBeAbsent = false;
  for (const found of segment.matchAll(PARAMETER)) {
    const [whole, star = '', name = '', constraints = '', fallback, optional] = found;
    pattern += escapeLiteral(segment.slice(end, found.index)) + (star ? '(.*)' : '([^/]+)');
    end = found.index + whole.length;
    canBeAbsent = Boolean(star || optional || fallback !== undefined) && whole === segment;
    const checks = constraints.split(':').flatMap((constraint) => CONSTRAINTS[constraint] ?? []);
    parameters.push({ name, constraints: checks, fallback });
  }
  pattern += escapeLiteral(segment.slice(end));
  return canBeAbsent ? `(?:/${pattern})?` : `/${pattern}`;
}

export function compileRoute(template: string): RouteTemplate {
  const segments = splitSegments(template);
  const parameters: Parameter[] = [];
  const pattern = segments.map((segment) => compileSegment(segment, parameters)).join('');
  const path = new RegExp(`^${pattern}/?$`, 'i');

  return {
    text: template,
    precedence: segments.map(rankOf).join('').padEnd(32, '0'),
    match(given) {
      const found = path.exec(given);
      if (!found) return undefined;
      const values: Record<string, string> = {};
      for (const [index, { name, constraints, fallback }] of parameters.entries()) {
        const raw = found[index + 1];
        const value = raw === undefined ? fallback : decode(raw);
        if (value === undefined) continue;
        if (!constraints.every((constraint) => constraint.test(value))) return undefined;
        values[name] = value;
      }
      return values;
    },
  };
}

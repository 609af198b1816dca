/** A plan as people read it. */
import { dottedPath } from '../../src/input/inputProblems.ts';
import {
  type Action,
  type Change,
  type FieldChange,
  nameOf,
  type Plan,
  type Refusal,
} from '../../src/routing/model.ts';
import { printable } from '../terminal/printable.ts';
import type { Colors } from '../terminal/say.ts';

const signs: Readonly<Record<Action, string>> = { create: '+', update: '~', adopt: '*', delete: '-' };
const actions: readonly Action[] = ['create', 'update', 'adopt', 'delete'];

/** All that would be done, what would be refused, and what follows. */
export function planText(plan: Plan, colors: Colors): string {
  const title = colors.bold(`Plan for ${printable(plan.router)}, owner ${printable(plan.owner)}`);
  const sections = [
    plan.levels.flat().flatMap((change) => changeLines(change, colors)),
    titled(
      'Would be refused, and is not attempted',
      plan.refusals.flatMap((refusal) => refusalLines(refusal, colors)),
      colors,
    ),
    titled(
      'Consequences',
      plan.consequences.map(({ detail }) => `  ${colors.red('!')} ${printable(detail)}`),
      colors,
    ),
    titled(
      'To know',
      plan.notices.map((notice) => `  ${printable(nameOf(notice))} ${printable(notice.detail)}`),
      colors,
    ),
    [summaryOf(plan, colors)],
  ];
  const told = sections.filter((lines) => lines.length > 0).map((lines) => lines.join('\n'));
  return [title, ...told].join('\n\n');
}

const titled = (title: string, lines: readonly string[], colors: Colors): readonly string[] =>
  lines.length === 0 ? [] : [colors.bold(title), ...lines];

const paint = (action: Action, colors: Colors) =>
  ({ create: colors.green, update: colors.yellow, adopt: colors.cyan, delete: colors.red })[action];

function changeLines(change: Change, colors: Colors): readonly string[] {
  const { action, fields, isPartial } = change;
  const rest = isPartial ? colors.dim('  (first part; what closes a circle of references follows)') : '';
  const head = `${signs[action]} ${action.padEnd(6)}  ${printable(nameOf(change))}`;
  return [`  ${paint(action, colors)(head)}${rest}`, ...fieldLines(fields, action, colors)];
}

function fieldLines(fields: readonly FieldChange[], action: Action, colors: Colors): readonly string[] {
  const paths = fields.map(({ path }) => printable(dottedPath(path)));
  const longest = Math.max(0, ...paths.map((path) => path.length));
  const befores = fields.map((field) => valueText(field, 'before'));
  const beforeWidth = Math.max(0, ...befores.map((before) => before.length));
  const indent = ' '.repeat(12);
  return fields.map((field, index) => {
    const path = (paths[index] ?? '').padEnd(longest);
    const after = valueText(field, 'after');
    if (action === 'create') return `${indent}${path}  ${after}`;
    const before = (befores[index] ?? '').padEnd(beforeWidth);
    return `${indent}${path}  ${colors.dim(before)} → ${after}`;
  });
}

/** As JSON, so that the number 1 and the text "1" are told apart. */
function valueText(field: FieldChange, side: 'before' | 'after'): string {
  const value = field[side];
  return value === undefined ? '(nothing)' : printable(JSON.stringify(value));
}

function refusalLines(refusal: Refusal, colors: Colors): readonly string[] {
  const head = `  ${colors.red(`! ${refusal.action}`)}  ${printable(nameOf(refusal))}  ${refusal.status}`;
  return [
    head,
    ...refusal.reasons.map(({ code, message, because }) => {
      const who = because.length === 0 ? '' : ` (${because.map(printable).join(', ')})`;
      return `            ${code}: ${printable(message)}${who}`;
    }),
  ];
}

/** One sentence: what, how much, and what it takes. */
function summaryOf(plan: Plan, colors: Colors): string {
  const changes = plan.levels.flat().filter(isFirstOf);
  const counts = actions
    .map((action) => [action, changes.filter((change) => change.action === action).length] as const)
    .filter(([, count]) => count > 0)
    .map(([action, count]) => `${count} to ${action}`);
  const what = counts.length === 0 ? 'No changes' : counts.join(', ');
  const refused = plan.refusals.length === 0 ? '' : `${plan.refusals.length} would be refused. `;
  const levels = plan.levels.length;
  const takes =
    levels === 0
      ? ''
      : ` Takes ${plan.calls} ${plan.calls === 1 ? 'call' : 'calls'} in ${levels} ${levels === 1 ? 'level' : 'levels'}.`;
  return `${colors.bold(`${what}.`)} ${refused}${plan.unchanged.length} unchanged, ${plan.untouched} untouched.${takes}`;
}

/** What is created in two parts is told once. */
const isFirstOf = (change: Change, index: number, all: readonly Change[]): boolean =>
  all.findIndex((one) => nameOf(one) === nameOf(change)) === index;

import type { JobGroup } from './jobGroup.ts';
import type { Labels, Scalar } from './model/values.ts';
import { isScalar, labelOf } from './selectors.ts';

/** The label value that every worker must have who serves the group. */
interface Condition {
  readonly key: string;
  readonly value: Scalar;
}

/**
 * Where a worker's labels lead. A group is filed under one label that must be equal to one value, if it asks for any;
 * so a worker is not compared with the groups of all the teams and languages it does not have, however many there are.
 */
export class GroupsByLabel {
  readonly #filed = new Map<string, Map<Scalar, Set<JobGroup>>>();
  readonly #unfiled = new Set<JobGroup>();

  constructor(groups: Iterable<JobGroup> = []) {
    for (const group of groups) this.add(group);
  }

  add(group: JobGroup): void {
    const condition = conditionOf(group);
    if (condition) this.#filedUnder(condition).add(group);
    else this.#unfiled.add(group);
  }

  #filedUnder({ key, value }: Condition): Set<JobGroup> {
    const byValue = this.#filed.get(key) ?? new Map<Scalar, Set<JobGroup>>();
    const groups = byValue.get(value) ?? new Set();
    if (groups.size === 0) byValue.set(value, groups);
    if (byValue.size === 1) this.#filed.set(key, byValue);
    return groups;
  }

  remove(group: JobGroup): void {
    const condition = conditionOf(group);
    if (!condition) {
      this.#unfiled.delete(group);
      return;
    }
    const byValue = this.#filed.get(condition.key);
    const groups = byValue?.get(condition.value);
    if (!byValue || !groups?.delete(group) || groups.size > 0) return;
    byValue.delete(condition.value);
    if (byValue.size === 0) this.#filed.delete(condition.key);
  }

  /** All groups that somebody with these labels could serve, and maybe some more. */
  *leadingFrom(labels: Labels): Generator<JobGroup, void, undefined> {
    for (const [key, byValue] of this.#filed) {
      const label = labelOf(labels, key);
      if (label !== undefined) yield* byValue.get(label) ?? [];
    }
    yield* this.#unfiled;
  }
}

function conditionOf({ signature }: JobGroup): Condition | undefined {
  for (const { key, labelOperator, value } of signature.selectors) {
    if (labelOperator === 'equal' && isScalar(value)) return { key, value };
  }
  return undefined;
}

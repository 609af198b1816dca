import { type Selector, satisfies } from '../../jobRouter/labelComparison.ts';

/** The label that cannot be as all selectors ask, whoever bears it; undefined where each can. */
export function contradictedLabel(selectors: readonly Selector[]): string | undefined {
  const byKey = Map.groupBy(selectors, ({ key }) => key);
  for (const [key, about] of byKey) {
    const isPossible = candidatesFor(about).some((label) =>
      about.every((selector) => satisfies(label, selector)),
    );
    if (!isPossible) return key;
  }
  return undefined;
}

/**
 * Labels enough to tell: if any label satisfies the selectors, one of these does. Between the values that they name, every
 * label is like every other of its type.
 */
function candidatesFor(selectors: readonly Selector[]): readonly unknown[] {
  const values = selectors.map(({ value }) => value);
  return [undefined, true, false, ...numbersAround(values), ...textsAround(values)];
}

function numbersAround(values: readonly unknown[]): readonly number[] {
  const named = values.filter((value) => typeof value === 'number').sort((a, b) => a - b);
  const bounds = [-Number.MAX_VALUE, ...named, Number.MAX_VALUE];
  const between = bounds.slice(1).map((bound, index) => (bounds[index] ?? bound) / 2 + bound / 2);
  return [...bounds, ...between];
}

/** The text that comes right after another one is that text and the smallest character. */
function textsAround(values: readonly unknown[]): readonly string[] {
  const named = values.filter((value) => typeof value === 'string');
  return ['', '\u0000', ...named, ...named.map((text) => `${text}\u0000`)];
}

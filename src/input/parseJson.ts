import { messageOf } from './messageOf.ts';

/** The value that a JSON text stands for, or what keeps it from being JSON. */
export function parseJson(text: string): { readonly value: unknown } | { readonly notJson: string } {
  try {
    return { value: JSON.parse(text) };
  } catch (problem) {
    return { notJson: messageOf(problem) };
  }
}

import type { Nothing } from './commands.ts';
import type { Answer } from './engine.ts';
import type { EngineFailure } from './failures.ts';

export const done = <Value>(value: Value): Answer<Value> => ({ ok: true, value });

export const nothing: Answer<Nothing> = done({});

export const refused = (failure: EngineFailure): { readonly ok: false; readonly failure: EngineFailure } => ({
  ok: false,
  failure,
});

/** One member of a request that is wrong, and why. */
export interface Problem {
  readonly member: string;
  readonly message: string;
}

/** What became of a patch: the resource's new content, or everything that is wrong with it. */
export type Checked<Content> = { readonly content: Content } | { readonly problems: readonly Problem[] };

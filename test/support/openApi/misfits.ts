import { afterEach, expect } from 'vitest';
import { type Given, misfitOf } from './misfit.ts';

const misfits: string[] = [];

/** What is looked at already: a set-up runs for each test file, and files may share a process. */
export const watched = new WeakSet<object>();

/** Looks at an answer. What does not fit fails the test that asked, whatever the test itself looks at. */
export function lookAt(given: Given): void {
  const misfit = misfitOf(given);
  if (misfit !== undefined) misfits.push(misfit);
}

/** To be called once by each set-up that looks at answers. */
export function failOnMisfits(): void {
  afterEach(() => {
    expect(misfits.splice(0)).toEqual([]);
  });
}

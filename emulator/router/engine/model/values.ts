/**
 * What the engine shows of its state: the resources of api-version 2023-11-01 with their REST names, instants
 * instead of texts, and a revision instead of an ETag. Every view is an immutable snapshot. Two things are told
 * in one shape where REST has several: what attaches queue selectors and worker selectors (`SelectorAttachment`),
 * and members of 2024-01-18-preview, which are optional and absent unless a client of that version set them.
 *
 * Here: the values that clients make up, and what every resource has.
 */
import type { Instant } from '../../../clock/instant.ts';

/** Label, tag and selector values keep the JSON type they came with. */
export type Scalar = string | number | boolean;

/** Keys in the order the service shows them. */
export type Labels = Readonly<Record<string, Scalar>>;

/** Any JSON value, where the service takes whatever it is given. */
export type Json = Scalar | null | readonly Json[] | { readonly [member: string]: Json };

/** Moves on every write, the engine's own included; what an ETag is made from. */
export interface Revision {
  /** 0 when created, then counted up. */
  readonly version: number;
  readonly modifiedAt: Instant;
}

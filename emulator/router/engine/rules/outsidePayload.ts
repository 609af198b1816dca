import type { Json, Labels } from '../model/values.ts';

/** Documented: the labels are direct members of `job`. */
export const jobPayload = (labels: Labels): Json => ({ job: labels });

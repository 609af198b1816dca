/** The app's traces on a job, as tags. */
export const workTags = {
  /** How often its work was refused and the job given back. */
  refusals: 'automation.workRefusals',
  /** The assignment whose work was refused and that is left to a person. */
  leftToPerson: 'automation.workLeftToPerson',
} as const;

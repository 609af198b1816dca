/** The statuses of a job, in the order in which the published contract lists them, spelled as the REST interface does. */
export const jobStatuses = [
  'pendingClassification',
  'queued',
  'assigned',
  'completed',
  'closed',
  'cancelled',
  'classificationFailed',
  'created',
  'pendingSchedule',
  'scheduled',
  'scheduleFailed',
  'waitingForActivation',
] as const;

/** What the service lists jobs by: one status, those of every job that has not ended, or all (documented). */
export const jobStatusFilters = ['all', 'active', ...jobStatuses] as const;

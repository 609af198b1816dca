/** Whether a tag is one in which the app keeps what it has to remember about a job or worker. */
export const isOfTheApp = (tag: string): boolean => tag.startsWith('automation.');

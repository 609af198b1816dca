/**
 * Whether events of the resource `topic` are wanted. Ids of Azure resources mean the same in any case, and Event Grid
 * writes them in several.
 *
 * @param allowed resource ids; undefined where those of any resource are wanted.
 */
export const isAllowedTopic = (topic: string, allowed: readonly string[] | undefined): boolean =>
  allowed === undefined || allowed.some((one) => comparable(one) === comparable(topic));

const comparable = (topic: string): string => topic.trim().replace(/\/+$/, '').toLowerCase();

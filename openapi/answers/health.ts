import * as z from 'zod';

/** An app that can do its work. */
export const health = z.object({
  status: z
    .enum(['healthy', 'degraded'])
    .describe('`degraded`: newer rules cannot be read, and older ones stay in force.'),
  router: z.literal('reachable'),
  rules: z.int().describe('How many rules are in force.'),
  rulesProblem: z
    .object({ since: z.iso.datetime(), problem: z.string() })
    .optional()
    .describe('What keeps newer rules from being in force.'),
});

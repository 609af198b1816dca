import * as z from 'zod';

/** One page of a list. */
export const pageOf = <Entry extends z.ZodType>(entry: Entry) =>
  z.object({
    items: z.array(entry),
    unread: z.int().optional().describe('How many entries of this page could not be read, and are left out.'),
    next: z.string().optional().describe('For the parameter `next`. Absent: this is the last page.'),
  });

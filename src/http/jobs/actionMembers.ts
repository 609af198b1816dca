/** What several actions on a job may say. */
import * as z from 'zod';

export const note = z.string().min(1).exactOptional().describe('Added to the notes of the job.');

export const dispositionCode = z
  .string()
  .min(1)
  .exactOptional()
  .describe('How it ended. The router has a word of its own where none is given.');

import * as z from 'zod';

/** Of a job; larger goes sooner (documented range). */
export const priority = z.int().min(-100).max(100).describe('Larger goes sooner. Default: 1.');
